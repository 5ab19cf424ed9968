"""The key-value store: locks, dedupe, rate limits, counters. Redis in production, an in-process fake by default."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import redis.asyncio as redis
from fakeredis import FakeAsyncRedis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError

from core.errors import TooMany
from core.locks import Locks


class KV:
    """A thin door to Redis: the few operations the house uses, with keys under one prefix."""

    def __init__(self, client: redis.Redis, prefix: str = "yjs:", *, alone: bool = False) -> None:
        self.client = client
        self._prefix = prefix
        self._here = Locks() if alone else None

    @classmethod
    def open(cls, url: str) -> KV:
        """A store at ``url``, or a fake of this process when it is empty."""
        if url:
            return cls(redis.from_url(url, decode_responses=True))
        return cls(FakeAsyncRedis(decode_responses=True), alone=True)

    async def first(self, key: str, seconds: float) -> bool:
        """True for the first caller of ``key`` within ``seconds``; the base of every dedupe."""
        return bool(await self.client.set(self._prefix + key, "1", nx=True, px=int(seconds * 1000)))

    async def get(self, key: str) -> str | None:
        """A value, or None."""
        value = await self.client.get(self._prefix + key)
        return None if value is None else str(value)

    async def put(self, key: str, value: str, seconds: float) -> None:
        """Keep a value for a while."""
        await self.client.set(self._prefix + key, value, px=int(seconds * 1000))

    async def drop(self, key: str) -> None:
        """Forget a key."""
        await self.client.delete(self._prefix + key)

    async def count(self, key: str, seconds: int) -> int:
        """Count one more under ``key`` in the present window and return the count."""
        name = self._prefix + key
        async with self.client.pipeline(transaction=False) as both:
            both.incr(name)
            both.ttl(name)
            count, left = await both.execute()
        # whoever counts first may die before the window is set: the next ones set it, so that no count stands for ever
        if int(left) < 0:
            await self.client.expire(name, seconds)
        return int(count)

    async def limit(self, key: str, at_most: int, seconds: int = 60) -> None:
        """Raise `TooMany` from the call that exceeds ``at_most`` in a window."""
        if await self.count(f"limit:{key}", seconds) > at_most:
            left = max(1, int(await self.client.ttl(self._prefix + f"limit:{key}")))
            raise TooMany(retry_after=left)

    @asynccontextmanager
    async def lock(self, key: str, seconds: float = 30, wait: float = 10) -> AsyncIterator[None]:
        """Hold a lock that all processes share; raises `TooMany` when it is not free in time.

        ``seconds`` frees the lock of a process that died; a store of one process has no use for it.
        """
        if self._here is not None:
            async with self._here.hold(key, wait):
                yield
            return
        lock = Lock(self.client, f"{self._prefix}lock:{key}", timeout=seconds, sleep=0.005)
        if not await lock.acquire(blocking_timeout=wait):
            raise TooMany(retry_after=1)
        try:
            yield
        finally:
            # it may have run out while held: the guarded updates below it are what protects the data
            with suppress(LockError):
                await lock.release()

    async def close(self) -> None:
        """Release connections."""
        await self.client.aclose()
