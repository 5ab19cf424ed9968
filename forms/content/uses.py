"""Who uses what: which conditions read which facts and fields, so that only what still matters is asked of sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from forms import paths
from forms.content.condition_schema import Condition
from forms.content.mentions import references, written
from forms.content.schema import Rule
from forms.logic.conditions import Test
from forms.logic.scene import Scene
from forms.logic.truth import FALSE
from forms.merging.plan import Plan, rule_condition
from forms.merging.planned import PlannedItem, PlannedSituation


@dataclass
class Used:
    """What still matters: lookups with the attributes read, and unindexed paths."""

    facts: dict[str, set[str]] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    inputs: set[str] = field(default_factory=set)
    """Fields from which values that are needed can be computed."""

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take in what a condition reads."""
        for kind, name in pairs:
            if kind == "fact":
                lookup, _, attribute = name.partition(".")
                self.facts.setdefault(lookup, set()).add(attribute)
            elif kind == "field" or (kind == "region" and name != "case"):
                self.fields.add(paths.unindexed(name))

    def take(self, other: Used) -> None:
        """Take in all that ``other`` holds."""
        for lookup, attributes in other.facts.items():
            self.facts.setdefault(lookup, set()).update(attributes)
        self.fields |= other.fields
        self.inputs |= other.inputs

    def holds(self, other: Used) -> bool:
        """Whether nothing is in ``other`` that is not here."""
        if not (other.fields <= self.fields and other.inputs <= self.inputs):
            return False
        return all(name in self.facts and told <= self.facts[name] for name, told in other.facts.items())


@dataclass(frozen=True)
class _Readings:
    """What the parts of a one-thing read, found out once."""

    always: Used
    decisions: tuple[tuple[PlannedSituation, Used], ...]
    items: tuple[tuple[str, Used], ...]
    rules: tuple[tuple[Rule, Test, Used], ...]
    derivations: tuple[tuple[str, Test, Used], ...]
    """(unindexed path computed, condition, what it is computed from)."""


def still(plan: Plan, scene: Scene, active: Collection[str], needed: Collection[str]) -> Used:
    """What situations not answered by the citizen, items and rules that may apply, and derivations still read.

    ``needed`` holds unindexed paths; only what helps to compute one of them is an input.
    """
    readings, used = _readings(plan), Used()
    used.take(readings.always)
    for planned, reads in readings.decisions:
        given = scene.draft.situations.get(planned.situation.code)
        if (given is None or given.origin != "citizen") and _new(used, reads, planned.ask_when, scene):
            used.take(reads)
    for item, reads in readings.items:
        if item in active:
            used.take(reads)
    for rule, applies, reads in readings.rules:
        if (rule.gates is None or rule.gates in active) and _new(used, reads, applies, scene):
            used.take(reads)
    for target, applies, reads in readings.derivations:
        if (target in needed or target in plan.keys) and _new(used, reads, applies, scene):
            used.take(reads)
    return used


def _new(used: Used, reads: Used, applies: Test, scene: Scene) -> bool:
    """Whether a part that may apply reads more than is read anyway: its condition is looked at only then."""
    return not used.holds(reads) and applies(scene) is not FALSE


@lru_cache(maxsize=256)
def _readings(plan: Plan) -> _Readings:
    subjects = plan.definition.subjects
    always = _always(plan)
    decisions = ((p, _of(*(d.when for d in p.situation.decided_by))) for p in plan.situations)
    items = ((planned.item.code, _of_item(planned)) for planned in plan.items)
    rules = ((rule, applies, _of_rule(rule, subjects)) for rule, applies in plan.rules)
    derivations = (
        (paths.unindexed(d.path), applies, _inputs(written(d.using, subjects))) for d, applies in plan.derivations
    )
    return _Readings(  # what reads no more than is read always need not be looked at again
        always=always,
        decisions=tuple(one for one in decisions if not always.holds(one[1])),
        items=tuple(one for one in items if not always.holds(one[1])),
        rules=tuple(one for one in rules if not always.holds(one[2])),
        derivations=tuple(one for one in derivations if not always.holds(one[2])),
    )


def _always(plan: Plan) -> Used:
    d = plan.definition
    used = _of(
        *(situation.ask_when for situation in d.situations),
        *(option.when for situation in d.situations for option in situation.options),
        *(planned.bound.when for planned in plan.items),
        *(derivation.when for derivation in d.derive), *(subject.when for subject in d.subjects.values()),
        *(lookup.when for lookup in d.lookups), *(applicant.when for applicant in d.applicant),
    )
    for subject in d.subjects.values():
        if subject.repeat and subject.repeat.count_from:
            used.facts.setdefault(subject.repeat.count_from, set())
    return used


def _of(*conditions: Condition | None) -> Used:
    used = Used()
    for condition in conditions:
        used.add(references(condition))
    return used


def _of_item(planned: PlannedItem) -> Used:
    bound, item = planned.bound, planned.item
    used = _of(*bound.needs_when.values(), *bound.materials_when.values())
    wanted = (need.when for need in item.needs if need.element.partition(".")[0] in bound.roles)
    for when in (*wanted, *(demand.when for demand in item.materials if demand.of in bound.roles)):
        used.add(references(when, bound.roles))
    return used


def _of_rule(rule: Rule, subjects: Collection[str]) -> Used:
    used, holds = _of(rule.when), rule_condition(rule)
    used.add(references(holds) if holds else written(rule.using, subjects))
    return used


def _inputs(pairs: Iterator[tuple[str, str]]) -> Used:
    """What a derivation reads: its fields are inputs."""
    told = Used()
    told.add(pairs)
    return Used(facts=told.facts, inputs=told.fields)
