"""A one-thing made ready: names looked up, conditions compiled, so that merging is only arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from forms import paths
from forms.content.condition_schema import Condition
from forms.content.element_schema import Element, Option
from forms.content.mentions import references, written
from forms.content.schema import Definition, Derivation, FieldNote, Lookup, Rule
from forms.logic.conditions import Test
from forms.merging.merged import Field
from forms.merging.planned import PlannedConfirmation, PlannedItem, PlannedSituation


def rule_condition(rule: Rule) -> Condition | None:
    """The condition of a rule whose check is ``condition``: under ``holds`` or ``condition``, or ``using`` itself."""
    if rule.check != "condition":
        return None
    written = rule.using.get("holds", rule.using.get("condition", rule.using))
    try:
        return Condition.model_validate(written)
    except ValidationError:
        return None


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything about one one-thing that does not change with the draft."""

    definition: Definition
    version: str
    items: tuple[PlannedItem, ...]
    situations: tuple[PlannedSituation, ...]
    subject_when: Mapping[str, Test]
    applicant: tuple[tuple[str, Test], ...]
    lookups: Mapping[str, Lookup]
    lookup_when: Mapping[str, Test]
    derivations: tuple[tuple[Derivation, Test], ...]
    rules: tuple[tuple[Rule, Test], ...]
    holds: Mapping[str, Test]
    """Rule code to its compiled condition, for rules whose check is a condition."""
    notes: Mapping[str, FieldNote]
    order: Mapping[str, int]
    """Unindexed path to its place in the form: noted fields first, then as the elements are listed."""
    elements: Mapping[str, Element]
    """Unindexed path to element, for every element of every subject's kind."""
    options: Mapping[str, tuple[Option, ...]]
    deciding: frozenset[tuple[str, str]]
    """(kind, name) of all that the shape of the form hangs on, as `forms.content.mentions.references` says it."""

    confirmations: tuple[PlannedConfirmation, ...] = ()

    made: dict[tuple[str, bool | None, tuple[str, ...]], Field] = field(default_factory=dict)
    """Fields made so far, by path, requiredness and who asks; see `forms.merging.merge`."""

    @cached_property
    def selects(self) -> Mapping[str, tuple[str, ...]]:
        """Situation to the items that hang on it."""
        found: dict[str, dict[str, None]] = {}
        for planned in self.items:
            for kind, name in references(planned.bound.when):
                if kind == "situation":
                    found.setdefault(name, {})[planned.item.code] = None
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def rule_reads(self) -> Mapping[str, tuple[str, ...]]:
        """Rule to the paths it names, its anchor first."""
        subjects = self.definition.subjects
        found: dict[str, tuple[str, ...]] = {}
        for rule, _ in self.rules:
            pairs = (*written(rule.using, subjects), *references(rule_condition(rule)))
            found[rule.code] = (rule.about, *(name for kind, name in pairs if kind == "field"))
        return found

    @cached_property
    def rule_facts(self) -> Mapping[str, tuple[str, ...]]:
        """Rule to the ``look-up.attribute`` that its arguments name."""
        subjects = self.definition.subjects
        return {
            rule.code: tuple(name for kind, name in written(rule.using, subjects) if kind == "fact")
            for rule, _ in self.rules
        }

    @cached_property
    def counted(self) -> Mapping[str, tuple[tuple[PlannedSituation, int], ...]]:
        """Repeated subject to the (situation, number of its decision) that look at how many there are."""
        found: dict[str, list[tuple[PlannedSituation, int]]] = {}
        for planned in self.situations:
            for number, decision in enumerate(planned.situation.decided_by):
                for kind, name in references(decision.when):
                    if kind == "count_of":
                        found.setdefault(name, []).append((planned, number))
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def deciding_fields(self) -> tuple[tuple[str, str], ...]:
        """(subject, element) of the fields among them; an age hangs on births and id numbers."""
        found: dict[tuple[str, str], None] = {}
        for kind, name in sorted(self.deciding):
            path = paths.parse(name)
            if kind in ("field", "region") and path is not None:
                found[path.subject, path.element] = None
            if kind == "age_of":
                subject = name.partition("[")[0]
                found |= {(subject, element): None for element in ("birth_date", "birth_time", "id_number")}
        return tuple(found)

    @cached_property
    def choices(self) -> Mapping[str, frozenset[str]]:
        """Unindexed path to the values its options have, for fields that have options."""
        return {path: frozenset(o.value for o in options) for path, options in self.options.items() if options}

    @cached_property
    def id_numbers(self) -> Mapping[str, tuple[str, ...]]:
        """Subject to the elements of its kind that hold the id number of a person."""
        found: dict[str, list[str]] = {}
        for path, element in self.elements.items():
            if element.type == "id_number":
                found.setdefault(path.partition(".")[0], []).append(element.code)
        return {subject: tuple(codes) for subject, codes in found.items()}

    @cached_property
    def keys(self) -> frozenset[str]:
        """Unindexed paths that open look-ups; kept even when no item needs them."""
        return frozenset(paths.unindexed(path) for lookup in self.lookups.values() for path in lookup.by.values())

    @cached_property
    def read(self) -> frozenset[str]:
        """Unindexed paths that derivations or the shape of the form read."""
        written = (part for derivation, _ in self.derivations for part in _texts(derivation.using))
        inputs = (text.removeprefix("$") for text in written)
        deciding = (f"{subject}.{element}" for subject, element in self.deciding_fields)
        return frozenset(paths.unindexed(path) for path in (*inputs, *deciding) if paths.parse(path))

    def decided_by(self, kind: str) -> bool:
        """Whether the form hangs on anything of this kind, such as ``fact``."""
        return any(known == kind for known, _ in self.deciding)

    def element(self, path: str) -> Element | None:
        """The element at a path of this one-thing, indexed or not."""
        return self.elements.get(paths.unindexed(path))


def _texts(written: Any) -> Iterator[str]:
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict | list | tuple):
        for part in written.values() if isinstance(written, dict) else written:
            yield from _texts(part)
