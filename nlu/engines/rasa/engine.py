"""A Rasa server as an engine, with the local engine beside it.

Rasa ranks; what needs the examples (similarity, explanations) stays with the local engine. When Rasa is slow,
down, or answers nonsense, the local engine ranks too: at once, and for a while without asking Rasa again.
"""

from __future__ import annotations

import structlog

from core.breaker import Breaker
from core.errors import NotAuthorised, OutsideError, Refused
from nlu.engine import Engine, Explanation, Ranked
from nlu.engines.rasa.client import Rasa
from nlu.engines.rasa.wire import Status, as_sent, why_not_sent
from nlu.notes import note
from nlu.training_data import Examples

log = structlog.get_logger()
FAILURES, PAUSE = 5, 15.0
"""Failures in a row after which Rasa is left alone, and for how many seconds."""


class RasaEngine:
    """Reads with ``rasa``; ``local`` stands in. Swapping either takes one assignment or one call, between readings."""

    def __init__(self, rasa: Rasa, local: Engine, breaker: Breaker | None = None) -> None:
        self.rasa, self.local = rasa, local
        self.breaker = breaker or Breaker(FAILURES, PAUSE)

    @property
    def version(self) -> str:
        """That of the local engine: the same examples train both."""
        return self.local.version

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first; who ranked, and why not Rasa, is noted."""
        plain = as_sent(text)
        if why := why_not_sent(plain):
            return await self._stand_in(text, why)
        if not self.breaker.allows():
            return await self._stand_in(text, "breaker_open")
        try:
            ranked = await self._parse(plain)
        except OutsideError as problem:
            if isinstance(problem, NotAuthorised):
                log.error("nlu.rasa.token", says=problem.message)
            return await self._stand_in(text, str(problem.details.get("why", problem.code)))
        note(ranked_by="rasa")
        return ranked

    def similar(self, text: str, intent: str) -> float:
        """Cosine similarity with the nearest example of ``intent``, by the local engine."""
        return self.local.similar(text, intent)

    def bar(self, intent: str, errors: float) -> float:
        """Not known: the bars of the local engine are for its own confidence."""
        return 0.0

    def explain(self, text: str, intent: str) -> Explanation:
        """The words and examples that speak for or against ``intent``, by the local engine: Rasa does not tell."""
        return self.local.explain(text, intent)

    async def status(self) -> Status:
        """What the server is doing. Raises `OutsideError`."""
        return await self.rasa.status()

    async def train(self, examples: Examples) -> str:
        """Train a model at the server; its name is what `use` takes. Raises `OutsideError`."""
        return await self.rasa.train(examples)

    async def use(self, model: str) -> None:
        """Have the server read with a model. While it loads, the local engine answers. Raises `OutsideError`."""
        await self.rasa.use(model)
        self.breaker.succeeded()
        log.info("nlu.rasa.swapped", model=model)

    async def close(self) -> None:
        """Release the connections."""
        await self.rasa.close()

    async def _stand_in(self, text: str, why: str) -> tuple[Ranked, ...]:
        note(ranked_by="local", instead_of="rasa", because=why)
        return await self.local.rank(text)

    async def _parse(self, plain: str) -> tuple[Ranked, ...]:
        """Ask Rasa and tell the breaker. A sentence that it refuses to read is no reason to leave it alone, nor is one
        whose asker went away before the answer came."""
        before = self.breaker.state
        try:
            ranked = await self.rasa.parse(plain)
        except OutsideError as problem:
            self.breaker.succeeded() if isinstance(problem, Refused) else self.breaker.failed()
            raise
        else:
            self.breaker.succeeded()
            return ranked
        finally:
            if self.breaker.state != before:
                log.warning("nlu.rasa.breaker", state=self.breaker.state)
