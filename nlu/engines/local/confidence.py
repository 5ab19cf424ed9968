"""From margins to confidence: how sure is it that a sentence is known ground, and that it is this intent?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from nlu.engine import Ranked

OUT = "out_of_scope."
"""What labels of sentences begin with that are none of our one-things."""
LEAD = 0.25
"""How much the lead over the other intents counts beside known ground. More of it makes confidence tell better which
answers are right, less of it tells better what is none of ours."""
EDGE = 1e-6
ERRORS = (0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares of wrong answers for which each intent has its bar."""


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
    bars: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """For each intent, the confidence from which on at most `ERRORS` of its answers were wrong."""

    def bar(self, intent: str, errors: float) -> float:
        """The confidence from which on at most this share of what is read as ``intent`` is something else.

        Between two measured shares it lies on the line between theirs; 0 where nothing was measured.
        """
        found = self.bars.get(intent)
        if not found:
            return 0.0
        after = next((place for place, share in enumerate(ERRORS) if share >= errors), len(ERRORS) - 1)
        before = max(0, after - 1)
        part = (min(errors, ERRORS[-1]) - ERRORS[before]) / (ERRORS[after] - ERRORS[before]) if after else 0.0
        return found[before] + (found[after] - found[before]) * max(0.0, part)

    def known(self, ground: float, best: float, beyond: float) -> float:
        """The chance of known ground."""
        offset, *weights = self.ground
        return chance(offset + sum(w * m for w, m in zip(weights, (ground, best, beyond), strict=True)))

    def rank(self, intents: list[str], margins: list[float]) -> tuple[Ranked, ...]:
        """All intents, best first. ``margins`` are those of the intents, then that of known ground.

        The best intent of ours has the chance that it is right; the others have theirs in proportion. What is beyond
        us has what is left of known ground, dealt out by margins.
        """
        ours, others = _sides(tuple(intents))
        own, beyond = [margins[place] for place in ours], [margins[place] for place in others]
        known = self.known(margins[-1], max(own), max(beyond, default=0.0)) if own else 1.0
        shares = self._shares(own)
        lead = max(shares, default=1.0)
        slope, offset = self.trust
        sure = chance(slope * log_odds(known * lead**LEAD) + offset) / lead
        ranked = [Ranked(intents[place], sure * share) for place, share in zip(ours, shares, strict=True)]
        left = zip(others, self._shares(beyond), strict=True)
        ranked += [Ranked(intents[place], (1 - known) * share) for place, share in left]
        ranked.sort(key=attrgetter("score"), reverse=True)
        return tuple(ranked)

    def _shares(self, margins: list[float]) -> list[float]:
        """Shares of one, by margins."""
        top = max(margins, default=0.0)
        raised = [math.exp((margin - top) / self.temperature) for margin in margins]
        total = sum(raised)
        return [one / total for one in raised]


@lru_cache(maxsize=64)
def _sides(intents: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Places of the intents that are ours, and of those that are none of ours."""
    ours = [place for place, intent in enumerate(intents) if not intent.startswith(OUT)]
    return ours, [place for place, intent in enumerate(intents) if intent.startswith(OUT)]
