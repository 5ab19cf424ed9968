"""The citizen changes their mind: what was not sent is cancelled, what was sent is called back."""

from __future__ import annotations

from tortoise.transactions import in_transaction

from cases.actors import citizen
from cases.corrections.notice import cancel_notice
from cases.legs.graph import cancel_rows, legs_of
from cases.lifecycle import LEG_OPEN, hold, move
from cases.models import Case, Leg, Outbox, Pause
from cases.tasks import close_tasks
from cases.timeline.events import Said, about_leg
from cases.tools import Tools
from core.clock import now, today


async def withdraw(tools: Tools, case: Case, reason: str) -> None:
    """Withdraw a case in any open state; what departments completed stays completed. Raises `NotNow`."""
    actor = citizen(case.citizen_id)
    async with in_transaction():
        await hold(case.id)
        fresh = await Case.get(id=case.id)
        await move(Case, fresh.id, fresh.state, "withdrawn", Said(actor, "withdrawn", tell=True), reason=reason)
        for leg in await legs_of(fresh):
            if leg.state in LEG_OPEN:
                await _withdraw_leg(fresh, leg, actor)
        await cancel_notice(tools, fresh)
        await Pause.filter(case_id=fresh.id, until_on__isnull=True).update(until_on=today())
        await close_tasks(fresh.id, resolution="withdrawn", state="cancelled")


async def _withdraw_leg(case: Case, leg: Leg, actor: str) -> None:
    tried = await Outbox.filter(leg_id=leg.id, attempts__gt=0).exists() or leg.platform_number
    said = Said(actor, "leg_withdrawn", about_leg(leg), public=False)
    await move(Leg, leg.id, leg.state, "withdrawn", said, next_pull_at=None)
    await cancel_rows(leg)
    if tried:
        await Outbox.create(
            case_id=case.id, leg_id=leg.id, kind="withdraw", key=f"{leg.number}:withdraw", department=leg.department,
            data_version=leg.data_version, state="due", next_at=now(), since=now(),
        )
