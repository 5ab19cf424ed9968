"""How long our edge takes to answer pushes, whatever else the machine has to do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

TICK = 0.02
"""Seconds between two looks at the clock."""


class Edge:
    """Times of pushes and of moments in which other processes had the processor."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []
        self._stolen: list[tuple[float, float]] = []

    def timed(self, take: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
        """The door's ``take``, with its time kept."""
        async def timed(*given: Any) -> str:
            began = time.perf_counter()
            try:
                return await take(*given)
            finally:
                self._taken.append((began, time.perf_counter()))

        return timed

    @property
    def by_the_wall(self) -> list[float]:
        """Seconds of every push by the clock on the wall."""
        return [ended - began for began, ended in self._taken]

    @property
    def seconds(self) -> list[float]:
        """Of every push, without what others' processes took of it; what ours worked or waited counts."""
        return [ended - began - sum(gap for at, gap in self._stolen if began <= at - gap and at <= ended + TICK)
                for began, ended in self._taken]

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Look at the clock all the while: a look that comes late without our process having worked was stolen."""
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        while True:
            clock, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - clock - TICK
            stolen = late - (time.process_time() - worked)
            if stolen > 0:
                self._stolen.append((time.perf_counter(), stolen))
