"""What the shape of a form hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from forms.content.mentions import references
from forms.content.schema import BoundItem, Definition
from forms.merging.planned import PlannedItem


def plays(bound: BoundItem, need: str) -> bool:
    """Whether anybody plays the role of ``role.element`` here."""
    return need.partition(".")[0] in bound.roles


def deciding(definition: Definition, items: tuple[PlannedItem, ...]) -> Iterator[tuple[str, str]]:
    """(kind, name) of every datum that brings or spares a subject, question, item, need, paper or confirmation."""
    for subject in definition.subjects.values():
        yield from references(subject.when)
    for situation in definition.situations:
        yield from references(situation.ask_when)
    for confirmation in definition.confirmations:
        yield from references(confirmation.when) if confirmation.instead else ()
    for planned in items:
        bound, item = planned.bound, planned.item
        for condition in (bound.when, *bound.needs_when.values(), *bound.materials_when.values()):
            yield from references(condition)
        wanted = (need.when for need in item.needs if plays(bound, need.element))
        for when in (*wanted, *(demand.when for demand in item.materials if demand.of in bound.roles)):
            yield from references(when, bound.roles)
