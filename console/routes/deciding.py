"""Decisions on a case. A button pressed twice, or after a colleague's, finds the fresh state and a polite sentence."""

from __future__ import annotations

from collections.abc import Awaitable

from aiohttp import web

from console import demands, telling
from console.asking import Asking, page
from console.colleagues import colleagues_for
from console.pages import go
from console.paper import draft_of, paper_of
from console.routes.cases import case_page, seen
from console.windows import counters
from console.wording import words
from core.errors import NotNow

routes = web.RouteTableDef()


async def attempt(ask: Asking, act: Awaitable[None], done: str) -> web.Response:
    """Do it and show the case; when it cannot be done any more, show the case as it is and say so."""
    try:
        await act
    except NotNow as refused:
        return await case_page(ask, 409, wrong=why_not(refused))
    return go(f"/cases/{ask.part('number')}", done=done)


def why_not(refused: NotNow) -> str:
    """Why something cannot be done, in words; most often a colleague was first."""
    return words().first(f"not_now.{refused.details.get('reason', '')}", "not_now.moved")


@routes.post("/cases/{number}/open")
@page("decide")
async def open_review(ask: Asking) -> web.Response:
    """Begin to review."""
    return await attempt(ask, ask.desk.cases.open_review(ask.part("number"), ask.staff), "opened")


@routes.post("/cases/{number}/approve")
@page("decide")
async def approve(ask: Asking) -> web.Response:
    """Approve; what a person must look at has to be said to have been looked at."""
    case, _ = await seen(ask)
    if case.checks and ask.given("looked") != "1" and case.state == "in_review":
        return await case_page(ask, 422, wrong=words()("approve.not_looked", count=case.checks))
    return await attempt(ask, ask.desk.cases.approve(case.id, ask.staff, ask.given("note")), "approved")


@routes.post("/cases/{number}/reject")
@page("decide")
async def reject(ask: Asking) -> web.Response:
    """Refuse, with the reason and what the citizen can do."""
    reason, remedy, where = ask.given("reason"), ask.given("remedy"), ask.given("where")
    if not reason or not remedy:
        typed = {"reason": reason, "remedy": remedy, "where": where}
        return await case_page(ask, 422, wrong=words()("not_now.reason_and_remedy"), typed=typed)
    told = counters(ask.desk, *await seen(ask)) if where else ()
    remedy = "\n".join([remedy, *(one.says for one in told if one.department == where)])
    return await attempt(ask, ask.desk.cases.reject(ask.part("number"), ask.staff, reason, remedy), "rejected")


@routes.get("/cases/{number}/return")
@page("decide")
async def notice_page(ask: Asking) -> web.Response:
    """The form of the one notice."""
    return await _notice(ask)


@routes.post("/cases/{number}/return")
@page("decide")
async def return_(ask: Asking) -> web.Response:
    """Send back with the one notice; only places of the form can be named."""
    groups = await _groups(ask)
    notice = demands.read(groups, ask.form)
    if notice.wrong or not notice.demands:
        return await _notice(ask, notice)
    return await attempt(ask, ask.desk.cases.return_(ask.part("number"), ask.staff, notice.demands), "returned")


async def _groups(ask: Asking) -> list[demands.Group]:
    case, view = await seen(ask)
    found = telling.findings(ask.desk, await draft_of(case), view.findings)
    whole = len(view.departments) == len(view.case.legs)
    return demands.groups_of(await paper_of(ask.desk, case, view), found, whole)


async def _notice(ask: Asking, notice: demands.Notice | None = None) -> web.Response:
    case, view = await seen(ask)
    if case.state != "in_review":
        return await case_page(ask, 409, wrong=words()("not_now.moved"))
    groups = await _groups(ask)
    shown = demands.again(groups, ask.form, notice) if notice else groups
    return ask.show(
        "return.html", 422 if notice else 200, case=case, view=view, groups=shown, notice=notice,
        longest=demands.LONGEST, windows=counters(ask.desk, case, view),
        count=sum(len(group.places) for group in shown),
    )


@routes.post("/cases/{number}/note")
@page("work")
async def note(ask: Asking) -> web.Response:
    """A note among colleagues."""
    if not ask.given("words"):
        return await case_page(ask, 422, wrong=words()("note.empty"))
    return await attempt(ask, ask.desk.cases.note(ask.part("number"), ask.staff, ask.given("words")), "noted")


@routes.post("/cases/{number}/assign")
@page("work")
async def assign(ask: Asking) -> web.Response:
    """Give the case to a colleague who may see it."""
    case, view = await seen(ask)
    to = ask.given("to")
    if to not in {str(account.id) for account in await colleagues_for(case, view)}:
        return await case_page(ask, 422, wrong=words()("assign.nobody"))
    return await attempt(ask, ask.desk.cases.assign(case.id, ask.staff, to), "assigned")
