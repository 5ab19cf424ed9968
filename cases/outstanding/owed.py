"""Papers that may come after the submission: which are still owed, until when, and which nobody wants any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.following.views import OwedView
from cases.legs.plan import plan_in
from cases.models import Case, Leg, Task
from cases.tasks import OPEN, task_key
from cases.tools import Tools
from core.clock import now, today
from forms.draft import Draft
from forms.guides.whereto import Whereto
from forms.merging.merged import Slot

LOST = ("rejected", "dropped", "withdrawn")
"""States of a leg that wants nothing any more. One that has issued its result may still wait for a paper."""


@dataclass(frozen=True)
class Owed:
    """A paper that is still to come."""

    slot: Slot
    task: Task

    @property
    def due_on(self) -> date:
        """The last day."""
        return self.task.due_on or today()

    @property
    def late(self) -> bool:
        """Whether the last day is over."""
        return today() > self.due_on


async def owed_in(tools: Tools, case: Case) -> tuple[Owed, ...]:
    """What a case still owes and may hand in online, in the order of its form. What is a thing to give back, or goes
    from one authority to another, has no such way: that stays with the staff's task alone."""
    tasks = {task.open_for: task for task in await Task.filter(case_id=case.id, kind="deferred", state__in=OPEN)}
    if not tasks:
        return ()
    slots = tools.engine.merged(Draft.model_validate(case.snapshot)).slots
    pairs = ((slot, tasks.get(task_key("deferred", case.id, slot.key))) for slot in slots)
    return tuple(
        Owed(slot, task) for slot, task in pairs
        if task is not None and any(way.way == "upload" for way in slot.ways)
    )


async def owed_views(tools: Tools, case: Case) -> tuple[OwedView, ...]:
    """The same for its citizen."""
    return tuple(
        OwedView(slot=one.slot.key, title=one.slot.title, department=one.task.department, due_on=one.due_on,
                 late=one.late, accept=tuple(one.slot.material.accept), max_mb=one.slot.material.max_mb,
                 where=window_of(tools, case, one).short)
        for one in await owed_in(tools, case)
    )


def window_of(tools: Tools, case: Case, one: Owed) -> Whereto:
    """Where a paper is brought that can no longer be sent: to its own office, else to the department's counter."""
    office = next((way.office for way in one.slot.material.ways if way.way == "window" and way.office), "")
    return tools.engine.whereto(case.region, office, one.task.department)


async def settle(case: Case) -> None:
    """Close what is owed no more: given with a correction, or wanted by nobody. Call it while holding the case."""
    open_ = Task.filter(case_id=case.id, kind="deferred", state__in=OPEN)
    if not await open_.exists():
        return
    wanted = {
        material.key for leg in await Leg.filter(case_id=case.id) if leg.state not in LOST
        for material in plan_in(leg).materials
    }
    answers = Draft.model_validate(case.snapshot).materials
    owed = {key for key, answer in answers.items() if answer.way == "deferred" and key in wanted}
    still = [task_key("deferred", case.id, key) for key in owed]
    gone = open_.exclude(open_for__in=still) if still else open_
    await gone.update(state="done", open_for=None, resolution="superseded", done_at=now())
