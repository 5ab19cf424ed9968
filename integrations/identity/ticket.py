"""The ticket flow of provincial unified identity: a ticket becomes a token, the token becomes a person."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import structlog

from core import clock
from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.settings import Settings
from integrations.health import Health, probed
from integrations.http import Http
from integrations.identity.base import Person
from integrations.identity.signing import sso_md5, sso_time

log = structlog.get_logger()

PATH = "/servlet/simpleauth"
_TICKET = re.compile(r"[A-Za-z0-9._-]{8,200}")

_OURS_TO_MEND = ("sign", "签名", "servicecode", "time", "时间")
"""Words in ``errmsg`` that tell of our credentials or clock; every other failure is about the ticket."""


class TicketIdentity:
    """A unified-identity platform under ``base`` (it ends before ``/servlet``), known to it as ``service``."""

    def __init__(
        self, base: str, service: str, password: str, *, leave_at: str = "", timeout: float = 5.0
    ) -> None:
        self._base, self._service, self._password = base.rstrip("/"), service, password
        self._leave_at = leave_at
        self._http = Http(timeout=timeout, max_bytes=64 * 1024)

    @classmethod
    def from_settings(cls, settings: Settings) -> TicketIdentity:
        """The platform that settings name; the demo exchange's own when they name none."""
        return cls(settings.sign_in_url, settings.identity_service, settings.identity_password,
                   leave_at=settings.sign_out_url)

    def login_url(self, return_to: str, state: str = "", proof: str = "") -> str:
        """Where to send a citizen to sign in; they come back to ``return_to`` with a ``ticket``.

        The flow knows no state of its own: it travels in the address. There is no place for a proof.
        """
        return_to += f"?{urlencode({'state': state})}" if state else ""
        return f"{self._base}/login?{urlencode({'servicecode': self._service, 'goto': return_to})}"

    async def person(self, ticket: str, return_to: str = "", proof: str = "") -> Person:
        """Exchange a single-use ticket.

        Raises `Refused` when it is unknown, used or stale, `NotAuthorised` when the platform does not accept us, and
        `Unavailable` or `Garbled` when it does not answer or not readably.
        """
        if not _TICKET.fullmatch(ticket):
            raise Refused("this is no ticket")
        token = str((await self._validate(ticket)).get("token") or "")
        if not token:
            raise Garbled("a ticket was accepted without a token")
        return _person(await self._call({"method": "getUserInfo", "token": token}))

    async def renewed(self, kept: str) -> Person:
        """Raises `Refused`: tickets leave nothing to renew by."""
        raise Refused("the ticket flow has nothing to renew by")

    async def leave(self, kept: str) -> None:
        """Nothing of ours is left at the platform: its token is read once."""

    def leave_url(self, return_to: str) -> str:
        """Where the platform ends its own session in the browser, when settings name it."""
        asked = urlencode({"servicecode": self._service, "goto": return_to})
        return f"{self._leave_at}?{asked}" if self._leave_at else ""

    async def _validate(self, ticket: str) -> dict[str, Any]:
        moment = sso_time(clock.now())
        return await self._call({
            "method": "ticketValidation",
            "servicecode": self._service,
            "time": moment,
            "sign": sso_md5(self._service, self._password, moment),
            "st": ticket,
        })

    async def _call(self, params: dict[str, str]) -> dict[str, Any]:
        reply = await self._http.send("GET", self._base + PATH, params={**params, "datatype": "json"})
        if reply.status >= 500:
            raise Unavailable(f"unified identity answers {reply.status}")
        if reply.status != 200:
            raise NotAuthorised(f"unified identity answers {reply.status}")
        body = reply.json()
        if not isinstance(body, dict) or "result" not in body:
            raise Garbled("an answer without a result")
        if str(body["result"]) != "0":
            raise _failure(str(body["result"]), str(body.get("errmsg", "")))
        return body

    async def check(self) -> Health:
        """Have a ticket checked that cannot exist: a platform that knows us refuses it, and only that."""
        return await probed(
            self._base, self.person("ST-check-of-settings"), wrong="a ticket that cannot exist was accepted")

    async def close(self) -> None:
        """Release connections."""
        await self._http.close()


def _failure(code: str, message: str) -> OutsideError:
    if any(word in message.lower() for word in _OURS_TO_MEND):
        log.error("identity.not_authorised", result=code)
        return NotAuthorised("unified identity does not accept our signature", result=code)
    return Refused("the ticket is unknown, used or stale", result=code)


def _person(body: dict[str, Any]) -> Person:
    name, number = str(body.get("username") or "").strip(), str(body.get("idnum") or "").strip().upper()
    if not name or not number:
        raise Garbled("a person without name or id number")
    level = str(body.get("authlevel") or "1")
    return Person(name, number, str(body.get("mobile") or ""), min(4, max(1, int(level))) if level.isdigit() else 1)
