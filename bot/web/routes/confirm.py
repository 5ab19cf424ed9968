"""Others confirm for themselves: making a link, looking at it, deciding behind it."""

from __future__ import annotations

from typing import Annotated, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.case_sights import day
from bot.citizens import login_of
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.typed import About, Typed
from core.clock import in_china
from core.errors import NotFound, NotNow, NotYours, TooMany
from forms.confirmation.confirmation_data import Glance, Reading

api = Api()
GUESSES, GUESS_SECONDS = 20, 600
"""Links that do not exist one address may try in so many seconds."""


class AskOther(BaseModel):
    """Whom to ask: the key of one of the draft's ``others``."""

    model_config = ConfigDict(extra="forbid")

    key: About


class LinkOut(BaseModel):
    """A link to pass on, shown once. ``text`` is what to send with it."""

    key: str
    url: str
    text: str
    title: str
    name: str
    """Masked."""
    until: str


class GlanceOut(BaseModel):
    """What anybody who holds the link sees: masked names only."""

    matter: str
    asked_by: str
    name: str
    state: Literal["open", "confirmed", "declined", "withdrawn", "expired"]
    until: str


class RowOut(BaseModel):
    """One value about the person, masked where it is sensitive."""

    label: str
    value: str


class ReadingOut(BaseModel):
    """What the person themselves reads. ``seen`` names exactly this and is sent back with the decision."""

    matter: str
    title: str
    """Who they are in this matter."""
    asked_by: str
    says: str
    rows: list[RowOut]
    sources: list[str]
    """Registers that will be asked about them once they have confirmed."""
    state: Literal["open", "confirmed", "declined", "withdrawn", "expired"]
    seen: str
    until: str
    decided: str
    """When they decided, in words."""
    reason: str


class Decide(BaseModel):
    """Confirm, or decline with a reason, exactly what was read."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["confirmed", "declined"]
    seen: Annotated[str, Field(min_length=1, max_length=64)]
    reason: Annotated[Typed, Field(max_length=300)] = ""


@api.post("/api/v1/drafts/{id}/confirmations", summary="Make a link by which somebody else may confirm", who="citizen",
          body=AskOther, returns=LinkOut, status=201, errors=(NotFound, NotNow, TooMany), tag="confirmations")
async def ask_other(ask: Ask[AskOther]) -> LinkOut:
    """A link given out before for the same person ends."""
    house = ask.request.app[HOUSE]
    made = await house.confirmations.ask(ask.request.match_info["id"], ask.citizen, ask.body.key)
    held = await house.forms.get(ask.request.match_info["id"], ask.citizen)
    matter = house.engine.bank.definition(held.draft.one_thing).title
    url = f"{house.settings.url}/confirm/{made.token}"
    return LinkOut(
        key=made.key, url=url, text=house.say("others.pass_on", matter=matter, url=url), title=made.title,
        name=made.name, until=day(in_china(made.expires_at).date(), house.say),
    )


@api.delete("/api/v1/drafts/{id}/confirmations/{key}", summary="Take a link back", who="citizen",
            errors=(NotFound,), tag="confirmations")
async def take_back(ask: Ask[None]) -> None:
    """It opens nothing from then on."""
    info = ask.request.match_info
    await ask.request.app[HOUSE].confirmations.take_back(info["id"], ask.citizen, info["key"][:160])


@api.get("/api/v1/confirmations/{token}", summary="Look at a link", who="anyone", returns=GlanceOut,
         errors=(NotFound, TooMany), tag="confirmations")
async def look(ask: Ask[None]) -> GlanceOut:
    """Masked names only, whoever looks."""
    house = ask.request.app[HOUSE]
    try:
        seen: Glance = await house.confirmations.glance(ask.request.match_info["token"])
    except NotFound:
        await _guessed(ask.request)
        raise
    return GlanceOut(matter=seen.one_thing, asked_by=seen.asked_by, name=seen.name, state=seen.state,
                     until=day(in_china(seen.expires_at).date(), house.say))


@api.get("/api/v1/confirmations/{token}/text", summary="Read what is to be confirmed", who="citizen",
         returns=ReadingOut, errors=(NotFound, NotYours, NotNow, TooMany), tag="confirmations")
async def read(ask: Ask[None]) -> ReadingOut:
    """Only for the very person the link is for; anybody else is refused and learns nothing."""
    house = ask.request.app[HOUSE]
    await house.kv.limit(f"confirm:{ask.citizen}", house.settings.rate_per_person)
    try:
        found = await house.confirmations.read(
            ask.request.match_info["token"], ask.citizen, await login_of(ask.citizen)
        )
    except NotFound:
        await _guessed(ask.request)
        raise
    return _out(ask.request, found)


@api.post("/api/v1/confirmations/{token}", summary="Confirm or decline", who="citizen", body=Decide,
          returns=ReadingOut, errors=(NotFound, NotYours, NotNow, TooMany), tag="confirmations")
async def decide(ask: Ask[Decide]) -> ReadingOut:
    """Once; sent twice it is the same decision."""
    house, body = ask.request.app[HOUSE], ask.body
    await house.kv.limit(f"confirm:{ask.citizen}", house.settings.rate_per_person)
    try:
        found = await house.confirmations.decide(
            ask.request.match_info["token"], ask.citizen, await login_of(ask.citizen), body.decision, body.seen,
            body.reason,
        )
    except NotFound:
        await _guessed(ask.request)
        raise
    return _out(ask.request, found)


async def _guessed(request: web.Request) -> None:
    """Whoever tries links that do not exist is stopped soon. Raises `TooMany`."""
    await request.app[HOUSE].kv.limit(f"confirm-guess:{request.remote}", GUESSES, GUESS_SECONDS)


def _out(request: web.Request, found: Reading) -> ReadingOut:
    say = request.app[HOUSE].say
    return ReadingOut(
        matter=found.one_thing, title=found.title, asked_by=found.asked_by, says=found.says,
        rows=[RowOut(label=label, value=value) for label, value in found.rows], sources=list(found.sources),
        state=found.state, seen=found.seen, until=day(in_china(found.expires_at).date(), say),
        decided=day(in_china(found.at).date(), say) if found.at else "", reason=found.reason,
    )
