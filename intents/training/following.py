"""Following the published version: every process looks at its start, on a nudge, and now and then.

Another version is loaded beside the present one and takes its place when it reads; one that cannot be loaded leaves the
present one in force and raises an alarm.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from core.clock import now
from core.ending import ended
from core.kv import KV
from intents.catalogue import Catalogue
from intents.models import ModelVersion
from intents.recogniser import Recogniser
from intents.settings import Bands
from intents.training.loading import BROKEN, engine_of
from intents.training.publishing import CHANNEL
from intents.training.serving import Beside
from intents.training.versions import once_published, published_version
from intents.understand import Understander
from nlu.engine import Engine
from nlu.trainable import Server

log = structlog.get_logger(__name__)

EVERY = 10.0
"""Seconds between two looks when nobody nudges."""
REMEMBERED = 45.0
"""Seconds that what a process reports of itself is shown."""
REPORTS = "recogniser-at:"


class Around(Protocol):
    """How this process reads: with the local engine itself, or with a server that has it to fall back on."""

    @property
    def server(self) -> Server | None:
        """The server beside us, when one reads."""
        ...

    def around(self, local: Engine) -> Engine:
        """The engine that reads, with this local one from now on."""
        ...


@dataclass(frozen=True)
class Standing:
    """Which version one process reads with; 0 for what the present sentences gave by themselves."""

    process: str
    version: int
    at: str
    problem: str = ""


class Follower:
    """Keeps the recogniser of this process at the published version."""

    def __init__(
        self, recogniser: Recogniser, kv: KV, folder: Path, around: Around, version: int = 0, stuck: str = "",
    ) -> None:
        self.recogniser, self.version, self._stuck = recogniser, version, stuck
        self._kv, self._folder, self._name = kv, folder, f"{socket.gethostname()}:{os.getpid()}"
        self._around, self._told = around, 0
        self._beside = Beside(around.server, kv) if around.server is not None else None

    @property
    def problem(self) -> str:
        """Why what is published is not read with, by this process or by the server beside us; empty when it is."""
        return self._stuck or (self._beside.problem if self._beside is not None else "")

    async def look(self) -> bool:
        """Take up the published version when it is another one; whether it was."""
        wanted = await published_version()
        another = wanted is not None and wanted.id != self.version
        if not another:  # also after one that could not be loaded was gone back from
            self._stuck, self._told = "", 0
        changed = wanted is not None and another and await self._take(wanted)
        await self._report()
        if self._beside is not None:
            await self._beside.look(wanted)
        return changed

    async def _take(self, wanted: ModelVersion) -> bool:
        try:
            engine = await engine_of(wanted, self._folder)
        except BROKEN as problem:
            self._alarm(wanted, problem)
            return False
        present = self.recogniser
        present.change(Understander(self._around.around(engine), present.catalogue, present.bands))
        log.info("recogniser.changed", version=wanted.id, before=self.version)
        self.version, self._stuck, self._told = wanted.id, "", 0
        return True

    def _alarm(self, wanted: ModelVersion, problem: Exception) -> None:
        """Once for each version: what stands in the report is looked at again and again."""
        self._stuck = f"{wanted.id}: {problem}"[:200]
        if self._told != wanted.id:
            log.error("recogniser.load_failed", version=wanted.id, stays=self.version, problem=str(problem))
        self._told = wanted.id

    async def _report(self) -> None:
        standing = {"version": self.version, "at": now().isoformat(), "problem": self._stuck}
        await self._kv.put(REPORTS + self._name, json.dumps(standing), REMEMBERED)

    async def follow(self) -> None:
        """Look, wait for a nudge or a while, look again, without end."""
        async for _ in self._kv.listen(CHANNEL, EVERY):
            try:
                await self.look()
            except Exception:  # the frame around a loop that must not end
                log.exception("recogniser.look_failed")


@asynccontextmanager
async def following(follower: Follower) -> AsyncIterator[Follower]:
    """Follow for the length of a block."""
    task = asyncio.create_task(follower.follow())
    try:
        yield follower
    finally:
        await ended(task)


async def begun(
    catalogue: Catalogue, kv: KV, folder: Path, otherwise: Callable[[], Awaitable[Engine]], around: Around,
    bands: Bands | None = None,
) -> Follower:
    """A recogniser at the published version; at the one before it when that cannot be loaded, which is what running
    processes stay with; at ``otherwise`` when nothing was ever published, or nothing of it is left."""
    stuck = ""
    for version in await once_published():
        try:
            engine = await engine_of(version, folder)
        except BROKEN as broken:
            log.error("recogniser.load_failed", version=version.id, stays=0, problem=str(broken))
            stuck = stuck or f"{version.id}: {broken}"[:200]
            continue
        understander = Understander(around.around(engine), catalogue, bands)
        return Follower(Recogniser(understander), kv, folder, around, version.id, stuck)
    understander = Understander(around.around(await otherwise()), catalogue, bands)
    return Follower(Recogniser(understander), kv, folder, around, stuck=stuck)


async def standings(kv: KV) -> list[Standing]:
    """What every process that reads has reported lately."""
    found = await kv.with_prefix(REPORTS)
    return [Standing(process=name, **json.loads(told)) for name, told in sorted(found.items())]
