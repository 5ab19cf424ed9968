"""What a person decides about a task, and what follows for the leg."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tortoise.transactions import in_transaction

from cases.actors import Demand, Staff
from cases.corrections.notice import Entry, ask
from cases.legs.graph import advance, drop
from cases.lifecycle import hold, move
from cases.models import Case, Leg, Outbox, Task
from cases.tasks import OPEN, task_for
from cases.timeline.events import Said, about_leg, say
from cases.tools import Tools
from core import audit
from core.clock import now
from core.errors import NotNow

WAYS: dict[str, frozenset[str]] = {
    "delivery": frozenset({"retry", "sent_by_hand", "give_up"}),
    "gate": frozenset({"release", "ask", "give_up"}),
    "withdraw": frozenset({"retry", "done"}),
    "rate": frozenset({"retry", "done"}),
    "rectification": frozenset({"done", "unfounded"}),
    "changed": frozenset({"done"}),
    "contested": frozenset({"done"}),
    "deferred": frozenset({"done"}),
    "paper": frozenset({"retry", "done"}),
    "calendar": frozenset({"done"}),
    "wechat": frozenset({"done"}),
    "talk": frozenset({"reply", "back"}),
}
"""How each kind of task can end. A review ends with `approve`, `return_` or `reject`."""


async def resolve(
    tools: Tools, task_id: UUID, staff: Staff, how: str, note: str = "", *, number: str = "",
    demands: Sequence[Demand] = (),
) -> None:
    """End a task. ``sent_by_hand`` carries the platform's ``number``, ``ask`` the ``demands`` for the citizen,
    ``give_up`` the reason and ``reply`` the answer in ``note``, which the citizen reads. Raises `NotNow`."""
    task = await task_for(task_id, staff)
    if how not in WAYS.get(task.kind, frozenset()):
        raise NotNow(reason="no_such_way", ways=sorted(WAYS.get(task.kind, frozenset())))
    if how in ("give_up", "unfounded", "reply") and not note.strip():
        raise NotNow(reason="note_needed")
    async with in_transaction():
        if task.case_id:
            await hold(task.case_id)
        mine = Task.filter(id=task.id, state__in=OPEN)
        done = {"state": "done", "open_for": None, "resolution": how, "note": note or None, "done_at": now()}
        if not await mine.update(**done, assigned_to=staff.id):
            raise NotNow(reason="done")
        await audit.record(staff.actor, f"task.{how}", f"task:{task.id}", details={"kind": task.kind})
        if task.case_id:
            await _follow(tools, task, staff, how, note, number, demands)
    if how in ("reply", "back"):
        await tools.jobs.ask("reply", task_id=str(task.id))


async def _follow(
    tools: Tools, task: Task, staff: Staff, how: str, note: str, number: str, demands: Sequence[Demand]
) -> None:
    case = await Case.get(id=task.case_id)
    leg = await Leg.get(id=task.leg_id) if task.leg_id else None
    if how == "retry":
        await _retry(task, leg, staff)
    elif leg is None:
        await say(case.id, Said(staff.actor, "task_done", {"kind": task.kind, "how": how}, public=False))
    elif how == "sent_by_hand":
        await _by_hand(leg, staff, number)
    elif how == "give_up":
        await drop(case, leg, "leg_given_up", staff.actor, says=note)
        await advance(tools, case)
    elif how == "release":
        await Leg.filter(id=leg.id).update(hold="", says=None)
        await say(case.id, Said(staff.actor, "leg_released", about_leg(leg), tell=True), leg_id=leg.id)
        await advance(tools, case)
    elif how == "ask":
        await _ask(tools, case, leg, staff, demands)


async def _retry(task: Task, leg: Leg | None, staff: Staff) -> None:
    kinds = ["submit", "supplement"] if task.kind == "delivery" else [task.kind]
    stuck = Outbox.filter(case_id=task.case_id, state="person", kind__in=kinds)
    stuck = stuck.filter(leg_id=leg.id) if leg else stuck
    # What was refused was not taken, so it may go out with newer data; anything else may have arrived as it was.
    await stuck.filter(problem="refused").update(package=None)
    await stuck.update(state="due", next_at=now(), since=now(), attempts=0)
    if leg and leg.state == "failed" and task.kind == "delivery":
        await move(Leg, leg.id, "failed", "ready", Said(staff.actor, "leg_retried", about_leg(leg)))


async def _by_hand(leg: Leg, staff: Staff, number: str) -> None:
    """A person carried it over: the leg is delivered, under the number they were given."""
    if not number.strip():
        raise NotNow(reason="number_needed")
    stuck = Outbox.filter(leg_id=leg.id, state="person", kind__in=["submit", "supplement"])
    await stuck.update(state="delivered", delivered_at=now(), package=None)
    said = Said(staff.actor, "leg_sent", about_leg(leg, receipt=number))
    await move(Leg, leg.id, leg.state, "sent", said, platform_number=number, next_pull_at=now())


async def _ask(tools: Tools, case: Case, leg: Leg, staff: Staff, demands: Sequence[Demand]) -> None:
    """The gate is the citizen's to open: it joins the one notice, and is checked again with the answer."""
    if not demands:
        raise NotNow(reason="no_demands")
    entries = [Entry(about=d.about, says=d.says, source="reviewer", department=leg.department) for d in demands]
    await ask(tools, case, entries, staff.actor)
    said = Said(staff.actor, "leg_correction_asked", about_leg(leg, count=len(demands)), tell=True)
    await say(case.id, said, leg_id=leg.id)
