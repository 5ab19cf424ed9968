"""From margins to confidence: how sure is it that a sentence is known ground, and that it is this intent?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from nlu.engine import Ranked

OUT = "out_of_scope."
"""What labels of sentences begin with that are none of our one-things."""
LEAD = 0.25
"""How much the lead over the other intents counts beside known ground. More of it makes confidence tell better which
answers are right, less of it tells better what is none of ours."""
EDGE = 1e-6


def log_odds(chance: float) -> float:
    """Chances as sums count them; kept off the edges."""
    kept = min(1 - EDGE, max(EDGE, chance))
    return math.log(kept / (1 - kept))


def chance(odds: float) -> float:
    """The other way round."""
    return 1 / (1 + math.exp(-odds)) if odds > -500 else 0.0


@dataclass(frozen=True)
class Confidence:
    """The numbers that turn margins into confidence; all were found on held-out folds."""

    ground: tuple[float, float, float, float]
    """Offset, and what the margins of known ground, of the best intent, and of the best kind beyond it add to the
    log-odds of known ground."""
    temperature: float
    """What margins of intents are divided by before they become shares."""
    trust: tuple[float, float]
    """Slope and offset from log-odds of the best answer to those of its being right."""

    def known(self, ground: float, best: float, beyond: float) -> float:
        """The chance of known ground."""
        offset, *weights = self.ground
        return chance(offset + sum(w * m for w, m in zip(weights, (ground, best, beyond), strict=True)))

    def rank(self, intents: list[str], margins: list[float]) -> tuple[Ranked, ...]:
        """All intents, best first. ``margins`` are those of the intents, then that of known ground.

        The best intent of ours has the chance that it is right; the others have theirs in proportion. What is beyond
        us has what is left of known ground, dealt out by margins.
        """
        ours: dict[str, float] = {}
        others: dict[str, float] = {}
        for intent, margin in zip(intents, margins, strict=False):
            (others if intent.startswith(OUT) else ours)[intent] = margin
        known = 1.0
        if others and ours:
            known = self.known(margins[-1], max(ours.values()), max(others.values()))
        shares, beyond = self._shares(ours), self._shares(others)
        lead = max(shares.values(), default=1.0)
        slope, offset = self.trust
        sure = chance(slope * log_odds(known * lead**LEAD) + offset) / lead
        ranked = [Ranked(intent, sure * share) for intent, share in shares.items()]
        ranked += [Ranked(intent, (1 - known) * share) for intent, share in beyond.items()]
        return tuple(sorted(ranked, key=lambda one: -one.score))

    def _shares(self, margins: dict[str, float]) -> dict[str, float]:
        """Shares of one, by margins."""
        top = max(margins.values(), default=0.0)
        raised = {intent: math.exp((margin - top) / self.temperature) for intent, margin in margins.items()}
        total = sum(raised.values())
        return {intent: one / total for intent, one in raised.items()}
