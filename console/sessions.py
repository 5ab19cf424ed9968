"""Sessions of staff: a token in a cookie, its digest in the database, thirty minutes without use and it is over."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from cases.actors import Staff
from console.accounts import staff_of
from console.desk import DESK, ROOT
from console.models import Account, StaffSession
from core import audit
from core.clock import now

COOKIE = "yjs_console"
BEFORE = "yjs_console_before"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
"""However busy: after this one signs in again."""
_SEEN_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class Member:
    """Somebody signed in."""

    account: Account
    staff: Staff
    session: StaffSession

    @property
    def csrf(self) -> str:
        """What every form of this session carries."""
        return self.session.csrf


MEMBER: web.RequestKey[Member] = web.RequestKey("console_member", Member)
"""Who makes a request, once that is known."""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def open_session(account: Account) -> str:
    """A session of its own, whatever the browser carried before; its token, which is given once."""
    token = secrets.token_urlsafe(32)
    await StaffSession.filter(expires_at__lt=now()).delete()
    await StaffSession.create(
        token_hash=_digest(token), account_id=account.id, csrf=secrets.token_urlsafe(32), opened_at=now(),
        seen_at=now(), expires_at=now() + IDLE,
    )
    return token


async def member_of(request: web.Request) -> Member | None:
    """Who is signed in. A page that refreshes by itself does not keep a session alive."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    session = await StaffSession.get_or_none(token_hash=_digest(token)).select_related("account")
    if session is None or session.expires_at < now() or not session.account.active:
        return None
    if "HX-Request" not in request.headers and now() - session.seen_at > _SEEN_EVERY:
        until = min(now() + IDLE, session.opened_at + LONGEST)
        await StaffSession.filter(id=session.id).update(seen_at=now(), expires_at=until)
    return Member(session.account, staff_of(session.account), session)


async def close_session(member: Member) -> None:
    """Sign out."""
    await StaffSession.filter(id=member.session.id).delete()
    await audit.record(member.staff.actor, "staff.sign_out", f"account:{member.account.id}")


def set_cookie(request: web.Request, response: web.Response, name: str, value: str) -> None:
    """A cookie no script reads and no other site sends; it ends with the browser."""
    secure = request.app[DESK].settings.cookies_secure
    response.set_cookie(name, value, httponly=True, samesite="Strict", path=ROOT, secure=secure)


def tag_before(request: web.Request, nonce: str) -> str:
    """What the sign-in form carries: bound to the nonce in the visitor's cookie."""
    key = request.app[DESK].settings.secret_key.get_secret_value()
    return hmac.new(key.encode(), f"console-sign-in:{nonce}".encode(), hashlib.sha256).hexdigest()
