"""The queue of things a person must do."""

from __future__ import annotations

from uuid import UUID

from tortoise.queryset import QuerySet

from cases.actors import Staff
from cases.clocks import due
from cases.models import Case, Leg, Task
from core import audit
from core.clock import now, today
from core.errors import NotFound, NotNow

OPEN = ("open", "claimed")


async def open_task(
    kind: str, case: Case, leg: Leg | None, *, what: str = "", department: str = "", reason: str = "", says: str = "",
    days: int = 1,
) -> bool:
    """Open a task due in ``days`` working days; one open task for one thing. Call it in the case's transaction.

    ``what`` tells several of a kind in one case apart; ``department`` is whose it is when there is no leg.
    """
    key = task_key(kind, case.id, what) if what else f"{kind}:{leg.id if leg else case.id}"
    if await Task.filter(open_for=key).exists():
        return False
    await Task.create(
        case_id=case.id, leg_id=leg.id if leg else None, kind=kind, open_for=key, state="open",
        department=leg.department if leg else department, region=case.region, reason=reason, says=says or None,
        due_on=due(today(), days)[0], created_at=now(), assigned_to=case.assigned_to,
    )
    return True


def task_key(kind: str, case_id: UUID, what: str) -> str:
    """Under which a task about ``what`` is open."""
    return f"{kind}:{case_id.hex}:{what}"[:80]


async def close_tasks(
    case_id: UUID, *, kind: str = "", leg_id: UUID | None = None, resolution: str = "superseded", state: str = "done"
) -> int:
    """Close what is open of a case; returns how many."""
    open_ = Task.filter(case_id=case_id, state__in=OPEN)
    open_ = open_.filter(kind=kind) if kind else open_
    open_ = open_.filter(leg_id=leg_id) if leg_id else open_
    return await open_.update(state=state, open_for=None, resolution=resolution, done_at=now())


async def claim(task_id: UUID, staff: Staff) -> Task:
    """Take a task: it is yours until it is done. Raises `NotNow` when someone was first."""
    task = await task_for(task_id, staff)
    # of a talk: who took it has the whole time to answer, before it is anybody's again
    again = {"waits_since": now(), "warned_at": None} if task.waits_since else {}
    if not await Task.filter(id=task.id, state="open").update(state="claimed", assigned_to=staff.id, **again):
        raise NotNow(reason="claimed")
    await audit.record(staff.actor, "task.claimed", f"task:{task.id}")
    return await Task.get(id=task.id)


async def task_for(task_id: UUID, staff: Staff) -> Task:
    """A task this person may see. Raises `NotFound`, `NotYours`."""
    task = await Task.get_or_none(id=task_id)
    if task is None:
        raise NotFound()
    staff.must_cover(task.region, [task.department] if task.department else [staff.department])
    return task


def tasks_of(staff: Staff) -> QuerySet[Task]:
    """The open tasks of a person's department and region, most urgent first."""
    mine = Task.filter(state__in=OPEN, region__startswith=staff.region_prefix)
    if staff.department and staff.role not in ("supervisor", "admin"):
        mine = mine.filter(department__in=["", staff.department])
    return mine.order_by("due_on", "created_at")
