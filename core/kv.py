"""The key-value store: locks, dedupe, rate limits, counters. Redis in production, an in-process fake by default."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import redis.asyncio as redis
from fakeredis import FakeAsyncRedis
from redis.asyncio.client import PubSub
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from core.errors import TooMany
from core.locks import Locks

LEASE = 9.0
"""Seconds after which the lock of a process that died is free."""
AWAY = 1.0
"""Seconds before a listener comes back to a store that was away."""
CONNECTIONS = 100
"""To Redis, of one process; a burst waits for a free one instead of being refused."""
PATIENCE = 10
"""Seconds that it waits at most."""
AT_MOST = 4.0
"""Seconds one wait for a word may take: the client gives up on a silent socket after five."""


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
            pool = redis.BlockingConnectionPool.from_url(
                url, decode_responses=True, max_connections=CONNECTIONS, timeout=PATIENCE
            )
            return cls(redis.Redis.from_pool(pool))
        fake = FakeAsyncRedis(decode_responses=True)
        fake.connection_pool.max_connections = 2**31  # nothing is connected; a burst must not be refused
        return cls(fake, alone=True)

    async def first(self, key: str, seconds: float, value: str = "1") -> bool:
        """True for the first caller of ``key`` within ``seconds``, whose ``value`` stands; the base of every dedupe."""
        return bool(await self.client.set(self._prefix + key, value, nx=True, px=int(seconds * 1000)))

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

    async def take(self, key: str, keep: int = 0) -> bool:
        """Take one of the number under ``key`` as long as ``keep`` stay; False where there is none."""
        if int(await self.get(key) or 0) <= keep:
            return False
        left = int(await self.client.decr(self._prefix + key))
        if left >= keep:
            return True
        # two took the last one, or it ran out in between: then the number that stands there now is nobody's
        await self.client.incr(self._prefix + key)
        if left < 0:
            await self.client.expire(self._prefix + key, 1)
        return False

    async def limit(self, key: str, at_most: int, seconds: int = 60) -> None:
        """Raise `TooMany` from the call that exceeds ``at_most`` in a window."""
        if await self.count(f"limit:{key}", seconds) > at_most:
            left = max(1, int(await self.client.ttl(self._prefix + f"limit:{key}")))
            raise TooMany(retry_after=left)

    @asynccontextmanager
    async def lock(self, key: str, seconds: float = 30, wait: float = 10) -> AsyncIterator[None]:
        """Hold a lock that all processes share; raises `TooMany` when it is not free in time.

        It is held for `LEASE` at a time and prolonged while the holder lives, up to ``seconds`` in all: the lock of a
        process that died is free soon. A store of one process has no use for that.
        """
        if self._here is not None:
            async with self._here.hold(key, wait):
                yield
            return
        lock = Lock(self.client, f"{self._prefix}lock:{key}", timeout=min(seconds, LEASE), sleep=0.005)
        if not await lock.acquire(blocking_timeout=wait):
            raise TooMany(retry_after=1)
        prolonging = asyncio.create_task(_prolong(lock, seconds)) if seconds > LEASE else None
        try:
            yield
        finally:
            if prolonging is not None:
                prolonging.cancel()
            # it may have run out while held: the guarded updates below it are what protects the data
            with suppress(LockError):
                await lock.release()

    async def tell(self, channel: str, word: str) -> None:
        """Say a word to whoever listens now; it may be lost, so what matters stands in a row. Never raises."""
        with suppress(RedisError, OSError):
            await self.client.publish(f"{self._prefix}{channel}", word)

    async def listen(self, channel: str, every: float) -> AsyncIterator[str | None]:
        """The words said on a channel, without end; None when ``every`` seconds passed, or after the store was away."""
        while True:
            try:
                async with self.client.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(f"{self._prefix}{channel}")
                    yield None
                    async for word in _words(heard, every):
                        yield word
            except (RedisError, OSError):
                await asyncio.sleep(AWAY)
                yield None

    async def with_prefix(self, prefix: str) -> dict[str, str]:
        """Every value whose key begins so, by the rest of its key. It walks all keys: not for what happens often."""
        begins, found = self._prefix + prefix, dict[str, str]()
        async for key in self.client.scan_iter(match=f"{begins}*", count=500):
            value = await self.client.get(key)
            if value is not None:
                found[str(key).removeprefix(begins)] = str(value)
        return found

    async def close(self) -> None:
        """Release connections."""
        await self.client.aclose()


async def _prolong(lock: Lock, seconds: float) -> None:
    """Until the holder is done, or has held it for ``seconds``, or it is no longer ours; a store that is away for a
    moment is asked again."""
    until, pause = time.monotonic() + seconds - LEASE, LEASE / 3
    while time.monotonic() < until:
        await asyncio.sleep(pause)
        try:
            await lock.extend(LEASE, replace_ttl=True)
        except LockError:
            return
        except (RedisError, OSError):
            pause = LEASE / 9
        else:
            pause = LEASE / 3


async def _words(heard: PubSub, every: float) -> AsyncIterator[str | None]:
    silent_since = time.monotonic()
    while True:
        left = every - (time.monotonic() - silent_since)
        message = await heard.get_message(timeout=max(0.05, min(left, AT_MOST)))
        if message is not None:
            yield str(message["data"])
        elif time.monotonic() - silent_since >= every:
            silent_since = time.monotonic()
            yield None
