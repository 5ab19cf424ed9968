"""The access token of an account: one for all processes, fetched by one of them, renewed before it ends.

``stable_token`` gives the same token while it is valid, so that processes cannot end each other's. In its last minutes
calls go on with the old token while one process fetches the next one behind them.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import astuple, dataclass

import structlog

from core.ending import ended
from core.errors import YijianshiError
from core.kv import KV

log = structlog.get_logger(__name__)
EARLY = 240
"""Seconds before its end from which a token is renewed: WeChat gives a new one in the last five minutes, and lets the
old one work beside it."""
LAST = 10
"""Seconds before its end from which a token is not used any more."""
AGAIN = 20
"""Seconds before a renewal is tried again that brought nothing new."""
Fetch = Callable[[], Awaitable[tuple[str, int]]]
"""Asks WeChat; (token, seconds it is valid)."""


@dataclass(frozen=True)
class Token:
    """A token, until when it is valid and since when we have it, in seconds since 1970."""

    text: str = ""
    until: float = 0.0
    since: float = 0.0

    def lasts(self, seconds: float) -> bool:
        """Whether it is valid for longer than that."""
        return time.time() < self.until - seconds


class Tokens:
    """The token of one account, in the shared store and in this process. ``seen`` hears since when it is used."""

    def __init__(self, kv: KV, app_id: str, fetch: Fetch, seen: Callable[[float], None] = lambda _: None) -> None:
        self._kv, self._fetch, self._seen = kv, fetch, seen
        self._key = f"wechat:token:{app_id}"
        self._token, self._one = Token(), asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def get(self) -> str:
        """A token that is valid now. Raises what asking WeChat raises."""
        if not self._token.lasts(LAST):
            async with self._one:
                if not self._token.lasts(LAST):
                    self._use(await self._shared(LAST))
        if not self._token.lasts(EARLY):
            self._renew_soon()
        return self._token.text

    async def wrong(self, token: str) -> None:
        """WeChat does not take this token. Only this very one is thrown away: another process may have a newer."""
        if self._token.text == token:
            self._token = Token()
        async with self._kv.lock(self._key, seconds=20, wait=10):
            kept = await self._kept()
            if kept.text == token:
                await self._kv.drop(self._key)

    async def close(self) -> None:
        """Leave a renewal that is under way to others."""
        await ended(self._renewing)

    def _renew_soon(self) -> None:
        """Behind the calls, one at a time; a token that stays the same is not asked for all the time."""
        if (self._renewing is None or self._renewing.done()) and time.time() >= self._not_before:
            self._not_before = time.time() + AGAIN
            self._renewing = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            self._use(await self._shared(EARLY))
        except YijianshiError as problem:  # the old one still works, and the next call tries again
            log.warning("wechat.token_not_renewed", code=problem.code)

    def _use(self, token: Token) -> None:
        self._token = token
        self._seen(token.since)

    async def _shared(self, early: float) -> Token:
        """One that lasts longer than ``early``: what is kept, or what WeChat gives to one process of all."""
        kept = await self._kept()
        if not kept.lasts(early):
            async with self._kv.lock(self._key, seconds=20, wait=15):
                kept = await self._kept()
                if not kept.lasts(early):
                    text, seconds = await self._fetch()
                    kept = Token(text, time.time() + seconds, time.time())
                    await self._kv.put(self._key, json.dumps(astuple(kept)), max(seconds, 1))
        return kept

    async def _kept(self) -> Token:
        text = await self._kv.get(self._key)
        return Token(*json.loads(text)) if text else Token()
