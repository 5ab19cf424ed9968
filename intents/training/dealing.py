"""Dealing sentences out to the parts of a cross-validation, so that nothing read was nearly learned. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from intents.acts import normal
from intents.data_checks import NEAR
from nlu.training_data import Examples

SEED = 11


def parts(examples: Examples, folds: int) -> list[list[tuple[str, str]]]:
    """(sentence, intent) dealt out to folds, within each intent; what is nearly the same lies in the same part.

    Groups go, in an order that is mixed and always the same, to the part that has fewest of their intent.
    """
    dealt: list[list[tuple[str, str]]] = [[] for _ in range(folds)]
    for intent, texts in examples.by_intent.items():
        groups = near_groups(texts)
        random.Random(SEED).shuffle(groups)  # dealing, not secrecy
        counts = [0] * folds
        for group in sorted(groups, key=len, reverse=True):
            place = counts.index(min(counts))
            counts[place] += len(group)
            dealt[place] += [(text, intent) for text in group]
    return dealt


def near_groups(texts: Sequence[str]) -> list[list[str]]:
    """Sentences in groups: two that are `NEAR` one another, 86 of 100, stand in one, and so do those near to either."""
    plain = [normal(text) for text in texts]
    group = list(range(len(texts)))

    def first(place: int) -> int:
        while group[place] != place:
            group[place] = place = group[group[place]]
        return place

    for place, one in enumerate(plain):
        for _, _, other in process.extract(one, plain[:place], scorer=fuzz.ratio, score_cutoff=NEAR, limit=None):
            group[first(place)] = first(other)
    found: dict[int, list[str]] = {}
    for place, text in enumerate(texts):
        found.setdefault(first(place), []).append(text)
    return list(found.values())
