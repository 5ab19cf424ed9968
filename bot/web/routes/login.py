"""Signing in: to unified identity and back, or as one of the invented people of the demo."""

from __future__ import annotations

import re
import secrets
from hmac import compare_digest
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.web.demo_login import demo_ticket
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.routes.session import LevelTooLow, Me, signed_in
from bot.web.visitors import CITIZEN_DAYS, VIA
from core.errors import Garbled, NotFound, OutsideError, Refused, Unavailable

api = Api()
BEGUN = "yjs_login"
"""Cookie of a browser that went to sign in, with what it must bring back."""
WHERETO = "yjs_to"
"""Cookie with where to go after signing in."""
BEGUN_SECONDS = 900
BACK = "/login/back"
"""Where unified identity sends people back to; it is named there."""


class Who(BaseModel):
    """One of the demo people."""

    model_config = ConfigDict(extra="forbid")

    who: str = Field(min_length=1, max_length=80)


class Ticket(BaseModel):
    """What unified identity sends along (a ticket or a code), and what we gave it to bring back."""

    ticket: str = Field("", max_length=200)
    code: str = Field("", max_length=512)
    state: str = Field("", max_length=200)


@api.post("/api/v1/demo/login", summary="Sign in as one of the invented people", who="anyone", body=Who, returns=Me,
          errors=(NotFound, Refused, Unavailable, Garbled), tag="demo")
async def demo_login(ask: Ask[Who]) -> web.Response:
    """The ticket flow of unified identity in one tap."""
    house = ask.request.app[HOUSE]
    if not house.settings.demo_people:
        raise NotFound()
    return await signed_in(ask.request, await demo_ticket(house, ask.body.who), ask, f"{house.settings.url}{BACK}")


class Whereto(BaseModel):
    """Where to go after signing in: a link that somebody passed on, or nowhere special."""

    to: str = Field("", pattern=r"^(/confirm/[A-Za-z0-9_-]{20,80})?$")


@api.get("/login", summary="To unified identity", who="anyone", query=Whereto, tag="session", status=303,
         gives="text/html")
async def login(ask: Ask[None]) -> web.Response:
    """Sends the browser to sign in; it comes back to /login/back, and from there to where it was."""
    house = ask.request.app[HOUSE]
    state, proof = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
    url = house.identity.login_url(f"{house.settings.url}{BACK}", state, proof)
    answer = web.Response(status=303, headers={"Location": url, "Cache-Control": "no-store"})
    answer.set_cookie(BEGUN, f"{state} {proof}", max_age=BEGUN_SECONDS, httponly=True, samesite="Lax", path="/login",
                      secure=house.settings.cookies_secure)
    if ask.query.to:
        answer.set_cookie(WHERETO, ask.query.to, max_age=BEGUN_SECONDS, httponly=True, samesite="Lax", path="/login",
                          secure=house.settings.cookies_secure)
    return answer


@api.get("/login/back", summary="Back from unified identity", who="anyone", query=Ticket, tag="session", status=303,
         gives="text/html")
async def back(ask: Ask[None]) -> web.Response:
    """A ticket becomes a session; whatever goes wrong, the page opens and says so.

    Only in the browser that went to sign in: another site could bring a ticket of its own, and a citizen would write
    into somebody else's account.
    """
    try:
        if not _begun_here(ask):
            raise Refused("this browser did not ask to sign in")
        _, _, proof = ask.request.cookies.get(BEGUN, "").partition(" ")
        back_to = f"{ask.request.app[HOUSE].settings.url}{BACK}"
        done = await signed_in(ask.request, ask.query.ticket or ask.query.code, ask, back_to, proof)
    except LevelTooLow:
        return _gone("/?sign_in=level")
    except OutsideError:
        return _gone("/?sign_in=failed")
    kept = ask.request.cookies.get(WHERETO, "")
    to = kept if re.fullmatch(r"/confirm/[A-Za-z0-9_-]{20,80}", kept) else "/"
    answer = web.Response(status=303, headers={"Location": to})
    answer.del_cookie(BEGUN, path="/login")
    answer.del_cookie(WHERETO, path="/login")
    answer.set_cookie(VIA, "1", max_age=CITIZEN_DAYS * 86400, httponly=True, samesite="Lax", path="/api/v1/session",
                      secure=ask.request.app[HOUSE].settings.cookies_secure)
    for morsel in done.cookies.values():
        answer.headers.add("Set-Cookie", morsel.OutputString())
    return answer


def _gone(to: str) -> web.Response:
    """Back on the page without having signed in; what was begun is over."""
    answer = web.Response(status=303, headers={"Location": to})
    answer.del_cookie(BEGUN, path="/login")
    return answer


@api.get("/login/raise", summary="To where one's account is confirmed", who="anyone", tag="session", status=303,
         gives="text/html")
async def to_raise(ask: Ask[None]) -> web.Response:
    """The page of unified identity where the level of an account is raised; without one, signing in anew."""
    to = ask.request.app[HOUSE].settings.identity_raise_url or "/login"
    return web.Response(status=303, headers={"Location": to, "Cache-Control": "no-store"})


def _begun_here(ask: Ask[Any]) -> bool:
    given, kept = ask.query.state, ask.request.cookies.get(BEGUN, "").partition(" ")[0]
    return bool(kept) and compare_digest(given.encode(errors="surrogatepass"), kept.encode(errors="surrogatepass"))
