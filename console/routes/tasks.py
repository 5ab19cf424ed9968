"""The person's queue: what the machine could not do, and what somebody must look into."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from cases.actors import Demand
from cases.models import Case, Leg, Task
from cases.review.resolving import WAYS
from cases.tasks import OPEN, task_for
from console import demands
from console.asking import Asking, page
from console.pages import go
from console.paper import paper_of
from console.queueing import names_of
from console.roles import may
from console.routes.deciding import why_not
from console.wording import words
from core.clock import today
from core.errors import NotFound, NotNow

routes = web.RouteTableDef()
ORDER = ("release", "retry", "ask", "sent_by_hand", "reply", "back", "done", "unfounded", "give_up")
"""Ways as they are offered: what ends something for good comes last."""
NOTED = frozenset({"give_up", "unfounded", "reply", "done"})
"""Ways that ask for words."""


@dataclass(frozen=True)
class Line:
    """One task with what it is about."""

    task: Task
    case: Case | None
    item: str
    assigned: str
    overdue: bool


async def _lines(tasks: list[Task]) -> list[Line]:
    cases = {case.id: case for case in await Case.filter(id__in=[task.case_id for task in tasks if task.case_id])}
    legs = {leg.id: leg for leg in await Leg.filter(id__in=[task.leg_id for task in tasks if task.leg_id])}
    names = await names_of(task.assigned_to for task in tasks)
    return [
        Line(task, cases.get(task.case_id) if task.case_id else None, legs[task.leg_id].title if task.leg_id else "",
             names.get(task.assigned_to, ""), bool(task.due_on and task.due_on < today()))
        for task in tasks
    ]


@routes.get("/tasks")
@page("work")
async def tasks(ask: Asking) -> web.Response:
    """The open tasks of this person's department and region; reviews have a queue of their own."""
    found = [task for task in await ask.desk.cases.tasks(ask.staff) if task.kind != "review"]
    if ask.query("mine") == "1":
        found = [task for task in found if task.assigned_to == ask.staff.id]
    done = ask.query("done") == "1"
    return ask.show("tasks.html", lines=await _lines(found[:200]), mine=ask.query("mine") == "1", done=done)


async def _seen(ask: Asking) -> Task:
    try:
        return await task_for(UUID(ask.part("task")), ask.staff)
    except ValueError as problem:
        raise NotFound() from problem


async def _page(ask: Asking, status: int = 200, wrong: str = "") -> web.Response:
    task = await _seen(ask)
    line = (await _lines([task]))[0]
    mine = task.assigned_to == ask.staff.id
    free = task.state == "open" or mine or may(ask.member.account.role, "supervise")
    return ask.show(
        "task.html", status, line=line, task=task, mine=mine, open=task.state in OPEN, free=free, wrong=wrong,
        ways=[way for way in ORDER if way in WAYS.get(task.kind, ())], noted=NOTED,
        places=await _places(ask, task, line.case),
    )


async def _places(ask: Asking, task: Task, case: Case | None) -> list[demands.Group]:
    """Where the citizen can be asked to correct something, when that is a way out."""
    if case is None or "ask" not in WAYS.get(task.kind, ()):
        return []
    view = await ask.desk.cases.staff_view(case.id, ask.staff)
    return demands.groups_of(await paper_of(ask.desk, case, view), (), whole=False)


@routes.get("/tasks/{task}")
@page("work")
async def show_task(ask: Asking) -> web.Response:
    """One task and the ways it can end."""
    return await _page(ask)


@routes.post("/tasks/{task}/claim")
@page("work")
async def claim(ask: Asking) -> web.Response:
    """Take it."""
    try:
        await ask.desk.cases.claim_task((await _seen(ask)).id, ask.staff)
    except NotNow as refused:
        return await _page(ask, 409, why_not(refused))
    return go(f"/tasks/{ask.part('task')}")


@routes.post("/tasks/{task}/resolve")
@page("work")
async def resolve(ask: Asking) -> web.Response:
    """End it in one of the ways of its kind."""
    task, how = await _seen(ask), ask.given("how")
    if task.state == "claimed" and task.assigned_to != ask.staff.id and not may(ask.member.account.role, "supervise"):
        return await _page(ask, 409, words()("not_now.claimed"))
    asked: list[Demand] = []
    if how == "ask":
        places = {p.about for group in await _places(ask, task, (await _lines([task]))[0].case) for p in group.places}
        about, says = ask.given("about"), ask.given("says")
        if about not in places or not demands.SHORTEST <= len(says) <= demands.LONGEST:
            return await _page(ask, 422, words()("task.ask_needs"))
        asked = [Demand(about, says)]
    try:
        await ask.desk.cases.resolve_task(
            task.id, ask.staff, how, ask.given("note"), number=ask.given("receipt"), demands=asked
        )
    except NotNow as refused:
        return await _page(ask, 409, why_not(refused))
    return go("/tasks", done=1)
