"""The sweep: again and again, nudge whatever was left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.house import House
from bot.keeping import forget_guests, forget_said, forget_sessions
from core.ending import ended
from intents.heard import forget_heard

log = structlog.get_logger(__name__)
DRAFTS_EVERY = 600
"""Sweeps between two looks for drafts and guests that nobody came back to."""


async def sweep_forever(house: House) -> None:
    """Sweep, pause, sweep. A failing sweep is logged and the next one tries again."""
    number = 0
    while True:
        try:
            await house.cases.sweep()
            await house.confirmations.nudge()
            await house.bench.sweep()
            if number % DRAFTS_EVERY == 0:
                await house.forms.expire()
                await house.confirmations.expire()
                await house.cases.forget(house.settings.case_days)
                await forget_said(house.settings.talk_days)
                await forget_guests()
                await forget_sessions()
                await forget_heard(house.settings.heard_days)
        except Exception:  # the frame around a loop that must not end
            log.exception("sweep.failed")
        number += 1
        await asyncio.sleep(house.settings.sweep_seconds)


@asynccontextmanager
async def sweeping(house: House) -> AsyncIterator[None]:
    """Sweep for the length of a block."""
    task = asyncio.create_task(sweep_forever(house))
    try:
        yield
    finally:
        await ended(task)
