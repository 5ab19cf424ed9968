"""Finding the answer to a question among the FAQ of the catalogue."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
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
_COMMON = "吗呢啊的了要我能是有不怎么什可以办^$"


class _Gram(NamedTuple):
    """What an n-gram tells, and where those who hold it stand among the holders."""

    weight: float
    first: int
    held: int


class _Table(NamedTuple):
    """What is counted of questions from their words alone: by question, by n-gram, and who holds which."""

    plain: tuple[str, ...]
    grams: dict[str, _Gram]
    weights: NDArray[np.float64]
    holders: NDArray[np.int32]


class Hits(Sequence[FaqHit]):
    """What `FaqIndex.search` finds, looked for when somebody wants to know: most messages are no questions."""

    def __init__(self, index: FaqIndex, text: str, one_thing: str | None) -> None:
        self._asked = index, text, one_thing

    @cached_property
    def _found(self) -> tuple[FaqHit, ...]:
        index, text, one_thing = self._asked
        return index.search(text, one_thing)

    def __getitem__(self, place: Any) -> Any:
        return self._found[place]

    def __len__(self) -> int:
        return len(self._found)


class FaqIndex:
    """All questions with the character n-grams that carry meaning; weights are how rare an n-gram is."""

    def __init__(self, catalogue: Catalogue) -> None:
        asked = [
            (code, said, item) for code, entry in catalogue.entries.items() for item in entry.faq
            for said in (item.q, *item.also)
        ]
        self._table = _counted(tuple(said for _, said, _ in asked))
        self._all = [(code, plain, item) for (code, _, item), plain in zip(asked, self._table.plain, strict=True)]

    def search(self, text: str, one_thing: str | None, at_most: int = 3) -> tuple[FaqHit, ...]:
        """The best answers first, and after them those that are only near, of the one-thing at hand. Score 0 to 1."""
        plain = normalise(text)
        hits: dict[int, FaqHit] = {}
        for number, overlap in self._closest(_telling(text)):
            code, said, item = self._all[number]
            score = 0.6 * overlap + 0.4 * fuzz.token_set_ratio(plain, said) / 100
            score += 0.08 if code == one_thing else 0.0
            best = hits.get(id(item))
            if score >= (NEAR if code == one_thing else AT_LEAST) and (best is None or score > best.score):
                hits[id(item)] = FaqHit(code, item.q, item.a, round(min(score, 1.0), 3))
        found = sorted(hits.values(), key=lambda hit: -hit.score)
        own = [hit for hit in found if hit.one_thing == one_thing][:at_most]
        return tuple(found[:at_most] + [hit for hit in own if hit not in found[:at_most]])

    def _closest(self, mine: list[str]) -> list[tuple[int, float]]:
        """The questions that have most in common with these n-grams, and what part it is of both together."""
        table = self._table
        known = [table.grams[gram] for gram in mine if gram in table.grams]
        if not known:
            return []
        whole = sum(one.weight for one in known) + sum(_weight(gram, 0) for gram in mine if gram not in table.grams)
        held = np.concatenate([table.holders[one.first : one.first + one.held] for one in known])
        shares = np.repeat([one.weight for one in known], [one.held for one in known])
        shared: NDArray[np.float64] = np.bincount(held, shares, len(self._all)).astype(np.float64)
        overlaps = 2 * shared / (whole + table.weights)
        least = np.partition(overlaps, -CLOSE)[-CLOSE] if len(overlaps) > CLOSE else 0.0
        near = np.nonzero(overlaps >= max(least, math.ulp(0.0)))[0]
        order = near[np.lexsort((near, overlaps[near]))][::-1][:CLOSE]
        return list(zip(order.tolist(), overlaps[order].tolist(), strict=True))


@lru_cache(maxsize=2)
def _counted(asked: tuple[str, ...]) -> _Table:
    """The table of these questions; counted once, however often a recogniser is changed for another."""
    plain = tuple(normalise(said) for said in asked)
    held: dict[str, list[int]] = {}
    for number, said in enumerate(plain):
        for gram in _telling(said):
            held.setdefault(gram, []).append(number)
    rows: dict[str, _Gram] = {}
    weights, first = np.zeros(len(plain)), 0
    for gram, numbers in sorted(held.items()):
        rows[gram] = _Gram(_weight(gram, len(numbers)), first, len(numbers))
        weights[numbers] += rows[gram].weight
        first += len(numbers)
    holders = np.array([number for _, numbers in sorted(held.items()) for number in numbers], dtype=np.int32)
    return _Table(plain, rows, weights, holders)


def _telling(text: str) -> list[str]:
    """The n-grams that are not only of common characters, each once, in a fixed order: sums of floats, and so ties,
    are the same in every process."""
    return sorted({gram for gram in grams(text) if gram.strip(_COMMON)})


def _weight(gram: str, holders: int) -> float:
    """Longer and rarer n-grams tell more."""
    return len(gram) / math.sqrt(1 + holders)
