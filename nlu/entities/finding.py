"""All that is found in one message, from left to right, no two over one another."""

from __future__ import annotations

from core.spoken.folding import fold
from nlu.entities.amounts import measures, money, rates
from nlu.entities.behalf import behalf
from nlu.entities.children import children
from nlu.entities.dates import ages, dates
from nlu.entities.found import Finder, Found
from nlu.entities.hospitals import hospitals
from nlu.entities.kin import kin
from nlu.entities.names import names, parted
from nlu.entities.numbers import numbers
from nlu.entities.places import addresses, districts
from nlu.entities.regions import regions
from nlu.entities.relations import sides

_FINDERS: tuple[Finder, ...] = (
    numbers, parted, addresses, rates, dates, ages, names, hospitals, children, money, measures, behalf, sides, regions,
    districts, kin,
)
"""From the most to the least certain; what is found first keeps its place."""
LONGEST = 1000
"""Characters that are looked at."""


def find_entities(text: str) -> tuple[Found, ...]:
    """Entities from left to right; where two overlap the more certain kind stands."""
    text = text[:LONGEST]
    plain = fold(text)
    taken = [False] * len(text)
    found: list[Found] = []
    for finder in _FINDERS:
        for kind, value, start, end in finder(plain, text):
            if value and not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(Found(kind, value, text[start:end], start, end))
    return tuple(sorted(found, key=lambda one: one.start))
