"""A one-thing made ready: names looked up, conditions compiled, so that merging is only arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from core.content import Source
from core.errors import ContentError
from forms import paths
from forms.bank import Bank, ContentErrors
from forms.condition_schema import Condition
from forms.conditions import ALWAYS, Test, both, compiled, references
from forms.schema import (
    BoundItem,
    Definition,
    Derivation,
    Element,
    FieldNote,
    Item,
    Lookup,
    Material,
    Option,
    Rule,
    Situation,
)


def rule_condition(rule: Rule) -> Condition | None:
    """The condition of a rule whose check is ``condition``: under ``holds`` or ``condition``, or ``using`` itself."""
    if rule.check != "condition":
        return None
    written = rule.using.get("holds", rule.using.get("condition", rule.using))
    try:
        return Condition.model_validate(written)
    except ValidationError:
        return None


@dataclass(frozen=True)
class PlannedNeed:
    """One need of an item, with the role replaced by the subject that plays it."""

    subject: str
    element: Element
    test: Test
    required: bool


@dataclass(frozen=True)
class PlannedMaterial:
    """One material an item demands about a subject."""

    subject: str
    material: Material
    test: Test
    required: bool


@dataclass(frozen=True)
class PlannedItem:
    """An item bound to subjects. ``waits`` and ``gives`` hold (result title, subject, element)."""

    item: Item
    bound: BoundItem
    test: Test
    each: str | None
    needs: tuple[PlannedNeed, ...]
    materials: tuple[PlannedMaterial, ...]
    waits: tuple[tuple[str, str | None, str | None], ...]
    gives: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True)
class PlannedSituation:
    """A situation with its conditions compiled."""

    situation: Situation
    ask_when: Test
    decisions: tuple[tuple[Test, str | tuple[str, ...]], ...]


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
    """(kind, name) of all that the shape of the form hangs on, as `forms.conditions.references` says it."""

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


class _Builder:
    """Builds a plan and collects what does not fit."""

    def __init__(self, bank: Bank, definition: Definition) -> None:
        self.bank, self.definition = bank, definition
        self.source: Source | None = bank.sources.get(("definition", definition.code))
        self.errors: list[ContentError] = []

    def wrong(self, keys: tuple[str | int, ...], what: str, write: str = "") -> None:
        if self.source is not None:
            self.errors.append(self.source.error(keys, what, write))
        else:
            self.errors.append(ContentError(self.definition.code, 1, what, write))

    def build(self) -> Plan:
        d = self.definition
        elements = dict(self._elements())
        items = tuple(made for i, bound in enumerate(d.items) if (made := self._item(i, bound)) is not None)
        notes = {note.path: note for note in d.fields}
        plan = Plan(
            definition=d, version=self.bank.version(d.code), items=items,
            situations=tuple(_situation(s) for s in d.situations),
            subject_when={name: compiled(subject.when) for name, subject in d.subjects.items()},
            applicant=tuple((rule.subject, compiled(rule.when)) for rule in d.applicant),
            lookups={lookup.code: lookup for lookup in d.lookups},
            lookup_when={lookup.code: compiled(lookup.when) for lookup in d.lookups},
            derivations=tuple((derivation, compiled(derivation.when)) for derivation in d.derive),
            rules=tuple((rule, compiled(rule.when)) for rule in d.rules),
            holds={rule.code: compiled(rule_condition(rule)) for rule in d.rules if rule.check == "condition"},
            notes=notes, order=_order(notes, elements), elements=elements,
            options={path: self._options(path, element, notes) for path, element in elements.items()},
            deciding=frozenset(_deciding(d, items)),
        )
        if self.errors:
            raise ContentErrors(self.errors)
        return plan

    def _elements(self) -> Iterator[tuple[str, Element]]:
        for name, subject in self.definition.subjects.items():
            kind = self.bank.kinds.get(subject.kind)
            if kind is None:
                self.wrong(("subjects", name, "kind"), f"there is no kind `{subject.kind}`", "a file of forms/elements")
                continue
            for element in kind.elements:
                yield f"{name}.{element.code}", element
        yield from self._borrowed()

    def _borrowed(self) -> Iterator[tuple[str, Element]]:
        """Elements that a subject has only because it plays a role of another kind, as a baby plays a person."""
        for bound in self.definition.items:
            item = self.bank.items.get(bound.item)
            for role, kind in item.roles.items() if item else ():
                subject = self.definition.subjects.get(bound.roles.get(role, ""))
                shelf = self.bank.kinds.get(kind) if subject is not None and subject.kind != kind else None
                for element in shelf.elements if shelf else ():
                    if subject and f"{subject.kind}.{element.code}" not in self.bank.elements:
                        yield f"{bound.roles[role]}.{element.code}", element

    def _options(self, path: str, element: Element, notes: Mapping[str, FieldNote]) -> tuple[Option, ...]:
        options, note = self.bank.options(element), notes.get(path)
        if note is None or not note.options:
            return options
        by_value = {option.value: option for option in options}
        return tuple(by_value[value] for value in note.options if value in by_value)

    def _item(self, number: int, bound: BoundItem) -> PlannedItem | None:
        item = self.bank.items.get(bound.item)
        if item is None:
            self.wrong(("items", number), f"there is no item `{bound.item}`", f"a file forms/items/{bound.item}.yaml")
            return None
        at = ("items", number, "roles")
        for role in item.roles:
            if bound.roles.get(role) not in self.definition.subjects:
                self.wrong(at, f"nobody plays the role `{role}` of `{item.code}`", "name one of the subjects")
                return None
        return PlannedItem(
            item=item, bound=bound, test=compiled(bound.when), each=bound.each,
            needs=tuple(made for need in item.needs if (made := self._need(at, item, bound, need)) is not None),
            materials=tuple(m for need in item.materials if (m := self._material(at, item, bound, need)) is not None),
            waits=tuple((w.result, *self._datum(at, bound, w.gives)) for w in item.waits_for),
            gives=tuple((r.title, *self._datum(at, bound, r.element)) for r in item.results),
        )

    def _datum(self, at: tuple[str | int, ...], bound: BoundItem, name: str | None) -> tuple[str | None, str | None]:
        """(subject, element) of ``role.element``."""
        if name is None:
            return None, None
        role, _, element = name.partition(".")
        subject = bound.roles.get(role)
        if subject is None:
            self.wrong(at, f"`{bound.item}` speaks of `{name}`, but has no role `{role}`")
            return None, None
        return subject, element

    def _need(self, at: tuple[str | int, ...], item: Item, bound: BoundItem, need: Any) -> PlannedNeed | None:
        subject, code = self._datum(at, bound, need.element)
        if subject is None or code is None:
            return None
        kind, role_kind = self.definition.subjects[subject].kind, item.roles[need.element.partition(".")[0]]
        element = self.bank.elements.get(f"{kind}.{code}") or self.bank.elements.get(f"{role_kind}.{code}")
        if element is None:
            self.wrong(at, f"`{item.code}` needs `{need.element}`, but {kind} has no element `{code}`")
            return None
        extra = bound.needs_when.get(f"{subject}.{code}") or bound.needs_when.get(need.element)
        return PlannedNeed(subject, element, both(compiled(need.when, bound.roles), compiled(extra)), need.required)

    def _material(self, at: tuple[str | int, ...], item: Item, bound: BoundItem, need: Any) -> PlannedMaterial | None:
        material, subject = self.bank.materials.get(need.material), bound.roles.get(need.of)
        if material is None or subject is None:
            self.wrong(at, f"`{item.code}` demands `{need.material}` of `{need.of}`, and one of them is unknown")
            return None
        extra = bound.materials_when.get(need.material)
        test = both(compiled(need.when, bound.roles), compiled(extra))
        return PlannedMaterial(subject, material, test, need.required)


def _texts(written: Any) -> Iterator[str]:
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict | list | tuple):
        for part in written.values() if isinstance(written, dict) else written:
            yield from _texts(part)


def _deciding(definition: Definition, items: tuple[PlannedItem, ...]) -> Iterator[tuple[str, str]]:
    for subject in definition.subjects.values():
        yield from references(subject.when)
    for situation in definition.situations:
        yield from references(situation.ask_when)
    for planned in items:
        bound, item = planned.bound, planned.item
        for condition in (bound.when, *bound.needs_when.values(), *bound.materials_when.values()):
            yield from references(condition)
        for when in (*(need.when for need in item.needs), *(demand.when for demand in item.materials)):
            yield from references(when, bound.roles)


def _situation(situation: Situation) -> PlannedSituation:
    decisions = tuple((compiled(decision.when), decision.answer) for decision in situation.decided_by)
    return PlannedSituation(situation, compiled(situation.ask_when) if situation.ask_when else ALWAYS, decisions)


def _order(notes: Mapping[str, FieldNote], elements: Mapping[str, Element]) -> dict[str, int]:
    order = {path: number for number, path in enumerate(notes)}
    for path in elements:
        order.setdefault(path, len(order))
    return order


def build(bank: Bank, code: str) -> Plan:
    """The plan of a one-thing. Raises `NotFound`, or `ContentErrors` for names that do not exist."""
    return _Builder(bank, bank.definition(code)).build()
