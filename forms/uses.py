"""Who uses what: which conditions read which facts and fields, so that only what still matters is asked of sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from forms import paths
from forms.conditions import references, written
from forms.plan import Plan, rule_condition
from forms.scene import Scene
from forms.truth import FALSE


@dataclass
class Used:
    """What still matters: lookups with the attributes read, and unindexed paths."""

    facts: dict[str, set[str]] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    inputs: set[str] = field(default_factory=set)
    """Fields from which values that are needed can be computed."""

    def add(self, pairs: Iterator[tuple[str, str]]) -> None:
        """Take in what a condition reads."""
        for kind, name in pairs:
            if kind == "fact":
                lookup, _, attribute = name.partition(".")
                self.facts.setdefault(lookup, set()).add(attribute)
            elif kind == "field" or (kind == "region" and name != "case"):
                self.fields.add(paths.unindexed(name))


def still(plan: Plan, scene: Scene, active: Collection[str], needed: Collection[str]) -> Used:
    """What situations not answered by the citizen, items and rules that may apply, and derivations still read.

    ``needed`` holds unindexed paths; only what helps to compute one of them is an input.
    """
    used, d = Used(), plan.definition
    for planned in plan.situations:
        situation, given = planned.situation, scene.draft.situations.get(planned.situation.code)
        used.add(references(situation.ask_when))
        if planned.ask_when(scene) is not FALSE and (given is None or given.origin != "citizen"):
            for decision in situation.decided_by:
                used.add(references(decision.when))
    for item in plan.items:
        used.add(references(item.bound.when))
        if item.item.code in active:
            for condition in (*item.bound.needs_when.values(), *item.bound.materials_when.values()):
                used.add(references(condition))
            for when in (*(n.when for n in item.item.needs), *(m.when for m in item.item.materials)):
                used.add(references(when, item.bound.roles))
    for rule, applies in plan.rules:
        if applies(scene) is not FALSE and (rule.gates is None or rule.gates in active):
            used.add(references(rule.when))
            holds = rule_condition(rule)
            used.add(references(holds) if holds else written(rule.using, d.subjects))
    for derivation, applies in plan.derivations:
        used.add(references(derivation.when))
        target = paths.unindexed(derivation.path)
        if applies(scene) is not FALSE and (target in needed or target in plan.keys):
            told = Used()
            told.add(written(derivation.using, d.subjects))
            used.inputs |= told.fields
            used.facts.update({code: used.facts.get(code, set()) | names for code, names in told.facts.items()})
    for subject in d.subjects.values():
        used.add(references(subject.when))
        if subject.repeat and subject.repeat.count_from:
            used.facts.setdefault(subject.repeat.count_from, set())
    for lookup in d.lookups:
        used.add(references(lookup.when))
    for applicant in d.applicant:
        used.add(references(applicant.when))
    return used
