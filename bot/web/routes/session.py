"""Sessions: begin as a guest, sign in with a ticket, choose large type, leave."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.citizens import citizen_for
from bot.models import Citizen, Session, WechatUser
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.visitors import CITIZEN_DAYS, COOKIE, GUEST_DAYS, VIA, close_session, open_session, set_cookie
from bot.wechat.users import bind, signed_out
from core.audit import record
from core.errors import CitizenError, Refused, Unavailable
from core.masking import mask_name

api = Api()


class LevelTooLow(CitizenError):
    """Unified identity does not know this person surely enough; they can have that changed there."""

    code = "level_too_low"
    wording = "error.level_too_low"
    status = 403


class Me(BaseModel):
    """The session as its owner sees it."""

    signed_in: bool
    name: str = ""
    level: int = 0
    elder: bool = False
    scale: int = 100
    wechat: bool = False
    """Whether a WeChat knows this citizen: it may be unbound."""
    token: str | None = None
    """Shown once, to clients that keep no cookies."""


class Left(BaseModel):
    """Signed out here."""

    to: str = ""
    """Where a browser goes next, to be signed out at unified identity too; empty where there is nothing to end."""


class SignIn(BaseModel):
    """A ticket or code from unified identity."""

    model_config = ConfigDict(extra="forbid")

    ticket: str = Field(min_length=4, max_length=512)


class Prefs(BaseModel):
    """How the page should look. ``scale`` is the text size in percent."""

    model_config = ConfigDict(extra="forbid")

    elder: bool
    scale: int = Field(100, ge=100, le=200)


@api.post("/api/v1/session", summary="Begin, or go on with, a session", who="anyone", returns=Me, tag="session")
async def begin(ask: Ask[None]) -> web.Response:
    """A guest session for a stranger; the present one for everybody else."""
    if ask.visitor is not None:
        return _answer(await _me(ask), None, 0, ask)
    token, visitor = await open_session(None)
    me = Me(signed_in=False, elder=visitor.elder, scale=visitor.scale, token=token)
    return _answer(me, token, GUEST_DAYS, ask)


@api.get("/api/v1/session", summary="Who am I", returns=Me, tag="session")
async def who_am_i(ask: Ask[None]) -> Me:
    """The present session."""
    return await _me(ask)


@api.post(
    "/api/v1/session/login", summary="Sign in with a ticket of unified identity", who="anyone", body=SignIn, returns=Me,
    errors=(Refused, Unavailable, LevelTooLow), tag="session",
)
async def sign_in(ask: Ask[SignIn]) -> web.Response:
    """Exchange the ticket; the guest's talk goes on as the citizen's."""
    return await signed_in(ask.request, ask.body.ticket, ask)


async def signed_in(
    request: web.Request, ticket: str, ask: Ask[Any], return_to: str = "", proof: str = ""
) -> web.Response:
    """A new session for the person behind ``ticket``; the guest's one ends and its conversation is taken over.

    ``return_to`` and ``proof`` are those that the browser was sent to sign in with. Raises `LevelTooLow`.
    """
    house = request.app[HOUSE]
    person = await house.identity.person(ticket, return_to, proof)
    if person.level < house.settings.identity_level:
        raise LevelTooLow()
    citizen = await citizen_for(person)
    guest = ask.visitor
    elder = citizen.elder or bool(guest and guest.elder)
    scale = max(citizen.scale, guest.scale if guest else 100)
    user = guest.wechat_user if guest else None
    token, _ = await open_session(str(citizen.id), elder, scale, user, person.kept)
    if guest is not None and guest.citizen_id is None:
        await house.conversations.signed_in(guest.owner, str(citizen.id))
    if user is not None:
        await bind(user, str(citizen.id))
    await close_session(request)
    me = Me(signed_in=True, name=mask_name(citizen.name), level=citizen.level, elder=elder, scale=scale, token=token,
            wechat=await WechatUser.filter(citizen_id=citizen.id).exists())
    return _answer(me, token, CITIZEN_DAYS, ask)


@api.delete("/api/v1/session", summary="Sign out", who="anyone", returns=Left, tag="session")
async def sign_out(ask: Ask[None]) -> web.Response:
    """End the session, here and at unified identity. A phone of WeChat asks who its user is the next time."""
    house, left = ask.request.app[HOUSE], Left()
    await close_session(ask.request)
    if ask.visitor is not None and ask.visitor.citizen_id is not None:
        if ask.visitor.wechat_user is not None:
            await signed_out(ask.visitor.wechat_user)
        await record(ask.visitor.owner, "citizen.sign_out", ask.visitor.owner)
        if VIA in ask.request.cookies:
            left.to = house.identity.leave_url(f"{house.settings.url}/")
    response = web.json_response(text=left.model_dump_json())
    response.del_cookie(COOKIE, path="/")
    response.del_cookie(VIA, path="/api/v1/session")
    return response


@api.post("/api/v1/prefs", summary="Choose large type and text size", body=Prefs, returns=Prefs, tag="session")
async def choose(ask: Ask[Prefs]) -> Prefs:
    """Kept with the session, and with the citizen for every channel."""
    me = ask.me
    await Session.filter(id=UUID(me.session_id)).update(elder=ask.body.elder, scale=ask.body.scale)
    if me.citizen_id:
        await Citizen.filter(id=UUID(me.citizen_id)).update(elder=ask.body.elder, scale=ask.body.scale)
    return ask.body


async def _me(ask: Ask[Any]) -> Me:
    visitor = ask.me
    if visitor.citizen_id is None:
        return Me(signed_in=False, elder=visitor.elder, scale=visitor.scale)
    citizen = await Citizen.get(id=UUID(visitor.citizen_id))
    return Me(
        signed_in=True, name=mask_name(citizen.name), level=citizen.level, elder=visitor.elder, scale=visitor.scale,
        wechat=await WechatUser.filter(citizen_id=citizen.id).exists(),
    )


def _answer(me: Me, token: str | None, days: int, ask: Ask[Any]) -> web.Response:
    response = web.json_response(text=me.model_dump_json())
    if token is not None:
        set_cookie(response, token, days, ask.request.app[HOUSE].settings.cookies_secure)
    return response
