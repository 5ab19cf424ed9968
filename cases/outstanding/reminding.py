"""Telling a citizen of a paper that is still to come: some days before its last day, and when that is over."""

from __future__ import annotations

from tortoise.transactions import in_transaction

from cases.actors import NOBODY, SYSTEM
from cases.clocks import due
from cases.lifecycle import hold
from cases.models import Case, CaseEvent, Task
from cases.outstanding.owed import owed_in, window_of
from cases.tasks import OPEN
from cases.timeline.events import Said, say
from cases.tools import Tools
from core.clock import in_china, today

_LOOK_AGAIN = 6 * 3600
"""Seconds after which a paper is looked at again; what was said stands in the timeline, so that it is said once."""


async def remind(tools: Tools) -> int:
    """Say what is due; returns how many were told. Safe in any number of processes."""
    soon = due(today(), tools.policy.remind_days)[0]
    tasks = Task.filter(kind="deferred", state__in=OPEN, due_on__lte=soon).order_by("due_on")
    return sum([await _remind(tools, task) for task in await tasks])


async def _remind(tools: Tools, task: Task) -> bool:
    what = "paper_overdue" if task.due_on is not None and task.due_on < today() else "paper_due"
    if task.due_on is None or in_china(task.created_at).date() == today():
        return False  # they have just been told the day
    if task.case_id is None or not await tools.kv.first(f"reminded:{what}:{task.id}", _LOOK_AGAIN):
        return False
    async with in_transaction():
        await hold(task.case_id)
        case = await Case.get(id=task.case_id)
        owed = next((one for one in await owed_in(tools, case) if one.task.id == task.id), None)
        if owed is None or case.citizen_id == NOBODY or await _was_told(task, what):
            return False
        params = {"paper": task.says or "", "department": task.department, "task": str(task.id),
                  "month": task.due_on.month, "day": task.due_on.day, "where": window_of(tools, case, owed).short}
        await say(case.id, Said(SYSTEM, what, params, tell=True))
    return True


async def _was_told(task: Task, what: str) -> bool:
    said = await CaseEvent.filter(case_id=task.case_id, what=what)
    return any((event.params or {}).get("task") == str(task.id) for event in said)
