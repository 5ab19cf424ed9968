"""Calling WeChat for one account: with its token, within its quotas, and what WeChat says turned into our errors."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import structlog

from core.errors import Garbled, NotAuthorised, OutsideError, Unavailable
from core.kv import KV
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.base import Nobody, Unsure, Watch
from integrations.channels.wechat.http.failures import ALARMING, BAD_DATA, BAD_TOKEN, BUSY, failure, rid_of
from integrations.channels.wechat.http.guard import Guard
from integrations.channels.wechat.http.tokens import Tokens
from integrations.http import Http, Reply

log = structlog.get_logger(__name__)
SECONDS = 4.0
TOKEN = "/cgi-bin/stable_token"  # noqa: S105 - a path
AGAIN = 0.2, 0.5
"""Seconds, from and to, after which WeChat is asked once more that had no time."""


class Caller:
    """What all calls of one account share. ``watch`` hears how they fare."""

    def __init__(
        self, base: str, account: Account, kv: KV, timeout: float = SECONDS, watch: Watch | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._base, self._account = base, account
        self._http = Http(timeout=timeout, max_bytes=12_000_000)
        self._watch, self._guard = watch or Nobody(), guard or Guard()
        self._tokens = Tokens(kv, account.app_id, self._fetch, self._watch.token)

    async def send(self, body: Mapping[str, Any], path: str) -> None:
        """Something that must not arrive twice: no answer is not asked again. Raises `Unsure`."""
        try:
            await self.call(path, body)
        except (Unavailable, Garbled) as problem:
            if "errcode" in problem.details or problem.details.get("why") in ("connect", "paused"):
                raise
            raise Unsure(f"no answer to {path}") from problem

    async def call(
        self, path: str, body: Mapping[str, Any] | None, *, harmless: frozenset[int] = frozenset()
    ) -> dict[str, Any]:
        """The answer to a call with our token. Raises what its error code means, unless that is ``harmless``."""
        reply = await self._authorised("GET" if body is None else "POST", path, body, {})
        found = _read(reply)
        if found.get("errcode", 0) not in harmless:
            await self._check(found, path, body)
        return found

    async def content(self, path: str, params: Mapping[str, str]) -> Reply:
        """Bytes, or what was said instead without an error code. Errors come with status 200."""
        reply = await self._authorised("GET", path, None, params)
        if _code(reply):
            await self._check(_read(reply), path, None)
        return reply

    async def _authorised(
        self, method: str, path: str, body: Mapping[str, Any] | None, params: Mapping[str, str]
    ) -> Reply:
        """With our token; once more with a fresh one when WeChat does not take it, or when it was busy."""
        self._guard.ask(path)
        reply = await self._with_token(method, path, body, params)
        if (code := await self._again(reply)) in BAD_TOKEN or code == BUSY:
            reply = await self._with_token(method, path, body, params)
        return self._heard(path, reply)

    async def secretly(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        """The answer to one of the calls that know us by our secret, which takes no token."""
        self._guard.ask(path)
        reply = await self._asked(method, path, **more)
        if await self._again(reply) == BUSY:
            reply = await self._asked(method, path, **more)
        found = _read(self._heard(path, reply))
        await self._check(found, path, None)
        return found

    async def end(self) -> None:
        """Release connections."""
        await self._tokens.close()
        await self._http.close()

    async def _with_token(
        self, method: str, path: str, body: Mapping[str, Any] | None, params: Mapping[str, str]
    ) -> Reply:
        token = await self._tokens.get()
        given = None if body is None else orjson.dumps(body)
        reply = await self._asked(
            method, path, body=given, params={**params, "access_token": token},
            headers={"Content-Type": "application/json"} if given else None,
        )
        if _code(reply) in BAD_TOKEN:
            await self._tokens.wrong(token)
        return reply

    async def _asked(self, method: str, path: str, **more: Any) -> Reply:
        try:
            reply = await self._http.send(method, f"{self._base}{path}", **more)
            if reply.status >= 500:
                raise Unavailable(f"WeChat answered {reply.status}", why="status")
            if reply.content_type == "text/html":
                raise Garbled("a page where an answer was expected", why="not_json")
        except OutsideError as problem:
            self._guard.failed(path)
            log.warning("wechat.no_answer", account=self._account.name, call=path, why=problem.details.get("why"))
            raise
        self._watch.answered(path, _code(reply))
        return reply

    async def _again(self, reply: Reply) -> int:
        """The code of an answer, after the moment that somebody busy needs."""
        code = _code(reply)
        if code == BUSY:
            await asyncio.sleep(random.uniform(*AGAIN))
        return code

    def _heard(self, path: str, reply: Reply) -> Reply:
        """The guard hears of the last answer to a call: one that was of no use twice counts as none."""
        code = _code(reply)
        if code == BUSY or code in BAD_TOKEN:
            self._guard.failed(path)
        else:
            self._guard.answered(path, code)
        return reply

    async def _fetch(self) -> tuple[str, int]:
        found = await self.secretly("POST", TOKEN, json={
            "grant_type": "client_credential", "appid": self._account.app_id,
            "secret": self._account.secret.get_secret_value(), "force_refresh": False,
        })
        if not found.get("access_token"):
            raise NotAuthorised("WeChat gave no token")
        return str(found["access_token"]), int(found.get("expires_in") or 7200)

    async def _check(self, found: Mapping[str, Any], call: str, body: Mapping[str, Any] | None) -> None:
        """Raises what an error code means; it is logged here once, with what WeChat can be asked by, and no more."""
        code, says = int(found.get("errcode") or 0), str(found.get("errmsg", ""))
        if not code:
            return
        fields = {"fields": sorted(_names(body))} if code in BAD_DATA and body else {}
        known = {"account": self._account.name, "call": call, "errcode": code, "rid": rid_of(says)}
        log.warning("wechat.call_refused", **known, **fields)
        problem = failure(code, says, call)
        if code in ALARMING or (call == TOKEN and isinstance(problem, NotAuthorised)):
            log.error("wechat.not_authorised", **known, says=says[:200])
            await self._watch.alarm(call, code)
        raise problem


def _names(body: Mapping[str, Any]) -> Iterator[str]:
    """Names of the fields that were sent, two levels deep; no value."""
    for name, value in body.items():
        yield name
        if isinstance(value, Mapping):
            yield from (f"{name}.{inner}" for inner in value)


def _read(reply: Reply) -> dict[str, Any]:
    found = reply.json()
    if not isinstance(found, dict):
        raise Garbled("this is no answer of WeChat", why="not_json")
    return found


def _code(reply: Reply) -> int:
    """The error code of an answer, 0 for none; also of media, which are bytes."""
    if reply.body[:1] != b"{":
        return 0
    try:
        return int(_read(reply).get("errcode") or 0)
    except Garbled:
        return 0
