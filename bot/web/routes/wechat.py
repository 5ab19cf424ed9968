"""WeChat's side: pushes of its accounts, and pages opened from a chat as whoever opened them."""

from __future__ import annotations

import re
import secrets
from hmac import compare_digest
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.models import Citizen
from bot.web.endpoint import Api, Ask
from bot.web.keys import DOORS, HOUSE
from bot.web.visitors import CITIZEN_DAYS, GUEST_DAYS, digest, open_session, set_cookie
from bot.wechat.users import user_of
from core.errors import NotFound, OutsideError, Unavailable
from integrations.channels.wechat.base import CodeUsed
from integrations.channels.wechat.envelope import LARGEST, Forged, Unreadable
from integrations.channels.wechat.oauth import authorize_url

api = Api()
BEGUN = "yjs_wechat"
"""Cookie of a browser that WeChat is asked about: what must come back, and where to go then."""
BEGUN_SECONDS = 600
_PATH = re.compile(r"/(?:form(?:/[0-9a-f-]{36})?|cases(?:/[0-9A-Z]{10,40})?|settings|confirm/[A-Za-z0-9_-]{20,80})?")


class To(BaseModel):
    """Which page to open."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field("/", max_length=200)


class Back(BaseModel):
    """What WeChat sends along, and what we gave it to bring back."""

    code: str = Field("", max_length=200)
    state: str = Field("", max_length=200)


@api.get("/wx/{account}", summary="WeChat verifies an account's address", who="anyone", errors=(Forged, NotFound),
         tag="wechat", gives="text/plain")
async def verify(ask: Ask[None]) -> web.Response:
    """Answers the very echo it was given."""
    door = ask.request.app[DOORS].of(ask.request.match_info["account"])
    return web.Response(text=door.envelope.echo(ask.request.query), content_type="text/plain")


@api.post("/wx/{account}", summary="A message or event of WeChat", who="anyone",
          errors=(Forged, Unreadable, NotFound), tag="wechat", gives="application/xml")
async def push(ask: Ask[None]) -> web.Response:
    """Taken once, however often it is pushed, and answered within 4.5 seconds."""
    door = ask.request.app[DOORS].of(ask.request.match_info["account"])
    body = await ask.request.content.read(LARGEST + 1)
    while len(body) <= LARGEST and not ask.request.content.at_eof():
        body += await ask.request.content.read(LARGEST + 1 - len(body))
    answer = await door.take(ask.request.query, body)
    return web.Response(text=answer, content_type="application/xml" if answer.startswith("<") else "text/plain")


@api.get("/wx/{account}/open", summary="Open a page as the account's user", who="anyone", query=To,
         errors=(NotFound,), tag="wechat", status=303, gives="text/html")
async def open_page(ask: Ask[None]) -> web.Response:
    """Asks WeChat who it is, silently, and comes back to the page."""
    house, door = ask.request.app[HOUSE], ask.request.app[DOORS].of(ask.request.match_info["account"])
    to = ask.query.to if _PATH.fullmatch(ask.query.to) else "/"
    state = secrets.token_urlsafe(16)
    back = f"{house.settings.url}/wx/{door.account.name}/back"
    url = authorize_url(house.settings.wechat_open_url, door.account.app_id, back, state)
    answer = web.Response(status=303, headers={"Location": url, "Cache-Control": "no-store"})
    answer.set_cookie(BEGUN, f"{state} {to}", max_age=BEGUN_SECONDS, httponly=True, samesite="Lax", path="/wx",
                      secure=house.settings.cookies_secure)
    return answer


@api.get("/wx/{account}/back", summary="Back from WeChat", who="anyone", query=Back, errors=(NotFound, Unavailable),
         tag="wechat", status=303, gives="text/html")
async def back(ask: Ask[None]) -> web.Response:
    """The account's user becomes the visitor, once for each opening; whatever goes wrong, the page opens for a
    stranger and says what to do."""
    house, door = ask.request.app[HOUSE], ask.request.app[DOORS].of(ask.request.match_info["account"])
    kept, _, to = ask.request.cookies.get(BEGUN, "").partition(" ")
    same = kept and compare_digest(kept.encode(errors="replace"), ask.query.state.encode(errors="replace"))
    if not same or not await house.kv.first(f"wechat:opened:{digest(kept)}", BEGUN_SECONDS):
        return _go("/?sign_in=again")
    try:
        person = await door.api.person(ask.query.code)
    except CodeUsed:
        return _go("/?sign_in=again")
    except OutsideError:
        return _go("/?sign_in=failed")
    answer = _go(to if _PATH.fullmatch(to) else "/")
    if not person.snapshot:  # a preview page of WeChat names nobody: its visitor stays a stranger
        await _visit(answer, await user_of(door.account.app_id, person), house.settings.cookies_secure)
    return answer


async def _visit(answer: web.Response, user: Any, secure: bool) -> None:
    citizen = await Citizen.get_or_none(id=user.citizen_id, deleted_at=None) if user.citizen_id else None
    looks = (citizen.elder, citizen.scale) if citizen else (False, 100)
    token, _ = await open_session(str(citizen.id) if citizen else None, *looks, wechat_user=str(user.id))
    set_cookie(answer, token, CITIZEN_DAYS if citizen else GUEST_DAYS, secure)


def _go(to: str) -> web.Response:
    """Somewhere else; what the browser was asked to bring back serves no second time."""
    answer = web.Response(status=303, headers={"Location": to, "Cache-Control": "no-store"})
    answer.del_cookie(BEGUN, path="/wx")
    return answer
