"""What a citizen may take along, and what may be forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tortoise.transactions import in_transaction

from cases.actors import NOBODY, SYSTEM, citizen
from cases.following.viewing import view
from cases.lifecycle import CASE_ENDED, hold
from cases.models import Case, CaseEvent, Correction, Leg, Outbox, Pause, Rating, SeenEvent, Task
from cases.tools import Tools
from core import audit
from core.clock import now


async def export(citizen_id: str) -> list[dict[str, Any]]:
    """Every case of a citizen, with what was signed."""
    cases = await Case.filter(citizen_id=citizen_id).order_by("submitted_at")
    return [{**(await view(case)).model_dump(mode="json"), "form": case.snapshot} for case in cases]


async def erase(tools: Tools, citizen_id: str) -> int:
    """Empty the personal data of ended cases; numbers, states and days stay for supervision. Returns how many.

    Cases that are still open are left alone: they are withdrawn first, or end. Their drafts become withdrawn, so that
    `forms.service.FormService.erase` deletes them with their files.
    """
    ended = await Case.filter(citizen_id=citizen_id, state__in=CASE_ENDED)
    for case in ended:
        await _empty(tools, case, citizen(citizen_id))
    return len(ended)


async def forget(tools: Tools, days: int, limit: int = 50) -> int:
    """Empty cases that ended more than ``days`` ago, some at a time; 0 empties none. Returns how many."""
    if not days:
        return 0
    old = Case.filter(state__in=CASE_ENDED, ended_at__lt=now() - timedelta(days=days)).exclude(citizen_id=NOBODY)
    due = await old.order_by("ended_at").limit(limit)
    for case in due:
        await _empty(tools, case, SYSTEM)
    return len(due)


async def _empty(tools: Tools, case: Case, actor: str) -> None:
    async with in_transaction():
        await hold(case.id)
        await tools.forms.move(str(case.draft_id), "submitted", "withdrawn", actor)
        nothing = {"one_thing": case.one_thing, "version": case.version, "region": case.region}
        await Case.filter(id=case.id).update(
            snapshot=nothing, signed_name="", findings=[], reason=None, remedy=None, citizen_id=NOBODY
        )
        await Leg.filter(case_id=case.id).update(results=None, says=None)
        await CaseEvent.filter(case_id=case.id).update(params={}, next_ask_at=None)
        await Correction.filter(case_id=case.id).update(entries=[], before={}, changes=[])
        await Outbox.filter(case_id=case.id).update(package=None)
        await Task.filter(case_id=case.id).update(says=None, note=None)
        await Pause.filter(case_id=case.id).update(says=None)
        await Rating.filter(case_id=case.id).update(words=None)
        await SeenEvent.filter(leg_id__in=await Leg.filter(case_id=case.id).values_list("id", flat=True)).update(
            event={}
        )
        await audit.record(actor, "case.erased", f"case:{case.id}")
