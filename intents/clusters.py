"""Near-duplicates side by side, so that one decision labels many. Pure, and cheap enough for every look."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from intents.acts import normal

ALIKE = 78.0
"""Likeness, 0 to 100, from which two sentences are one wish in other words."""
SHORTEST = 4
"""Characters below which only the very same is alike: 办证 and 办卡 are not."""
LARGEST = 30
"""Sentences of one cluster; what is beyond begins another, since a person reads them all."""


def alike(one: str, other: str) -> float:
    """How alike two sentences are, 0 to 100, whatever their marks, width and particles."""
    return float(fuzz.ratio(normal(one), normal(other)))


def clusters(texts: Sequence[str]) -> list[list[int]]:
    """Places of ``texts`` in groups; each begins with its earliest member, and groups stand in that order."""
    leaders: list[str] = []
    found: list[list[int]] = []
    for place, text in enumerate(texts):
        plain = normal(text)
        near = process.extractOne(plain, leaders, scorer=fuzz.ratio, score_cutoff=_cut(plain))
        if near is None or len(found[near[2]]) >= LARGEST:
            leaders.append(plain)
            found.append([place])
        else:
            found[near[2]].append(place)
    return found


def _cut(plain: str) -> float:
    return 100.0 if len(plain) < SHORTEST else ALIKE
