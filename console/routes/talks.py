"""The agent's chat page: who waits for a person, what was said, answers to choose from, and back to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from cases.models import Task
from cases.talks.talking import STAFF_SAID, last_answers, waiting
from cases.talks.waiting import ABOUT
from cases.tasks import OPEN, task_for
from console.asking import Asking, page
from console.beside import beside
from console.pages import go
from console.queueing import names_of
from console.routes.cases import as_answer
from console.routes.deciding import why_not
from core import audit
from core.errors import NotFound, NotNow
from forms.content.worded import sentence

routes = web.RouteTableDef()


@dataclass(frozen=True)
class Line:
    """One line of a talk."""

    mine: bool
    words: str
    about: bool = False
    """What they are doing, and nothing that was said."""


@dataclass(frozen=True)
class Suggestion:
    """An answer to choose. ``asks`` is the question of the FAQ it answers, empty for one given lately."""

    asks: str
    words: str


def lines_of(task: Task) -> list[Line]:
    """The talk since a person was asked for; of the citizen's part what they said themselves."""
    said = [line for line in str(task.says or "").splitlines() if line.strip()]
    return [Line(False, line.removeprefix(ABOUT), True) if line.startswith(ABOUT) else
            Line(line.startswith(STAFF_SAID), line.removeprefix(STAFF_SAID)) for line in said]


def last_words(task: Task) -> str:
    """What the citizen said last."""
    return next((line.words for line in reversed(lines_of(task)) if not line.mine and not line.about), "")


async def _seen(ask: Asking) -> Task:
    try:
        task = await task_for(UUID(ask.part("task")), ask.staff)
    except ValueError as problem:
        raise NotFound() from problem
    if task.kind != "talk":
        raise NotFound()
    return task


async def _suggestions(ask: Asking, task: Task) -> list[Suggestion]:
    """Of the FAQ for the last words of the citizen, and what this person answered lately."""
    found: list[Suggestion] = []
    asked = last_words(task)
    if asked and ask.desk.recogniser is not None:
        heard = await ask.desk.recogniser.hear(asked)
        numbers = ask.desk.engine.bank.parameters(task.region or ask.desk.settings.region)
        found += [Suggestion(hit.q, sentence(hit.a, numbers)) for hit in heard.faq]
    return found + [Suggestion("", words) for words in await last_answers(ask.staff)]


async def _page(ask: Asking, status: int = 200, wrong: str = "", words: str = "") -> web.Response:
    task = await _seen(ask)
    mine = task.assigned_to == ask.staff.id and task.state in OPEN
    found = await _suggestions(ask, task) if mine else []
    chosen = ask.query("use")
    if chosen.isascii() and chosen.isdigit() and int(chosen) < len(found):
        words = found[int(chosen)].words
    form = await beside(ask.desk, ask.staff, task) if mine else None
    if form is not None and not ask.query("part"):  # what looks again every few seconds is one look
        await audit.record(ask.staff.actor, "talk.form_read", f"draft:{form.draft}", details={"task": str(task.id)})
    rows = await waiting(ask.staff)
    names = await names_of([task.assigned_to, *(row.assigned_to for row in rows)])
    return ask.show(_template(ask), status, rows=rows, last_words=last_words, names=names, task=task, mine=mine,
                    lines=lines_of(task), open=task.state in OPEN, suggestions=found, words=words, wrong=wrong,
                    sent=ask.query("sent") == "1", form=form)


def _template(ask: Asking) -> str:
    """A refresh asks for its part alone."""
    parts = {"queue": "talks_queue.html", "lines": "talks_lines.html"}
    alone = "HX-Request" in ask.request.headers
    return parts.get(ask.query("part"), "talks.html") if alone else "talks.html"


@routes.get("/talks")
@page("work")
async def talks(ask: Asking) -> web.Response:
    """Who waits."""
    rows = await waiting(ask.staff)
    names = await names_of(row.assigned_to for row in rows)
    return ask.show(_template(ask), rows=rows, last_words=last_words, names=names, task=None, wrong="")


@routes.get("/talks/{task}")
@page("work")
async def show_talk(ask: Asking) -> web.Response:
    """One talk beside the others."""
    return await _page(ask)


@routes.get("/talks/{task}/files/{file}")
@page("work")
async def file(ask: Asking) -> web.Response:
    """A file of the form beside a talk, while this person has it."""
    task = await _seen(ask)
    mine = task.assigned_to == ask.staff.id and task.state in OPEN
    form = await beside(ask.desk, ask.staff, task) if mine else None
    wanted = form.file(ask.part("file")) if form else None
    if wanted is None:
        raise NotFound()
    held, content = await ask.desk.cases.tools.forms.files.read(wanted.id, ask.staff.actor)
    return as_answer(held, content, f"talk-{wanted.id[:8]}", save=ask.query("save") == "1")


@routes.post("/talks/{task}/take")
@page("work")
async def take(ask: Asking) -> web.Response:
    """Take it over."""
    try:
        await ask.desk.cases.claim_task((await _seen(ask)).id, ask.staff)
    except NotNow as refused:
        return await _page(ask, 409, why_not(refused))
    return go(f"/talks/{ask.part('task')}")


@routes.post("/talks/{task}/say")
@page("work")
async def say(ask: Asking) -> web.Response:
    """Answer; the talk stays with this person."""
    try:
        await ask.desk.cases.say_to((await _seen(ask)).id, ask.staff, ask.given("words"))
    except NotNow as refused:
        return await _page(ask, 409, why_not(refused), ask.given("words"))
    return go(f"/talks/{ask.part('task')}", sent=1)


@routes.post("/talks/{task}/back")
@page("work")
async def back(ask: Asking) -> web.Response:
    """The bot goes on."""
    task = await _seen(ask)
    try:
        if task.assigned_to != ask.staff.id:
            raise NotNow(reason="claimed")
        await ask.desk.cases.resolve_task(task.id, ask.staff, "back")
    except NotNow as refused:
        return await _page(ask, 409, why_not(refused))
    return go("/talks")
