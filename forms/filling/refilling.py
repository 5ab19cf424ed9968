"""Fields that a source has answered already: filled from its answer when they are wanted only now, or wanted again.

What is asked to decide something is kept as a fact, and a value that no item needed any more is dropped while its fact
stays. When a changed answer wants the field, the source is not asked a second time and the citizen not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from forms import paths
from forms.draft import Draft, Fact, Value
from forms.filling import records
from forms.filling.strangers import strangers
from forms.filling.taking import value_of
from forms.logic.scene import Scene
from forms.merging.merge import Merge
from forms.merging.plan import Plan


def refill(plan: Plan, draft: Draft, scene: Scene, merge: Merge) -> Draft:
    """The draft with what its facts know of fields that are in the form and empty; itself when there is nothing."""
    empty = {path: None for path in merge.fields if path not in draft.values and path not in draft.skipped}
    if not empty or not draft.facts:
        return draft
    found: dict[str, Value] = {}
    others = strangers(plan, draft, scene)
    for path, raw, fact in (*_declared(plan, draft, scene, empty), *_automatic(plan, draft, empty)):
        if path in empty and path not in found and (fact.lookup, path) not in others:
            value = value_of(plan, path, raw, fact, scene.today)
            if value is not None:
                found[path] = value
    return draft.model_copy(update={"values": draft.values | found}) if found else draft


def _declared(plan: Plan, draft: Draft, scene: Scene, empty: Iterable[str]) -> Iterator[tuple[str, Any, Fact]]:
    """(path, raw value, fact) of the look-ups of the one-thing that tell of what is empty."""
    for fact, said in records.told(plan, draft, scene, frozenset(map(paths.unindexed, empty))):
        for path, raw in said.items():
            yield path, raw, fact


def _automatic(plan: Plan, draft: Draft, empty: Iterable[str]) -> Iterator[tuple[str, Any, Fact]]:
    """The same of the sources that elements name themselves."""
    for path in empty:
        parsed, element = paths.parse(path), plan.element(path)
        if parsed is None or element is None:
            continue
        for source in element.sources:
            fact = draft.facts.get(f"{source.source}@{paths.place(parsed.subject, parsed.index)}")
            if fact is not None and fact.records and source.attribute in fact.attributes:
                yield path, fact.records[0].get(source.attribute), fact
