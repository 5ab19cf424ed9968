"""From margins to confidence: how sure is it that a sentence is known ground, and that it is this intent?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlu.engine import Ranked

OUT = "out_of_scope."
"""What labels of sentences begin with that are none of our one-things."""
LEAD = 0.25
"""How much the lead over the other intents counts beside known ground. More of it makes confidence tell better which
answers are right, less of it tells better what is none of ours."""
EDGE = 1e-6
_ranked: Callable[[tuple[str, float]], Ranked] = partial(tuple.__new__, Ranked)
"""From a pair; a reading makes one for every intent there is, and by its own name each costs three times as much."""
ERRORS = (0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares of wrong answers for which each intent has its bar."""


def log_odds(chance: float) -> float:
    """Chances as sums count them; kept off the edges."""
    kept = min(1 - EDGE, max(EDGE, chance))
    return math.log(kept / (1 - kept))


def chance(odds: float) -> float:
    """The other way round."""
    return 1 / (1 + math.exp(-odds)) if odds > -500 else 0.0


class Alike(NamedTuple):
    """Cosine similarity with the nearest example of the intent that fits best, and with that of what is none of ours;
    0 without one."""

    ours: float
    others: float


class Evidence(NamedTuple):
    """What tells known ground: margins of known ground, of the best intent, and of the best kind that is none of ours;
    and how like the nearest examples of the best intent, and of what is none of ours, are."""

    ground: float
    best: float
    beyond: float
    ours: float
    others: float


@dataclass(frozen=True)
class Confidence:
    """The numbers that turn margins into confidence; all were found on held-out folds."""

    ground: tuple[float, ...]
    """Offset, and what each number of `Evidence` adds to the log-odds of known ground, in its order."""
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

    def known(self, told: Evidence) -> float:
        """The chance of known ground."""
        offset, *weights = self.ground
        return chance(offset + sum(weight * much for weight, much in zip(weights, told, strict=True)))

    def rank(self, intents: list[str], margins: NDArray[np.float64], alike: Alike) -> tuple[Ranked, ...]:
        """All intents, best first. ``margins`` are those of the intents, then that of known ground.

        The best intent of ours has the chance that it is right; the others have theirs in proportion. What is beyond
        us has what is left of known ground, dealt out by margins.
        """
        ours, others = sides(tuple(intents))
        *each, ground = margins.tolist()
        own, beyond = [each[place] for place in ours], [each[place] for place in others]
        known = self.known(Evidence(ground, max(own), max(beyond, default=0.0), *alike)) if own else 1.0
        shares = self._shares(own)
        lead = max(shares, default=1.0)
        slope, offset = self.trust
        sure = chance(slope * log_odds(known * lead**LEAD) + offset) / lead
        scores = [sure * share for share in shares] + [(1 - known) * share for share in self._shares(beyond)]
        found = zip([intents[place] for place in (*ours, *others)], scores, strict=True)
        return tuple(map(_ranked, sorted(found, key=itemgetter(1), reverse=True)))

    def _shares(self, margins: list[float]) -> list[float]:
        """Shares of one, by margins. Plain numbers: there are some forty, and an array is not worth its making."""
        most = max(margins, default=0.0)
        raised = [math.exp((margin - most) / self.temperature) for margin in margins]
        whole = sum(raised)
        return [one / whole for one in raised]


@lru_cache(maxsize=64)
def sides(intents: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Places of the intents that are ours, and of those that are none of ours."""
    ours = [place for place, intent in enumerate(intents) if not intent.startswith(OUT)]
    return ours, [place for place, intent in enumerate(intents) if intent.startswith(OUT)]
