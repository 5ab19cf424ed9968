"""Finding the answer to a question among the FAQ of the catalogue."""

from __future__ import annotations

import math

from rapidfuzz import fuzz

from intents.catalogue import Catalogue, Question
from intents.understanding import FaqHit
from nlu.engines.local.features import grams
from nlu.normalise import normalise

AT_LEAST = 0.42
_COMMON = frozenset("吗呢啊的了要我能是有不怎么什可以办")


class FaqIndex:
    """All questions with the character n-grams that carry meaning; weights are how rare an n-gram is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._all = [
            (code, said, item) for code, entry in catalogue.entries.items() for item in entry.faq
            for said in (item.q, *item.also)
        ]
        self._grams = [self._telling(said) for _, said, _ in self._all]
        self._seen: dict[str, int] = {}
        for found in self._grams:
            for gram in found:
                self._seen[gram] = self._seen.get(gram, 0) + 1

    @staticmethod
    def _telling(text: str) -> set[str]:
        return {gram for gram in grams(text) if not set(gram) <= _COMMON | {"^", "$"}}

    def search(self, text: str, one_thing: str | None, at_most: int = 3) -> tuple[FaqHit, ...]:
        """The best answers, those of the one-thing at hand first. Score 0 to 1."""
        mine, plain = self._telling(text), normalise(text)
        hits: dict[Question, FaqHit] = {}
        for (code, said, item), theirs in zip(self._all, self._grams, strict=True):
            shared = sum(self._weight(gram) for gram in mine & theirs)
            if not shared:
                continue
            whole = sum(map(self._weight, mine)) + sum(map(self._weight, theirs))
            overlap = 2 * shared / whole
            score = 0.6 * overlap + 0.4 * fuzz.token_set_ratio(plain, normalise(said)) / 100
            score += 0.08 if code == one_thing else 0.0
            best = hits.get(item)
            if score >= AT_LEAST and (best is None or score > best.score):
                hits[item] = FaqHit(code, item.q, item.a, round(min(score, 1.0), 3))
        return tuple(sorted(hits.values(), key=lambda hit: -hit.score)[:at_most])

    def _weight(self, gram: str) -> float:
        return float(len(gram) / math.sqrt(1 + self._seen.get(gram, 0)))
