"""Who is asking: opaque session tokens, kept only as digests; a cookie for browsers, a bearer token for clients."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from aiohttp import web

from bot.models import Session
from bot.web.keys import HOUSE
from bot.web.sign_ins import let_go, stands
from core.clock import now

COOKIE = "yjs_session"
VIA = "yjs_via"
"""Cookie of a browser that signed in on the pages of unified identity, where it has a session of its own."""
GUEST_DAYS = 1
CITIZEN_DAYS = 7
SEEN_EVERY = timedelta(minutes=5)
_VISITOR: web.RequestKey[Visitor] = web.RequestKey("visitor")


@dataclass(frozen=True)
class Visitor:
    """A live session."""

    session_id: str
    citizen_id: str | None
    elder: bool
    scale: int
    expires: datetime
    wechat_user: str | None = None
    """The `bot.models.WechatUser` whose client this is."""

    @property
    def owner(self) -> str:
        """Whose conversation this is: ``citizen:<id>``, or ``guest:`` with the id of the session or WeChat user."""
        return f"citizen:{self.citizen_id}" if self.citizen_id else f"guest:{self.wechat_user or self.session_id}"


def digest(token: str) -> str:
    """What is stored of a token."""
    # a header may hold bytes that are no text: such a token is merely unknown
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


async def open_session(
    citizen_id: str | None, elder: bool = False, scale: int = 100, wechat_user: str | None = None, sign_in: str = ""
) -> tuple[str, Visitor]:
    """A new session and its token, which is shown once. ``sign_in``: see `bot.models.Session`."""
    token = secrets.token_urlsafe(32)
    days = CITIZEN_DAYS if citizen_id else GUEST_DAYS
    session = await Session.create(
        id=uuid4(), token_hash=digest(token), citizen_id=UUID(citizen_id) if citizen_id else None,
        elder=elder, scale=scale, created=now(), seen=now(), expires=now() + timedelta(days=days),
        wechat_user_id=UUID(wechat_user) if wechat_user else None, sign_in=sign_in or None, confirmed=now(),
    )
    return token, _visitor(session)


async def visitor_of(request: web.Request) -> Visitor | None:
    """The visitor behind a request, or None for a stranger or an ended session."""
    kept: Visitor | None = request.get(_VISITOR)
    if kept is not None:
        return kept
    token = _token(request)
    if not token:
        return None
    session = await Session.get_or_none(token_hash=digest(token))
    if session is None or session.expires < now() or not await stands(request.app[HOUSE], session):
        return None
    if now() - session.seen > SEEN_EVERY:
        await Session.filter(id=session.id).update(seen=now())
    visitor = _visitor(session)
    request[_VISITOR] = visitor
    return visitor


async def close_session(request: web.Request) -> None:
    """End the session of a request, here and then at unified identity."""
    token = _token(request)
    session = await Session.get_or_none(token_hash=digest(token)) if token else None
    if session is not None:
        await session.delete()
        await let_go(request.app[HOUSE], session.sign_in)


def set_cookie(response: web.StreamResponse, token: str, days: int, secure: bool) -> None:
    """Give a browser its token: not readable by scripts, not sent along from foreign pages."""
    response.set_cookie(
        COOKIE, token, max_age=days * 86400, httponly=True, samesite="Lax", secure=secure, path="/"
    )


def _token(request: web.Request) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ") if header.startswith("Bearer ") else request.cookies.get(COOKIE, "")


def _visitor(session: Session) -> Visitor:
    citizen = str(session.citizen_id) if session.citizen_id else None
    user = str(session.wechat_user_id) if session.wechat_user_id else None
    return Visitor(str(session.id), citizen, session.elder, session.scale, session.expires, user)
