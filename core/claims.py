"""Work that several processes are asked for and one of them does; when that one dies, another does it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from redis.exceptions import RedisError

from core.kv import KV

LEASE = 3.0
"""Seconds after which the work of a process that died is anybody's."""
LOOK = 0.1
"""Seconds between looks at how far another process is."""
AT_MOST = 120.0
"""Seconds for which one process may work on it."""
_DONE = "done"


@dataclass(frozen=True)
class Claim:
    """Work that is ours. ``again``: whoever began before us did not come to an end."""

    again: bool


@asynccontextmanager
async def claimed(kv: KV, key: str, known: float) -> AsyncIterator[Claim | None]:
    """The work named ``key`` as soon as nobody else does it; None when somebody did.

    It is held while the block runs and the process lives, and done when the block ends well; that it was done is known
    for ``known`` seconds.
    """
    name = uuid4().hex
    while not await kv.first(key, LEASE, name):
        if await kv.get(key) == _DONE:
            yield None
            return
        await asyncio.sleep(LOOK)
    prolonging = asyncio.create_task(_prolong(kv, key, name))
    try:
        yield Claim(again=not await kv.first(f"{key}:begun", known))
    except BaseException:
        prolonging.cancel()
        raise
    prolonging.cancel()
    await kv.put(key, _DONE, known)


async def _prolong(kv: KV, key: str, name: str) -> None:
    """As long as it is ours."""
    for _ in range(int(AT_MOST / LEASE * 3)):
        await asyncio.sleep(LEASE / 3)
        with suppress(RedisError, OSError):
            if await kv.get(key) != name:
                return
            await kv.put(key, name, LEASE)
