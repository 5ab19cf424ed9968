"""One case: its page, a value revealed with a reason, and the files that were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aiohttp import web

from cases.clocks import case_clock
from cases.lifecycle import CASE_ENDED, CASE_OPEN
from cases.models import Case, Pause
from cases.review.views import StaffView
from console import telling
from console.asking import Asking, page
from console.colleagues import colleagues_for
from console.models import Account
from console.paper import Paper, draft_of, paper_of
from console.roles import may
from console.windows import counters
from console.wording import words
from core import audit
from core.errors import NotFound
from forms.drafts import StoredFile

routes = web.RouteTableDef()
REASONS = ("verify", "compare", "contact", "department", "complaint")
"""Reasons for looking at a value unmasked; each a wording key under ``reveal.why.``."""
INLINE = frozenset({"image/jpeg", "image/png", "image/webp"})
DONE = frozenset({"opened", "approved", "returned", "rejected", "noted", "assigned"})


async def seen(ask: Asking) -> tuple[Case, StaffView]:
    """The case of the address, as this person may see it. Raises `NotFound`, `NotYours`."""
    number = ask.part("number")
    view = await ask.desk.cases.staff_view(number, ask.staff)
    return await ask.desk.cases.case(number), view


async def case_page(
    ask: Asking, status: int = 200, *, wrong: str = "", revealed: Mapping[str, str] | None = None, why: str = "",
    typed: Mapping[str, str] | None = None,
) -> web.Response:
    """The page of a case in its present state."""
    case, view = await seen(ask)
    draft = await draft_of(case)
    paper = await paper_of(ask.desk, case, view, ask.query("part") or ask.given("part"), revealed)
    names = {str(account.id): account.name for account in await Account.all()}
    done = ask.query("done") if ask.query("done") in DONE else ""
    reading = case_clock(case, await Pause.filter(case_id=case.id))
    context: dict[str, Any] = {
        "case": case, "view": view, "paper": paper, "clock": reading, "open": case.state in CASE_OPEN,
        "light": "ended" if case.state in CASE_ENDED else "paused" if reading.paused else reading.light,
        "assigned": names.get(case.assigned_to, ""), "mine": case.assigned_to == ask.staff.id,
        "timeline": telling.timeline(view, names), "findings": telling.findings(ask.desk, draft, view.findings),
        "rounds": [(notice, list(telling.changes(ask.desk, draft, notice))) for notice in reversed(view.corrections)],
        "result": telling.result, "sources": ask.desk.engine.bank.titles,
        "colleagues": await colleagues_for(case, view),
        "decides": may(ask.staff.role, "decide") and len(view.departments) == len(view.case.legs),
        "reasons": REASONS, "windows": counters(ask.desk, case, view),
        "why": why, "wrong": wrong, "done": done, "typed": typed or {},
    }
    return ask.show("case.html", status, **context)


@routes.get("/cases/{number}")
@page("work")
async def show_case(ask: Asking) -> web.Response:
    """Everything needed to decide, masked; that it was looked at is kept."""
    answer = await case_page(ask)
    case = await ask.desk.cases.case(ask.part("number"))
    await audit.record(ask.staff.actor, "case.read", f"case:{case.id}")
    return answer


@routes.post("/cases/{number}/reveal")
@page("work")
async def reveal(ask: Asking) -> web.Response:
    """Show one value of what this person may see; never by address, so that no link or history shows it again."""
    case, view = await seen(ask)
    path, why = ask.given("path"), ask.given("why")
    paper = await paper_of(ask.desk, case, view)
    field = next((field for field in paper.fields() if field.path == path), None)
    if field is None:
        raise NotFound()
    if why not in REASONS:
        return await case_page(ask, 422, wrong=words()("reveal.needs_reason"))
    value = await ask.desk.cases.reveal(case.id, ask.staff, path, words()(f"reveal.why.{why}"))
    return await case_page(ask, revealed={path: value or ask.desk.engine.shown(await draft_of(case), path)}, why=why)


@routes.get("/cases/{number}/files/{file}")
@page("work")
async def file(ask: Asking) -> web.Response:
    """A file of a material this person may see. Pictures open in a tab of their own, the rest is saved."""
    case, view = await seen(ask)
    paper = await paper_of(ask.desk, case, view)
    wanted = _file_of(paper, ask.part("file"))
    held, content = await ask.desk.cases.tools.forms.files.read(str(wanted), ask.staff.actor)
    return as_answer(held, content, f"{case.number}-{str(wanted)[:8]}", save=ask.query("save") == "1")


def as_answer(held: StoredFile, content: bytes, stem: str, *, save: bool) -> web.Response:
    """A file, opened where a browser only shows it, else saved under ``stem``: the citizen's name for it stays here."""
    kind = "inline" if held.mime in INLINE and not save else "attachment"
    name = f"{stem}.{held.mime.rpartition('/')[2]}"
    return web.Response(body=content, content_type=held.mime, headers={
        "Content-Disposition": f'{kind}; filename="{name}"', "Content-Security-Policy": "default-src 'none'; sandbox",
    })


def _file_of(paper: Paper, text: str) -> UUID:
    for slot in paper.slots:
        for held in slot.files:
            if held.id == text:
                return UUID(held.id)
    raise NotFound()
