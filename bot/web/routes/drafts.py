"""Drafts: the form view of the same answers the talk fills, one change at a time."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.case_sights import case_sight
from bot.citizens import login_of
from bot.dialogue.events import Submitted
from bot.web.changes import putting
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.paper_view import brief
from bot.web.papers import Papers
from bot.web.routes.places import region_for
from bot.web.shapes import DraftBrief, DraftOut, Drafts
from bot.web.typed import About, Answer, Typed
from core.errors import InvalidAnswer, NotFound, NotNow

api = Api()
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Begin(BaseModel):
    """Which one-thing to begin, and where; ``GET /api/v1/places`` says whether it must be said where."""

    model_config = ConfigDict(extra="forbid")

    one_thing: Key
    region: Annotated[str, Field(pattern=r"^([0-9]{6})?$")] = ""


class Change(BaseModel):
    """One change: ``put`` a value, ``skip`` an optional one, ``contest`` a fetched one with ``value`` and ``reason``.

    ``path`` is a field, ``situation:code``, ``material:slot`` (the value is then its way), or ``subject.count``.
    """

    model_config = ConfigDict(extra="forbid")

    revision: Revision
    path: About
    do: Literal["put", "skip", "contest"] = "put"
    value: Answer = None
    reason: Annotated[Typed, Field(max_length=500)] = ""


class Agree(BaseModel):
    """Consent to look-ups, or its refusal."""

    model_config = ConfigDict(extra="forbid")

    given: bool
    revision: Revision | None = None
    """The revision that was shown; when it is given, consent to another one is refused as ``stale``."""


class Sign(BaseModel):
    """The citizen's own name, typed as a signature."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Typed, Field(min_length=1, max_length=100)]


class CaseStands(BaseModel):
    """The case that the draft became."""

    number: str


@api.get("/api/v1/drafts", summary="My drafts", who="citizen", returns=Drafts, tag="drafts")
async def list_drafts(ask: Ask[None]) -> Drafts:
    """Those that may still be changed, last changed first."""
    house = ask.request.app[HOUSE]
    held = await house.forms.open_of(ask.citizen)
    return Drafts(drafts=[DraftBrief(**brief(one, house.engine)) for one in held])


@api.post("/api/v1/drafts", summary="Begin a one-thing", who="citizen", body=Begin, returns=DraftOut, status=201,
          errors=(NotFound, NotNow, InvalidAnswer), tag="drafts")
async def begin(ask: Ask[Begin]) -> web.Response:
    """A new draft with what the login tells; the unfinished one of the same one-thing when there is one, wherever it
    is handled."""
    house, papers = ask.request.app[HOUSE], Papers(ask.request.app[HOUSE], ask.citizen)
    entry = house.catalogue.entries.get(ask.body.one_thing)
    code = entry.form if entry else ask.body.one_thing
    if code not in house.engine.bank.definitions:
        raise NotFound()
    found = [one for one in await house.forms.open_of(ask.citizen, code) if one.state == "open"]
    if found:
        return _json(await papers.view(found[0]), 200)
    region = region_for(house.places, ask.body.one_thing, ask.body.region)
    draft = house.engine.start(code, region, await login_of(ask.citizen))
    return _json(await papers.view(await house.forms.create(ask.citizen, draft)), 201)


@api.get("/api/v1/drafts/{id}", summary="One draft as a form", who="citizen", returns=DraftOut,
         errors=(NotFound,), tag="drafts")
async def show(ask: Ask[None]) -> DraftOut:
    """Sections, fields with sources, situations, materials, findings, numbers."""
    papers = Papers(ask.request.app[HOUSE], ask.citizen)
    return await papers.view(await papers.get(ask.request.match_info["id"]))


@api.post("/api/v1/drafts/{id}/changes", summary="Change one answer, for clients that cannot PATCH", who="citizen",
          body=Change, returns=DraftOut, errors=(NotFound, NotNow, InvalidAnswer), tag="drafts")
async def change_by_post(ask: Ask[Change]) -> DraftOut:
    """The same as PATCH on the draft."""
    changed: DraftOut = await change(ask)
    return changed


@api.patch("/api/v1/drafts/{id}", summary="Change one answer", who="citizen", body=Change, returns=DraftOut,
           errors=(NotFound, NotNow, InvalidAnswer), tag="drafts")
async def change(ask: Ask[Change]) -> DraftOut:
    """Checked like everywhere; 422 says in plain words what to type, 409 ``stale`` that it was changed elsewhere."""
    papers, body, engine = await _editing(ask), ask.body, ask.request.app[HOUSE].engine
    made = {
        "put": putting(engine, body.path, body.value) if body.do == "put" else None,
        "skip": lambda draft: engine.skip(draft, body.path),
        "contest": lambda draft: engine.contest(draft, body.path, body.value, body.reason),
    }[body.do]
    if body.do == "contest" and not body.reason:
        raise InvalidAnswer(body.path, "reason")
    if made is None:
        raise NotNow()
    held = await papers.change(ask.request.match_info["id"], body.revision, body.path, made)
    return await papers.view(held)


@api.post("/api/v1/drafts/{id}/consent", summary="Agree to look-ups, or not", who="citizen", body=Agree,
          returns=DraftOut, errors=(NotFound, NotNow), tag="drafts")
async def consent(ask: Ask[Agree]) -> DraftOut:
    """Recorded with what was shown; agreed look-ups are made at once."""
    papers, body = await _editing(ask), ask.body
    return await papers.view(await papers.consent(ask.request.match_info["id"], body.revision, given=body.given))


@api.post("/api/v1/drafts/{id}/move", summary="Bring a draft to the present content", who="citizen", returns=DraftOut,
          errors=(NotFound, NotNow), tag="drafts")
async def move(ask: Ask[None]) -> DraftOut:
    """Answers that still fit are kept, others are asked again."""
    papers = await _editing(ask)
    return await papers.view(await papers.move(ask.request.match_info["id"]))


@api.delete("/api/v1/drafts/{id}", summary="Throw a draft away", who="citizen", errors=(NotFound, NotNow),
            tag="drafts")
async def drop(ask: Ask[None]) -> None:
    """Its answers and files are deleted."""
    await ask.request.app[HOUSE].forms.withdraw(ask.request.match_info["id"], ask.citizen)


@api.post("/api/v1/drafts/{id}/submit", summary="Sign and submit", who="citizen", body=Sign, returns=CaseStands,
          errors=(NotFound, NotNow, InvalidAnswer), tag="drafts")
async def submit(ask: Ask[Sign]) -> CaseStands:
    """Answered only when the case stands durably; pressed twice it is the same case. The talk hears of it too."""
    house = ask.request.app[HOUSE]
    await _editing(ask)
    case = await house.cases.submit(ask.request.match_info["id"], ask.citizen, ask.body.name)
    sight = case_sight(await house.cases.view(case), house.say)
    await house.conversations.happen(ask.me.owner, Submitted(sight), f"submitted:{case.id}")
    return CaseStands(number=case.number)


async def _editing(ask: Ask[Any]) -> Papers:
    """The citizen's drafts, for one more change: each may ask the sources. Raises `TooMany`."""
    house = ask.request.app[HOUSE]
    await house.kv.limit(f"edit:{ask.citizen}", house.settings.rate_per_person * 4)
    return Papers(house, ask.citizen)


def _json(answer: BaseModel, status: int) -> web.Response:
    return web.json_response(text=answer.model_dump_json(), status=status)
