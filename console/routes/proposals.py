"""Editing a content file as a proposal, seeing what it changes, and publishing it with four eyes."""

from __future__ import annotations

from aiohttp import web

from console import proposals
from console.asking import Asking, page
from console.content_files import ContentFile, file_of, files_of, found_file, lines
from console.fitting import LONGEST
from console.judging import judged
from console.laying import Judged, difference
from console.models import Proposal
from console.pages import go
from console.proposals import ProposalRefused, digest, proposal_of
from console.routes.content import forget_problems, published
from console.wording import words
from core.errors import NotFound

routes = web.RouteTableDef()


def _edit(ask: Asking, file: ContentFile, text: str, base: str, *, again: str = "", wrong: str = "") -> web.Response:
    found = published(ask.desk, ask.part("code"))
    status = 422 if wrong else 200
    return ask.show("content_edit.html", status, one=found, file=file, text=text, base=base, again=again, wrong=wrong)


@routes.get("/content/{code}/edit")
@page("propose")
async def edit(ask: Asking) -> web.Response:
    """A file of a one-thing (``name``) to be edited as text; with ``again`` one's own proposal about it, to go on."""
    file = file_of(ask.desk, ask.part("code"), ask.query("name"))
    before = await _mine(ask, file, ask.query("again"))
    if before is not None:
        return _edit(ask, file, before.text, digest(file.text), again=str(before.id))
    return _edit(ask, file, file.text, digest(file.text))


@routes.post("/content/{code}/edit")
@page("propose", longest=LONGEST + 1)
async def propose(ask: Asking) -> web.Response:
    """Keep the text as a proposal, in the place of the one it goes on from; the published file stays as it is."""
    file = file_of(ask.desk, ask.part("code"), ask.query("name"))
    text, again = ask.form.get("text", [""])[0], ask.given("again")
    try:
        made = await proposals.propose(file, text, ask.given("base"), ask.staff)
        if before := await _mine(ask, file, again):
            await proposals.withdraw(before, ask.staff)
    except ProposalRefused as refused:
        said = words()(f"proposal.refused_{refused.details['reason']}")
        return _edit(ask, file, text, ask.given("base"), again=again, wrong=said)
    return go(f"/content/{ask.part('code')}/proposals/{made.id}")


async def _mine(ask: Asking, file: ContentFile, again: str) -> Proposal | None:
    """One's own open proposal about this file; None when there is none of this id."""
    if not again:
        return None
    try:
        found = await proposal_of(again, {file.name})
    except NotFound:
        return None
    return found if found.author_id == ask.staff.id and found.state == "open" else None


async def _proposal(ask: Asking) -> Proposal:
    names = {one.name for one in files_of(ask.desk, ask.part("code"))}
    return await proposal_of(ask.part("proposal"), names)


async def _judged(ask: Asking, proposal: Proposal, *, whole: bool = False) -> Judged:
    return await judged(ask.desk, ask.part("code"), proposal.file, proposal.text, whole=whole)


async def _show(ask: Asking, proposal: Proposal, status: int = 200, wrong: str = "") -> web.Response:
    found, told = published(ask.desk, ask.part("code")), await _judged(ask, proposal)
    file = found_file(ask.desk, proposal.file)
    if file is None:
        raise NotFound()
    before = file.text if proposal.before is None else proposal.before
    return ask.show(
        "proposal.html", status, one=found, proposal=proposal, file=file, judged=told, wrong=wrong,
        rows=lines(proposal.text, proposal.file, told.problems), diff=difference(before, proposal.text),
        elsewhere=[problem for problem in told.problems if problem.file != proposal.file],
        stale=proposal.state == "open" and digest(file.text) != proposal.base,
        own=proposal.author_id == ask.staff.id, folder=ask.desk.settings.content_dir,
    )


@routes.get("/content/{code}/proposals/{proposal}")
@page("content")
async def show_proposal(ask: Asking) -> web.Response:
    """What a proposal changes, and what the check says of it."""
    return await _show(ask, await _proposal(ask))


@routes.post("/content/{code}/proposals/{proposal}/publish")
@page("publish")
async def publish(ask: Asking) -> web.Response:
    """Write it into the content folder; it counts from the next start. Refused to its author, and with mistakes."""
    proposal = await _proposal(ask)
    try:
        await proposals.publish(ask.desk, proposal, ask.staff, lambda: _judged(ask, proposal, whole=True))
    except ProposalRefused as refused:
        return await _show(ask, proposal, 409, words()(f"proposal.refused_{refused.details['reason']}"))
    forget_problems()
    return go(f"/content/{ask.part('code')}/proposals/{proposal.id}")


@routes.post("/content/{code}/proposals/{proposal}/withdraw")
@page("propose")
async def withdraw(ask: Asking) -> web.Response:
    """Its author takes it back."""
    proposal = await _proposal(ask)
    try:
        await proposals.withdraw(proposal, ask.staff)
    except ProposalRefused as refused:
        return await _show(ask, proposal, 409, words()(f"proposal.refused_{refused.details['reason']}"))
    return go(f"/content/{ask.part('code')}")
