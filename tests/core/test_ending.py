"""Ending tasks: all of them, also one that lost its first cancellation, and one that failed."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from core.ending import ended


async def test_a_task_that_lost_a_cancellation_is_told_again() -> None:
    lost = asyncio.Event()

    async def loop() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        lost.set()
        await asyncio.sleep(60)

    task = asyncio.create_task(loop())
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await ended(task)
    assert lost.is_set()
    assert task.cancelled()


async def test_whoever_failed_or_was_never_begun_is_no_hindrance() -> None:
    async def fails() -> None:
        raise ValueError

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await ended(task, None)
        await ended()
    assert isinstance(task.exception(), ValueError)
