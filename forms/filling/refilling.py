"""Fields that a source has answered already: filled from its answer when they are wanted only now, or wanted again.

What is asked to decide something is kept as a fact, and a value that no item needed any more is dropped while its fact
stays. When a changed answer wants the field, the source is not asked a second time and the citizen not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms import paths
from forms.content.schema import Lookup
from forms.draft import Draft, Fact, Value
from forms.filling.asking import PlannedLookup
from forms.filling.lookups import indexed
from forms.filling.taking import given, value_of
from forms.logic.scene import Scene
from forms.logic.truth import TRUE
from forms.merging.merge import Merge
from forms.merging.plan import Plan


def refill(plan: Plan, draft: Draft, scene: Scene, merge: Merge) -> Draft:
    """The draft with what its facts know of fields that are in the form and empty; itself when there is nothing."""
    empty = [path for path in merge.fields if path not in draft.values and path not in draft.skipped]
    if not empty or not draft.facts:
        return draft
    found: dict[str, Value] = {}
    for path, raw, fact in (*_declared(plan, draft, scene), *_automatic(plan, draft, empty)):
        if path in empty and path not in found:
            value = value_of(plan, path, raw, fact, scene.today)
            if value is not None:
                found[path] = value
    return draft.model_copy(update={"values": draft.values | found}) if found else draft


def _declared(plan: Plan, draft: Draft, scene: Scene) -> Iterator[tuple[str, Any, Fact]]:
    """(path, raw value, fact) of the look-ups of the one-thing, those that speak first before the others."""
    order = list(plan.lookups)
    places = {code: paths.parse_place(code) for code, fact in draft.facts.items() if fact.outcome == "got"}
    known = [(place, code) for code, place in places.items() if place is not None and place[0] in plan.lookups]
    for (name, index), code in sorted(known, key=lambda one: order.index(one[0][0])):
        if plan.lookup_when[name](scene) is TRUE:
            fact = draft.facts[code]
            for path, raw in given(plan, scene, _asked(plan, scene, plan.lookups[name], index, fact), fact):
                yield path, raw, fact


def _asked(plan: Plan, scene: Scene, lookup: Lookup, index: int | None, fact: Fact) -> PlannedLookup:
    """The look-up as it was asked, giving what was asked for only."""
    parsed = (paths.parse(path) for path in lookup.by.values())
    repeated = next((one.subject for one in parsed if one and scene.repeats(one.subject)), None)
    gives = {
        path if repeated is None else indexed(path, repeated, index): attribute
        for path, attribute in lookup.gives.items() if attribute in fact.attributes
    }
    return PlannedLookup(code=fact.lookup, source=fact.source, key={}, attributes=tuple(fact.attributes), gives=gives,
                         each=lookup.each, subject="")


def _automatic(plan: Plan, draft: Draft, empty: list[str]) -> Iterator[tuple[str, Any, Fact]]:
    """The same of the sources that elements name themselves."""
    for path in empty:
        parsed, element = paths.parse(path), plan.element(path)
        if parsed is None or element is None:
            continue
        for source in element.sources:
            fact = draft.facts.get(f"{source.source}@{paths.place(parsed.subject, parsed.index)}")
            if fact is not None and fact.records and source.attribute in fact.attributes:
                yield path, fact.records[0].get(source.attribute), fact
