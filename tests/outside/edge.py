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
    """Times of pushes, and of moments in which the loop was behind: with other pushes, or because other processes had
    the processor. How many pushes a machine can take is measured elsewhere; here it is whether one is left waiting."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []
        self._behind: list[tuple[float, float]] = []

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
        """Of every push, without the moments in which the loop was behind."""
        return [ended - began - sum(gap for at, gap in self._behind if began <= at - gap and at <= ended + TICK)
                for began, ended in self._taken]

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Look at the clock all the while: a look that comes late tells how far behind the loop is."""
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        while True:
            clock = time.perf_counter()
            await asyncio.sleep(TICK)
            if (late := time.perf_counter() - clock - TICK) > 0:
                self._behind.append((time.perf_counter(), late))
