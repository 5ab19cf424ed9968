"""The queue by urgency, which refreshes itself where scripts run."""

from __future__ import annotations

from aiohttp import web

from console.asking import Asking, page
from console.departments import departments_for
from console.pages import go
from console.queueing import PER_PAGE, STATES, Chosen, lines

routes = web.RouteTableDef()
LAST_PAGE = 5000


def chosen_by(ask: Asking) -> Chosen:
    """What the query asks for; nonsense is the default."""
    page_number = ask.query("page")
    return Chosen(
        states=ask.query("state") if ask.query("state") in STATES else "to_do", department=ask.query("department"),
        mine=ask.query("mine") == "1",
        page=min(max(1, int(page_number)), LAST_PAGE) if page_number.isascii() and page_number.isdigit() else 1,
    )


@routes.get("/queue")
@page("work")
async def queue(ask: Asking) -> web.Response:
    """The queue; a refresh asks for the list alone."""
    number = ask.query("number").strip()
    if number:
        return go(f"/cases/{number[:40]}") if number.isascii() and number.isalnum() else go("/cases/0")
    chosen = chosen_by(ask)
    found, count = await lines(ask.desk.cases, ask.staff, chosen)
    alone = "HX-Request" in ask.request.headers
    return ask.show(
        "queue_list.html" if alone else "queue.html", lines=found, count=count, chosen=chosen, states=list(STATES),
        pages=max(1, -(-count // PER_PAGE)), departments=departments_for(ask.desk, ask.staff),
    )
