"""Legs as a graph: which waits for which, what flows from one into another, and how long the longest chain is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from forms.content.element_schema import Element
from forms.content.material_schema import Material
from forms.merging.merged import Leg
from forms.merging.planned import PlannedItem


@dataclass
class RawLeg:
    """One department's part while it is being put together."""

    code: str
    planned: PlannedItem
    index: int | None
    needs: dict[str, bool | None] = field(default_factory=dict)
    where: dict[str, tuple[str, int | None, Element]] = field(default_factory=dict)
    slots: dict[str, bool | None] = field(default_factory=dict)
    about: dict[str, tuple[str, int | None, Material]] = field(default_factory=dict)
    instead: set[str] = field(default_factory=set)
    """Slots of papers that may stand for somebody's own confirmation."""
    result_paths: list[tuple[str, list[str]]] = field(default_factory=list)
    waiting: list[tuple[str, list[str]]] = field(default_factory=list)
    waits: set[str] = field(default_factory=set)
    from_results: dict[str, str] = field(default_factory=dict)


def connect(legs: list[RawLeg]) -> list[RawLeg]:
    """Fill ``waits`` and ``from_results``; what a result brings is no longer a need, nor its paper a material."""
    givers: dict[str, list[RawLeg]] = {}
    brings: dict[str, RawLeg] = {}
    for leg in legs:
        for title, given in leg.result_paths:
            givers.setdefault(title, []).append(leg)
            for path in given:
                brings.setdefault(path, leg)
    for leg in legs:
        _wait(leg, givers)
    by_code = {leg.code: leg for leg in legs}
    for leg in legs:
        _receive(leg, brings, by_code)
        _spare(leg, by_code)
    return legs


def _wait(leg: RawLeg, givers: dict[str, list[RawLeg]]) -> None:
    """Wait for every leg that issues a result this one waits for, of the same child where both are for one each."""
    for title, filled in leg.waiting:
        found = [giver for giver in givers.get(title, []) if giver is not leg and _fits(giver, leg)]
        leg.waits.update(giver.code for giver in found)
        for path in filled:
            carrier = next((giver for giver in found if _carries(giver, title, path)), None)
            if carrier is not None and path in leg.needs:
                leg.from_results[path] = carrier.code
                del leg.needs[path]


def _carries(giver: RawLeg, title: str, path: str) -> bool:
    """Whether a result of this name brings the datum along; one that does not leaves it to be asked for."""
    return any(title == issued and path in given for issued, given in giver.result_paths)


def _fits(giver: RawLeg, leg: RawLeg) -> bool:
    return giver.planned.each != leg.planned.each or giver.index == leg.index


def _receive(leg: RawLeg, brings: dict[str, RawLeg], by_code: dict[str, RawLeg]) -> None:
    """A need that another leg's result carries comes from there, even if the item does not say that it waits."""
    for path in [path for path in leg.needs if path in brings and brings[path] is not leg]:
        giver = brings[path]
        if giver.code not in leg.waits and (leg.needs[path] is False or _reaches(giver, leg.code, by_code)):
            if leg.needs[path] is False:
                del leg.needs[path]
            continue
        leg.from_results[path] = giver.code
        leg.waits.add(giver.code)
        del leg.needs[path]


def _reaches(leg: RawLeg, code: str, by_code: dict[str, RawLeg]) -> bool:
    """Whether ``leg`` already waits, directly or not, for the leg ``code``."""
    seen, todo = set[str](), [leg.code]
    while todo:
        current = todo.pop()
        if current == code:
            return True
        if current not in seen:
            seen.add(current)
            todo.extend(by_code[current].waits)
    return False


def _spare(leg: RawLeg, by_code: dict[str, RawLeg]) -> None:
    """No paper is demanded that a leg this one waits for is about to issue as a licence."""
    issued = {
        result.licence for code in leg.waits for result in by_code[code].planned.item.results if result.licence
    }
    for key, (_, _, material) in leg.about.items():
        if any(way.licence in issued for way in material.ways):
            leg.slots.pop(key, None)


def order(legs: Sequence[Leg]) -> Iterator[Leg]:
    """Legs so that each comes after those it waits for; legs in a ring come last, as they stand."""
    done, todo = set[str](), list(legs)
    codes = {leg.code for leg in legs}
    while todo:
        ready = [leg for leg in todo if all(code in done or code not in codes for code in leg.waits_for)] or todo
        yield from ready
        done.update(leg.code for leg in ready)
        todo = [leg for leg in todo if leg.code not in done]


def longest_path(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """The chain of legs that takes the most working days, the first one first."""
    paths: dict[str, tuple[Leg, ...]] = {}
    for leg in order(legs):
        before = max((paths.get(code, ()) for code in leg.waits_for), key=_days, default=())
        paths[leg.code] = (*before, leg)
    return max(paths.values(), key=_days, default=())


def _days(path: Sequence[Leg]) -> int:
    return sum(leg.limit.promised for leg in path)


def longest(legs: Sequence[Leg]) -> int:
    """Working days along the longest chain, each leg with its promised days."""
    ends: dict[str, int] = {}
    for leg in order(legs):
        ends[leg.code] = leg.limit.promised + max((ends.get(code, 0) for code in leg.waits_for), default=0)
    return max(ends.values(), default=0)
