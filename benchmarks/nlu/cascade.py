"""The local engine, and the meaning of the whole sentence only where it is not sure: a contender, no part of ours."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.nlu import embed
from nlu.engine import Ranked
from nlu.engines.local import training
from nlu.engines.local.model import LocalEngine
from nlu.training_data import Examples

LEAD = 0.5
"""How far the best must be ahead of the second, in confidence, for the encoder to be left alone."""


@dataclass
class CascadeEngine(LocalEngine):
    """Reads as the local engine does where that is sure, else as the one with an encoder beside it."""

    beside: LocalEngine | None = None

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first, by one of the two."""
        found = await super().rank(text)
        if self.beside is None or len(found) < 2 or found[0].score - found[1].score >= LEAD:
            return found
        return await self.beside.rank(text)


def train(examples: Examples, fit: training.Fit) -> CascadeEngine:
    """Fit both."""
    local, beside = training.train(examples, None, fit), embed.train(examples, fit)
    return CascadeEngine(**{k: v for k, v in vars(local).items() if not k.startswith("_")}, beside=beside)
