"""The broker for production: Redis Streams through taskiq, so that workers can be processes of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from taskiq import AckableMessage
from taskiq.receiver import Receiver
from taskiq_redis import RedisStreamBroker

from core.ending import ended
from core.jobs import Jobs

log = structlog.get_logger(__name__)

BLOCK_MS = 2000
"""How long one read waits; it must stay below the client's socket time limit of 5 s."""
AGAIN_SECONDS = 1.0
"""Pause after Redis failed, so that a worker waits for it instead of burning a core."""
FINISH_SECONDS = 5.0
"""How long jobs that run at the end may take to finish."""


class _Streams(RedisStreamBroker):
    """Reads without acknowledging: a job is a nudge, and the sweep makes up for what a dead worker had read.

    Goes on when Redis was away, or came back empty and does not know our readers any more; ends when ``closing``.
    """

    closing = False

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        while not self.closing:
            try:
                fetched = await self._read()
            except (RedisError, OSError) as problem:
                log.warning("jobs.redis_failed", problem=type(problem).__name__)
                await asyncio.sleep(AGAIN_SECONDS)
                with suppress(RedisError, OSError):
                    await self._declare_consumer_group()
                continue
            for data in fetched:
                yield AckableMessage(data=data, ack=_nothing)

    async def _read(self) -> list[bytes]:
        async with Redis(connection_pool=self.connection_pool) as client:
            streams: Any = await client.xreadgroup(
                self.consumer_group_name, self.consumer_name, {self.queue_name: ">"}, block=self.block,
                noack=True, count=self.count,
            )
        return [message[b"data"] for _, messages in streams or () for _, message in messages]


async def _nothing() -> None:
    """There is nothing to acknowledge."""


class StreamBroker:
    """Sends nudges to a stream; with ``works`` it also takes them from there and runs their handlers."""

    def __init__(self, jobs: Jobs, url: str, *, works: bool, at_once: int = 8) -> None:
        self._works, self._at_once = works, at_once
        self._broker = _Streams(
            url, queue_name="yjs:jobs", xread_block=BLOCK_MS, xread_count=2 * at_once, maxlen=100_000
        )
        self._task = self._broker.register_task(_runner(jobs), "run")
        self._finish = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def send(self, name: str, arguments: dict[str, Any]) -> None:
        """Hand over one nudge."""
        await self._task.kiq(name, arguments)

    async def start(self) -> None:
        """Connect, and begin to work where this process works."""
        self._broker.is_worker_process = self._works
        await self._broker.startup()
        if self._works:
            self._listening = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Take no more jobs, let what runs finish, disconnect."""
        self._broker.closing = True
        self._finish.set()
        if self._listening is not None:
            _, late = await asyncio.wait([self._listening], timeout=FINISH_SECONDS + BLOCK_MS / 1000)
            await ended(*late)
        await self._broker.shutdown()

    async def _work(self) -> None:
        while not self._finish.is_set():
            receiver = Receiver(
                self._broker, run_startup=False, max_async_tasks=self._at_once, wait_tasks_timeout=FINISH_SECONDS
            )
            try:
                await receiver.listen(self._finish)
            except Exception:  # the frame around a loop that must not end
                log.exception("jobs.listening_failed")
                await asyncio.sleep(AGAIN_SECONDS)


def _runner(jobs: Jobs) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
    """A plain function, because the broker renames what it is given and a method has no name of its own."""

    async def run(name: str, arguments: dict[str, Any]) -> None:
        await jobs.run(name, arguments)

    return run
