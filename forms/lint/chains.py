"""Chains of items that wait for one another's results, and the longest one that can come about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.content.item_schema import Item
from forms.content.schema import BoundItem, Situation
from forms.lint.possible import Search

Bound = dict[int, tuple[BoundItem, Item]]
"""Position in the one-thing to the item as it is bound and as it is defined."""
Waits = dict[int, set[int]]
"""Position to the positions whose results it waits for."""


def waits_of(bound: Bound) -> Waits:
    """Which items wait for which."""
    issued: dict[str, set[int]] = {}
    for number, (_, item) in bound.items():
        for result in item.results:
            issued.setdefault(result.title, set()).add(number)
    return {
        number: {other for wait in item.waits_for for other in issued.get(wait.result, ())}
        for number, (_, item) in bound.items()
    }


def longest_chain(
    bound: Bound, waits: Waits, situations: Iterable[Situation], above: int = 0
) -> tuple[int, list[int]]:
    """(working days, positions from the first to the last) of the longest chain that some answers bring about.

    Only chains of more than ``above`` days count; (0, []) when there is none.
    """
    search = Search(situations)
    found = ((_days(bound, chain), chain) for number in bound for chain in _chains(waits, [number]))
    longer = sorted(((days, chain) for days, chain in found if days > above), key=lambda one: -one[0])
    for days, chain in longer:
        if search.possible([bound[number][0].when for number in chain]):
            return days, chain[::-1]
    return 0, []


def _days(bound: Bound, chain: list[int]) -> int:
    return sum(bound[number][1].limit.promised for number in chain)


def _chains(waits: Waits, chain: list[int]) -> Iterator[list[int]]:
    """Chains that end with ``chain[0]``, the last item first; also those whose first items do not apply."""
    yield chain
    for number in waits[chain[-1]] - set(chain):
        yield from _chains(waits, [*chain, number])
