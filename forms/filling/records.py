"""What the records of an answer say about which field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from forms import paths
from forms.content.schema import Lookup
from forms.draft import Draft, Fact
from forms.filling import holding
from forms.filling.asking import PlannedLookup, indexed
from forms.logic.scene import Scene
from forms.logic.truth import TRUE
from forms.merging.plan import Plan

Told = dict[str, Any]
"""Path to what one record says of it, as the source wrote it."""


def told_by(plan: Plan, scene: Scene, lookup: PlannedLookup, fact: Fact) -> Iterator[Told]:
    """Record by record, what a look-up gives; with ``each``, record n tells of the n-th."""
    repeat = plan.definition.subjects[lookup.each].repeat if lookup.each else None
    at_most = (repeat.at_most if repeat else 1) if lookup.each else 1
    for number, record in enumerate(fact.records[:at_most], 1):
        said: Told = {}
        for path, attribute in lookup.gives.items():
            parsed = paths.parse(path)
            if parsed is None:
                continue
            if lookup.each and parsed.subject == lookup.each:
                said[paths.write(parsed.subject, number if repeat else None, parsed.element)] = record.get(attribute)
            elif number == 1:
                indexes = (parsed.index,) if parsed.index is not None else scene.indexes(parsed.subject)
                said |= {paths.write(parsed.subject, i, parsed.element): record.get(attribute) for i in indexes}
        yield said


def told(
    plan: Plan, draft: Draft, scene: Scene, among: frozenset[str] | None = None
) -> Iterator[tuple[Fact, Told]]:
    """(fact, what one record of it says) of the look-ups of the one-thing that count, those that speak first before
    the others; with ``among`` only of those that tell of one of these unindexed paths."""
    order = list(plan.lookups)
    places = {code: paths.parse_place(code) for code, fact in draft.facts.items() if fact.outcome == "got"}
    known = [(place, code) for code, place in places.items() if place is not None and place[0] in plan.lookups]
    if among is not None:
        known = [one for one in known if not among.isdisjoint(_given(plan.lookups[one[0][0]]))]
    for (name, index), code in sorted(known, key=lambda one: order.index(one[0][0])):
        if holding.lookups(plan, scene)[name] is TRUE:
            fact = draft.facts[code]
            for said in told_by(plan, scene, _asked(scene, plan.lookups[name], index, fact), fact):
                yield fact, said


def _given(lookup: Lookup) -> Iterable[str]:
    return map(paths.unindexed, lookup.gives)


def _asked(scene: Scene, lookup: Lookup, index: int | None, fact: Fact) -> PlannedLookup:
    """The look-up as it was asked, giving what was asked for only."""
    parsed = (paths.parse(path) for path in lookup.by.values())
    repeated = next((one.subject for one in parsed if one and scene.repeats(one.subject)), None)
    gives = {
        path if repeated is None else indexed(path, repeated, index): attribute
        for path, attribute in lookup.gives.items() if attribute in fact.attributes
    }
    return PlannedLookup(code=fact.lookup, source=fact.source, key={}, attributes=tuple(fact.attributes), gives=gives,
                         each=lookup.each, subject="")
