"""The access token of an account: one for all processes, fetched by one of them, renewed before it ends.

``stable_token`` gives the same token while it is valid, so that processes cannot end each other's.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from core.kv import KV

EARLY = 300
"""Seconds before its end from which a token is renewed; WeChat lets the old one work that long beside the new."""
Fetch = Callable[[], Awaitable[tuple[str, int]]]
"""Asks WeChat; (token, seconds it is valid)."""


class Tokens:
    """The token of one account, in the shared store and in this process."""

    def __init__(self, kv: KV, app_id: str, fetch: Fetch) -> None:
        self._kv, self._fetch = kv, fetch
        self._key = f"wechat:token:{app_id}"
        self._token, self._until = "", 0.0
        self._one = asyncio.Lock()

    async def get(self) -> str:
        """A token that is valid now. Raises what asking WeChat raises."""
        if self._token and time.time() < self._until - EARLY:
            return self._token
        async with self._one:
            if self._token and time.time() < self._until - EARLY:
                return self._token
            return await self._shared()

    async def wrong(self, token: str) -> None:
        """WeChat does not take this token. Only this very one is thrown away: another process may have a newer."""
        if self._token == token:
            self._token, self._until = "", 0.0
        async with self._kv.lock(self._key, seconds=20, wait=10):
            kept = await self._kept()
            if kept is not None and kept[0] == token:
                await self._kv.drop(self._key)

    async def _shared(self) -> str:
        kept = await self._kept()
        if kept is None or time.time() > kept[1] - EARLY:
            async with self._kv.lock(self._key, seconds=20, wait=15):
                kept = await self._kept()
                if kept is None or time.time() > kept[1] - EARLY:
                    token, seconds = await self._fetch()
                    kept = token, time.time() + seconds
                    await self._kv.put(self._key, json.dumps(kept), max(seconds, 1))
        self._token, self._until = kept
        return self._token

    async def _kept(self) -> tuple[str, float] | None:
        text = await self._kv.get(self._key)
        if text is None:
            return None
        token, until = json.loads(text)
        return str(token), float(until)
