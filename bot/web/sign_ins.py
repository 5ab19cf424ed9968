"""A sign-in beyond the day it was made: asked after at unified identity, and ended there when it ends here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.citizens import citizen_for
from bot.models import Session
from core.clock import now
from core.errors import OutsideError, Refused

if TYPE_CHECKING:
    from bot.house import House

log = structlog.get_logger(__name__)


async def stands(house: House, session: Session) -> bool:
    """Whether a sign-in may go on. Unified identity is asked now and then; while it does not answer, it goes on.

    One request asks, others that come meanwhile go on: what renews a sign-in works once.
    """
    due = now() - timedelta(hours=house.settings.identity_again_hours)
    if not session.sign_in or (session.confirmed or session.created) > due:
        return True
    mine = Session.filter(id=session.id)
    if not await mine.filter(confirmed__lte=due).update(confirmed=now()):
        return True
    try:
        person = await house.identity.renewed(session.sign_in)
    except Refused:
        log.info("identity.sign_in_over")
        await mine.delete()
        return False
    except OutsideError as problem:
        log.warning("identity.not_asked", code=problem.code)
        await mine.update(confirmed=due)
        return True
    citizen = await citizen_for(person)
    if citizen.id != session.citizen_id or person.level < house.settings.identity_level:
        await mine.delete()
        return False
    await mine.update(sign_in=person.kept or None)
    return True


async def let_go(house: House, kept: str | None) -> None:
    """End a sign-in at unified identity. Ours has ended whatever happens there; theirs runs out by itself."""
    if not kept:
        return
    try:
        await house.identity.leave(kept)
    except OutsideError as problem:
        log.warning("identity.not_left", code=problem.code)
