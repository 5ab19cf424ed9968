"""Keeping utterances without anybody waiting for it: a bounded queue in memory, written in the background.

A turn only puts something into the queue. What is lost when a process is killed is at most what was said in the last
`PAUSE` seconds; an orderly stop writes everything. While the database cannot be written, up to `ROOM` entries wait and
the oldest give way. What a talk is about stands elsewhere: nothing a citizen needs depends on these rows.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from uuid import UUID

import structlog
from tortoise.exceptions import BaseORMException

from core.ending import ended
from intents.heard import Came, Utterance, row_of, settle, settle_stored
from intents.masking import says_anything
from intents.models import Heard

log = structlog.get_logger(__name__)
ROOM = 2000
"""Entries that may wait."""
AT_ONCE = 200
"""Entries written together."""
PAUSE = 0.5
"""Seconds between two writes."""
TRIES = 4
"""Times an outcome looks for its row, which another process may not have written yet."""


class Recorder:
    """Takes utterances and outcomes, and writes them when there is time."""

    def __init__(self) -> None:
        self._waiting: deque[Utterance | Came] = deque(maxlen=ROOM)
        self._early: dict[Came, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        self.dropped = 0
        """Entries that gave way, since the start."""
        self._told = 0

    def put(self, *entries: Utterance | Came) -> None:
        """Take entries to be written soon. Never waits, never raises."""
        for entry in entries:
            self.dropped += len(self._waiting) == ROOM
            self._waiting.append(entry)

    def start(self) -> None:
        """Write in the background from now on, in a context of its own: never inside somebody's transaction."""
        self._task = contextvars.Context().run(asyncio.get_running_loop().create_task, self._forever())

    async def stop(self) -> None:
        """Write what is left, and end."""
        await ended(self._task)
        await self.flush()

    async def flush(self) -> None:
        """Write everything that waits. What cannot be written waits on."""
        async with self._writing:
            while self._waiting and await self._write_some():
                pass
        if self.dropped > self._told:
            log.error("heard.dropped", entries=self.dropped - self._told)
            self._told = self.dropped

    async def _forever(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            try:
                await self.flush()
            except Exception as problem:  # the frame around a loop that must not end; what citizens wrote is not logged
                log.error("heard.failed", problem=type(problem).__name__)

    async def _write_some(self) -> bool:
        part = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        try:
            await self._write(part)
        except (BaseORMException, OSError) as problem:
            log.warning("heard.not_written", problem=type(problem).__name__, waiting=len(part) + len(self._waiting))
            room = ROOM - len(self._waiting)
            self.dropped += max(0, len(part) - room)
            self._waiting.extendleft(reversed(part[len(part) - min(room, len(part)):]))
            return False
        return True

    async def _write(self, part: list[Utterance | Came]) -> None:
        rows: dict[UUID, Heard] = {}
        later: list[Came] = []
        for entry in part:
            if isinstance(entry, Utterance):
                row = row_of(entry)
                if says_anything(row.text):
                    rows[entry.id] = row
            elif entry.id in rows:
                settle(rows[entry.id], entry)
            else:
                later.append(entry)
        if rows:
            await Heard.bulk_create(rows.values(), ignore_conflicts=True)
        for came in later:
            await self._settle(came)

    async def _settle(self, came: Came) -> None:
        if await settle_stored(came):
            self._early.pop(came, None)
            return
        tried = self._early.pop(came, 0) + 1
        if tried < TRIES and self._task is not None:
            self._early[came] = tried
            asyncio.get_running_loop().call_later(PAUSE, self.put, came)
