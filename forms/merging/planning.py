"""Making a plan: names looked up, conditions compiled, and everything that does not exist told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.content import Source
from core.errors import ContentError
from forms.bank import Bank
from forms.content import worded
from forms.content.element_schema import Element, Option
from forms.content.item_schema import Item, MaterialNeed, Need
from forms.content.schema import BoundItem, Definition, FieldNote, Situation
from forms.content.shelf import ContentErrors
from forms.logic.conditions import ALWAYS, Test, both, compiled
from forms.merging.deciding import deciding, plays
from forms.merging.plan import Plan, rule_condition
from forms.merging.planned import PlannedConfirmation, PlannedItem, PlannedMaterial, PlannedNeed, PlannedSituation


class _Builder:
    """Builds a plan and collects what does not fit."""

    def __init__(self, bank: Bank, definition: Definition, version: str) -> None:
        self.bank, self.definition, self.version = bank, definition, version
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
            definition=d, version=self.version, items=items,
            situations=tuple(_situation(s) for s in d.situations),
            subject_when={name: compiled(subject.when) for name, subject in d.subjects.items()},
            applicant=tuple((rule.subject, compiled(rule.when)) for rule in d.applicant),
            lookups={lookup.code: lookup for lookup in d.lookups},
            lookup_when={lookup.code: compiled(lookup.when) for lookup in d.lookups},
            derivations=tuple((derivation, compiled(derivation.when)) for derivation in d.derive),
            rules=tuple((rule, compiled(rule.when)) for rule in d.rules),
            holds=dict(self._holds()),
            notes=notes, order=_order(notes, elements), elements=elements,
            options={path: self._options(path, element, notes) for path, element in elements.items()},
            deciding=frozenset(deciding(d, items)), confirmations=tuple(self._confirmations()),
        )
        if self.errors:
            raise ContentErrors(self.errors)
        return plan

    def _holds(self) -> Iterator[tuple[str, Test]]:
        """What each rule that is a condition asks; one that cannot be read would always pass, so it is a mistake."""
        for number, rule in enumerate(self.definition.rules):
            condition = rule_condition(rule)
            if rule.check == "condition" and condition is None:
                self.wrong(("rules", number), f"what the rule `{rule.code}` asks is no condition", "see `holds`")
            elif rule.check == "condition":
                yield rule.code, compiled(condition)

    def _confirmations(self) -> Iterator[PlannedConfirmation]:
        for number, wanted in enumerate(self.definition.confirmations):
            paper = self.bank.materials.get(wanted.instead or "")
            if wanted.subject not in self.definition.subjects:
                self.wrong(("confirmations", number), f"there is no subject `{wanted.subject}` to confirm")
            elif wanted.instead and paper is None:
                self.wrong(("confirmations", number), f"there is no material `{wanted.instead}`")
            else:
                yield PlannedConfirmation(wanted, compiled(wanted.when), paper)

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
            unplayed = role not in bound.roles and role in item.optional_roles
            if not unplayed and bound.roles.get(role) not in self.definition.subjects:
                self.wrong(at, f"nobody plays the role `{role}` of `{item.code}`", "name one of the subjects")
                return None
        return PlannedItem(
            item=item, bound=bound, test=compiled(bound.when), each=bound.each,
            needs=tuple(
                made for need in item.needs if plays(bound, need.element)
                and (made := self._need(at, item, bound, need)) is not None
            ),
            materials=tuple(
                asked for demand in item.materials if demand.of in bound.roles
                and (asked := self._material(at, item, bound, demand)) is not None
            ),
            waits=tuple((w.result, *self._datum(at, bound, w.gives)) for w in item.waits_for),
            gives=tuple((r.title, *self._datum(at, bound, r.element)) for r in item.results),
        )

    def _datum(self, at: tuple[str | int, ...], bound: BoundItem, name: str | None) -> tuple[str | None, str | None]:
        """(subject, element) of ``role.element``."""
        if name is None:
            return None, None
        role, _, element = name.partition(".")
        subject = bound.roles.get(role)
        if subject is None and role in self.bank.items[bound.item].optional_roles:
            return None, None
        if subject is None:
            self.wrong(at, f"`{bound.item}` speaks of `{name}`, but has no role `{role}`")
            return None, None
        return subject, element

    def _need(self, at: tuple[str | int, ...], item: Item, bound: BoundItem, need: Need) -> PlannedNeed | None:
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

    def _material(
        self, at: tuple[str | int, ...], item: Item, bound: BoundItem, need: MaterialNeed
    ) -> PlannedMaterial | None:
        material, subject = self.bank.materials.get(need.material), bound.roles.get(need.of)
        if material is None or subject is None:
            self.wrong(at, f"`{item.code}` demands `{need.material}` of `{need.of}`, and one of them is unknown")
            return None
        extra = bound.materials_when.get(need.material)
        test = both(compiled(need.when, bound.roles), compiled(extra))
        return PlannedMaterial(subject, material, test, need.required)


def _situation(situation: Situation) -> PlannedSituation:
    decisions = tuple((compiled(decision.when), decision.answer) for decision in situation.decided_by)
    asked = compiled(situation.ask_when) if situation.ask_when else ALWAYS
    tests = {option.value: compiled(option.when) for option in situation.options if option.when}
    return PlannedSituation(situation, asked, decisions, tests)


def _order(notes: Mapping[str, FieldNote], elements: Mapping[str, Element]) -> dict[str, int]:
    order = {path: number for number, path in enumerate(notes)}
    for path in elements:
        order.setdefault(path, len(order))
    return order


def build(bank: Bank, code: str, version: str = "", region: str = "") -> Plan:
    """The plan of a one-thing. Raises `NotFound`, or `ContentErrors` for names that do not exist.

    ``version`` is that of the content, which is the same in all regions; the bank's own when empty. ``region`` is the
    one whose numbers stand in its words.
    """
    here = worded.filled(bank.definition(code), bank.parameters(region))
    return _Builder(bank, here, version or bank.version(code)).build()
