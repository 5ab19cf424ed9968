"""The broker for production: Redis Streams through taskiq, so that workers can be processes of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from taskiq.api import run_receiver_task
from taskiq_redis import RedisStreamBroker

from core.jobs import Jobs

BLOCK_MS = 2000
"""How long one read waits; it must stay below the client's socket time limit of 5 s."""


class StreamBroker:
    """Sends nudges to a stream; with ``works`` it also takes them from there and runs their handlers."""

    def __init__(self, jobs: Jobs, url: str, *, works: bool, at_once: int = 8) -> None:
        self._works, self._at_once = works, at_once
        self._broker = RedisStreamBroker(url, queue_name="yjs:jobs", xread_block=BLOCK_MS, maxlen=100_000)
        self._task = self._broker.register_task(_runner(jobs), "run")
        self._listening: asyncio.Task[None] | None = None

    async def send(self, name: str, arguments: dict[str, Any]) -> None:
        """Hand over one nudge."""
        await self._task.kiq(name, arguments)

    async def start(self) -> None:
        """Connect, and begin to work where this process works."""
        self._broker.is_worker_process = self._works
        await self._broker.startup()
        if self._works:
            self._listening = asyncio.create_task(
                run_receiver_task(self._broker, sync_workers=1, max_async_tasks=self._at_once)
            )

    async def stop(self) -> None:
        """Stop taking jobs and disconnect."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        await self._broker.shutdown()


def _runner(jobs: Jobs) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
    """A plain function, because the broker renames what it is given and a method has no name of its own."""

    async def run(name: str, arguments: dict[str, Any]) -> None:
        await jobs.run(name, arguments)

    return run
