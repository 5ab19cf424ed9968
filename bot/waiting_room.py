"""Waiting for the next message: woken at once within this process, by a look every second across processes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

from bot.talk_store import Said

LOOK_EVERY = 1.0
"""Seconds between looks for what another process wrote."""
LONGEST_WAIT = 25.0


class WaitingRoom:
    """Those who wait, by conversation."""

    def __init__(self) -> None:
        self._bells: dict[UUID, set[asyncio.Event]] = {}
        self._closing = False

    def wake(self, conversation_id: UUID) -> None:
        """Something was written."""
        for bell in self._bells.get(conversation_id, ()):
            bell.set()

    def close(self) -> None:
        """Let everybody go with what there is: the app stops, and the database will not be there much longer."""
        self._closing = True
        for conversation_id in list(self._bells):
            self.wake(conversation_id)

    async def wait_for(
        self, conversation_id: UUID, look: Callable[[], Awaitable[list[Said]]], seconds: float
    ) -> list[Said]:
        """What ``look`` finds, waiting up to ``seconds`` for it."""
        bell = asyncio.Event()
        self._bells.setdefault(conversation_id, set()).add(bell)
        until = time.monotonic() + min(seconds, LONGEST_WAIT)
        try:
            while True:
                bell.clear()
                found = await look()
                left = until - time.monotonic()
                if found or left <= 0 or self._closing:
                    return found
                await _ring(bell, min(left, LOOK_EVERY))
        finally:
            self._leave(conversation_id, bell)

    def _leave(self, conversation_id: UUID, bell: asyncio.Event) -> None:
        bells = self._bells.get(conversation_id, set())
        bells.discard(bell)
        if not bells:
            self._bells.pop(conversation_id, None)


async def _ring(bell: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        return
