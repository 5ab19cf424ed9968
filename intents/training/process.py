"""The training process seen from the app: started, listened to, and ended together with all it started itself."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from core.errors import YijianshiError

BEAT = 1.0
"""Seconds of silence after which the listener is told that nothing happened."""
PATIENCE = 3.0
"""Seconds it may take to end when it is asked to."""


class TrainerDied(YijianshiError):
    """The training process ended before it was done; the message says what it said last."""

    code = "trainer_died"


class Trainer:
    """One training process."""

    def __init__(self, process: asyncio.subprocess.Process, errors: Path) -> None:
        self._process, self._errors = process, errors

    @property
    def pid(self) -> int:
        """The number of the process, which is that of its group."""
        return self._process.pid

    async def words(self) -> AsyncIterator[dict[str, Any]]:
        """What it says, a line at a time; empty after `BEAT` seconds of silence. Raises `TrainerDied`.

        Once it has ended, silence is the end: what it started may outlive it, and holds its standard output open.
        """
        assert self._process.stdout is not None
        reading = asyncio.ensure_future(self._process.stdout.readline())
        try:
            while True:
                done, _ = await asyncio.wait([reading], timeout=BEAT)
                if not done and self._process.returncode is not None:
                    break
                if not done:
                    yield {}
                    continue
                line = reading.result()
                if not line:
                    break
                reading = asyncio.ensure_future(self._process.stdout.readline())
                with suppress(ValueError):
                    yield orjson.loads(line)
        finally:
            reading.cancel()
        ended = await self._process.wait()
        if ended != 0:
            raise TrainerDied(f"ended by signal {-ended}" if ended < 0 else self._last_words())

    def _last_words(self) -> str | None:
        lines = self._errors.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else None

    async def end(self) -> None:
        """Ask the whole group to end, and end it."""
        self._signal(signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        self._signal(signal.SIGKILL)
        await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


@asynccontextmanager
async def training_process(folder: Path) -> AsyncIterator[Trainer]:
    """A process at work on the request in ``folder``; it ends with the block, however that ends."""
    errors = folder / "errors.txt"
    with errors.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "intents.training.child", str(folder),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=said, start_new_session=True,
        )
    trainer = Trainer(process, errors)
    try:
        yield trainer
    finally:
        await asyncio.shield(trainer.end())
