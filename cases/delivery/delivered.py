"""What follows an attempt: it is delivered, or a person takes it over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from cases.actors import SYSTEM
from cases.lifecycle import hold, move
from cases.models import Case, Leg, Outbox
from cases.tasks import open_task
from cases.timeline.events import Said, about_leg, say
from cases.tools import Tools
from core import audit
from core.clock import now
from core.errors import OutsideError
from integrations.platforms.base import Receipt

STANDING = ("due", "claimed", "person")


async def store_delivered(tools: Tools, row_id: UUID, receipt: Receipt | None) -> None:
    """The platform has it. Whoever stores this first wins; a later answer to the same key changes nothing."""
    row = await Outbox.get(id=row_id)
    async with in_transaction():
        await hold(row.case_id)
        done = Outbox.filter(id=row_id, state__in=[*STANDING, "cancelled"])
        if not await done.update(
            state="delivered", delivered_at=now(), next_at=None, claimed_until=None, problem="", package=None
        ):
            return
        await audit.record(SYSTEM, f"delivery.{row.kind}", f"case:{row.case_id}", details={"key": row.key})
        if row.leg_id and receipt is not None:
            leg = await Leg.get(id=row.leg_id)
            if row.kind == "paper":
                await say(row.case_id, Said(SYSTEM, "leg_paper_sent", about_leg(leg)), leg_id=leg.id)
            else:
                await _sent(tools, leg, receipt)


async def _sent(tools: Tools, leg: Leg, receipt: Receipt) -> None:
    silent = now() + timedelta(seconds=tools.policy.silent_seconds)
    await Leg.filter(id=leg.id).update(platform_number=receipt.platform_number)
    if leg.state in ("sending", "failed"):
        said = Said(SYSTEM, "leg_sent", about_leg(leg, receipt=receipt.platform_number), at=receipt.received_at)
        await move(Leg, leg.id, leg.state, "sent", said, next_pull_at=silent)


async def hand_to_person(tools: Tools, row_id: UUID, problem: OutsideError) -> None:
    """The machine stops trying: a person takes over, and the citizen is told in the same transaction."""
    row = await Outbox.get(id=row_id)
    async with in_transaction():
        await hold(row.case_id)
        mine = Outbox.filter(id=row_id, state__in=["claimed", "due"])
        if not await mine.update(state="person", next_at=None, claimed_until=None, problem=problem.code):
            return
        case, leg = await Case.get(id=row.case_id), await Leg.get_or_none(id=row.leg_id) if row.leg_id else None
        kind = "delivery" if row.kind in ("submit", "supplement") else row.kind
        says = problem.message
        await open_task(kind, case, leg, reason=problem.code, says=says, days=tools.policy.task_days)
        if leg is None:
            return
        said = Said(SYSTEM, "leg_person", about_leg(leg), tell=True)
        if leg.state == "sending":
            await move(Leg, leg.id, "sending", "failed", said)
        else:
            await say(case.id, said, leg_id=leg.id)
