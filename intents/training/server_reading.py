"""What citizens would be answered if the server beside us read with a version's model: found out before it does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import structlog

from core.errors import OutsideError
from intents.catalogue import Catalogue
from intents.models import ModelVersion
from intents.settings import Bands
from intents.training.evaluation import Report, measured
from intents.training.loading import engine_of
from intents.training.measures import Evaluation
from intents.training.reading import read
from intents.understand import Understander
from nlu.engine import Engine, Explanation, Ranked
from nlu.normalise import clean
from nlu.trainable import Server

log = structlog.get_logger(__name__)

class Told:
    """An engine for sentences that a server has read already; the local engine stands beside it, as it does in use."""

    def __init__(self, readings: Mapping[str, tuple[Ranked, ...]], local: Engine) -> None:
        self._readings, self._local = readings, local

    @property
    def version(self) -> str:
        """That of the local engine: the same examples train both."""
        return self._local.version

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """What the server made of it; of what it was not asked, what the local engine does."""
        await asyncio.sleep(0)  # this runs where citizens are answered: they come first
        return self._readings[text] if text in self._readings else await self._local.rank(text)

    def similar(self, text: str, intent: str) -> float:
        """By the local engine."""
        return self._local.similar(text, intent)

    def bar(self, intent: str, errors: float) -> float:
        """Not known, as in use."""
        return 0.0

    def explain(self, text: str, intent: str) -> Explanation:
        """By the local engine."""
        return self._local.explain(text, intent)


class ServerReading:
    """Reads the golden set ``pairs`` with models of a server. Nothing that serves is changed. Files of versions are
    fetched into ``folder``."""

    def __init__(
        self, server: Server, pairs: list[tuple[str, str]], catalogue: Catalogue, bands: Bands, folder: Path
    ) -> None:
        self._server, self._pairs, self._folder = server, pairs, folder
        self._catalogue, self._bands = catalogue, bands

    async def added_to(self, found: Evaluation, version: ModelVersion, base: ModelVersion | None) -> Evaluation:
        """``found`` with what the server's models of both make of the golden set. Raises `OutsideError`.

        The model of ``base`` may be gone from the server: then there is nothing to compare with, and the gate says so.
        """
        mine = await self._report(version)
        return found.model_copy(update={
            "server": mine, "server_model": version.server_model, "server_before": await self._known(base),
        })

    async def _known(self, base: ModelVersion | None) -> Report | None:
        if base is None or not base.server_model:
            return None
        try:
            return await self._report(base)
        except OutsideError as problem:
            log.warning("recogniser.server_model_gone", version=base.id, model=base.server_model, problem=str(problem))
            return None

    async def _report(self, version: ModelVersion) -> Report | None:
        readings = await self._server.read(version.server_model, [clean(text) for text, _ in self._pairs])
        told = Told(readings, await engine_of(version, self._folder))
        hears = await asyncio.to_thread(Understander, told, self._catalogue, self._bands)
        return measured(await read(hears, self._pairs))
