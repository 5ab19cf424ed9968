"""Finding the answer to a question among the FAQ of the catalogue."""

from __future__ import annotations

import math
from heapq import nlargest

from rapidfuzz import fuzz

from intents.catalogue import Catalogue
from intents.understanding import FaqHit
from nlu.engines.local.features import grams
from nlu.normalise import normalise

AT_LEAST = 0.42
NEAR = 0.28
"""Enough for a question about the one-thing at hand to be offered: did they mean this one?"""
CLOSE = 40
"""Questions that share most, which are looked at more closely."""
_COMMON = frozenset("吗呢啊的了要我能是有不怎么什可以办")


class FaqIndex:
    """All questions with the character n-grams that carry meaning; weights are how rare an n-gram is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._all = [
            (code, normalise(said), item) for code, entry in catalogue.entries.items() for item in entry.faq
            for said in (item.q, *item.also)
        ]
        told = [self._telling(said) for _, said, _ in self._all]
        holders: dict[str, list[int]] = {}
        for number, found in enumerate(told):
            for gram in found:
                holders.setdefault(gram, []).append(number)
        self._holders = {gram: (_weight(gram, len(held)), held) for gram, held in holders.items()}
        self._weights = [sum(self._holders[gram][0] for gram in found) for found in told]

    @staticmethod
    def _telling(text: str) -> set[str]:
        return {gram for gram in grams(text) if not set(gram) <= _COMMON | {"^", "$"}}

    def search(self, text: str, one_thing: str | None, at_most: int = 3) -> tuple[FaqHit, ...]:
        """The best answers first, and after them those that are only near, of the one-thing at hand. Score 0 to 1."""
        mine, plain = self._telling(text), normalise(text)
        whole, shared = self._shared(mine)
        overlaps = [(2 * part / (whole + self._weights[number]), number) for number, part in shared.items()]
        hits: dict[int, FaqHit] = {}
        for overlap, number in nlargest(CLOSE, overlaps):
            code, said, item = self._all[number]
            score = 0.6 * overlap + 0.4 * fuzz.token_set_ratio(plain, said) / 100
            score += 0.08 if code == one_thing else 0.0
            best = hits.get(id(item))
            if score >= (NEAR if code == one_thing else AT_LEAST) and (best is None or score > best.score):
                hits[id(item)] = FaqHit(code, item.q, item.a, round(min(score, 1.0), 3))
        found = sorted(hits.values(), key=lambda hit: -hit.score)
        own = [hit for hit in found if hit.one_thing == one_thing][:at_most]
        return tuple(found[:at_most] + [hit for hit in own if hit not in found[:at_most]])

    def _shared(self, mine: set[str]) -> tuple[float, dict[int, float]]:
        """What these n-grams weigh together, and how much of it each question has in common with them."""
        whole, shared = 0.0, dict[int, float]()
        for gram in sorted(mine):  # a fixed order: sums of floats, and so ties, are the same in every process
            weight, held = self._holders.get(gram) or (_weight(gram, 0), ())
            whole += weight
            for number in held:
                shared[number] = shared.get(number, 0.0) + weight
        return whole, shared


def _weight(gram: str, holders: int) -> float:
    """Longer and rarer n-grams tell more."""
    return len(gram) / math.sqrt(1 + holders)
