"""The server beside us: kept at the model of the published version, and what it says of itself, for operators."""

from __future__ import annotations

from contextlib import suppress

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import OutsideError, TooMany
from core.kv import KV
from intents.models import ModelVersion
from nlu.trainable import Server

log = structlog.get_logger(__name__)

LOCK = "recogniser-server"
"""Held by the one process that looks at the server, or has it change its model."""
SEEN = "recogniser-server-seen"
REMEMBERED = 45.0
"""Seconds that what was seen of the server is shown."""


class Seen(BaseModel):
    """What a process saw of the server lately."""

    model_config = ConfigDict(frozen=True)

    model: str = ""
    """What it reads with; empty when it has none, or did not answer."""
    training: int = 0
    """Trainings under way."""
    problem: str = ""
    """Why it did not answer, or does not read with the model it should; empty when all is well."""


class Beside:
    """Has the server read with the model of the published version; until then the local engine stands in."""

    def __init__(self, server: Server, kv: KV) -> None:
        self.problem = ""
        """Why the server may be reading with another model than it should; gone as soon as it is seen with that."""
        self._server, self._kv, self._told = server, kv, 0

    async def look(self, wanted: ModelVersion | None) -> None:
        """See how the server stands, and have it change where it should. One process at a time does."""
        with suppress(TooMany):
            async with self._kv.lock(LOCK, seconds=300, wait=0.1):
                seen = await self._seen(wanted)
                await self._kv.put(SEEN, seen.model_dump_json(), REMEMBERED)

    async def _seen(self, wanted: ModelVersion | None) -> Seen:
        model = wanted.server_model if wanted is not None else ""
        seen = Seen()
        try:
            seen = await self._status()
            if wanted is not None and model not in ("", seen.model):
                await self._server.use(model)
                log.info("recogniser.server_changed", version=wanted.id, model=model)
                seen = await self._status()
        except OutsideError as problem:
            if wanted is not None and model:
                self._alarm(wanted, problem)
            return seen.model_copy(update={"problem": str(problem)[:200]})
        self.problem, self._told = "", 0
        return seen

    async def _status(self) -> Seen:
        standing = await self._server.status()
        return Seen(model=standing.model, training=standing.training)

    def _alarm(self, wanted: ModelVersion, problem: OutsideError) -> None:
        """Once for each version, until it is well again: what stands in the report is looked at again and again."""
        self.problem = f"{wanted.id}: {problem}"[:200]
        if self._told != wanted.id:
            log.error("recogniser.server_failed", version=wanted.id, model=wanted.server_model, problem=str(problem))
        self._told = wanted.id


async def server_seen(kv: KV) -> Seen | None:
    """What was seen of the server lately; None where no server reads, or no process has looked."""
    told = await kv.get(SEEN)
    try:
        return Seen.model_validate_json(told) if told else None
    except ValidationError:
        return None
