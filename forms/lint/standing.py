"""Where conditions stand in items and one-things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.content.condition_schema import Condition
from forms.content.item_schema import Item
from forms.content.schema import Definition
from forms.lint.tree import Place

Found = tuple[Condition, Place]


def of_item(item: Item, at: Place) -> Iterator[Found]:
    """The conditions an item holds."""
    for number, need in enumerate(item.needs):
        if need.when is not None:
            yield need.when, at.under("needs", number, "when")
    for number, demand in enumerate(item.materials):
        if demand.when is not None:
            yield demand.when, at.under("materials", number, "when")


def of_definition(definition: Definition, at: Place) -> Iterator[Found]:
    """The conditions a one-thing holds."""
    for code, subject in definition.subjects.items():
        if subject.when is not None:
            yield subject.when, at.under("subjects", code, "when")
    for number, situation in enumerate(definition.situations):
        place = at.under("situations", number)
        if situation.ask_when is not None:
            yield situation.ask_when, place.under("ask_when")
        for position, option in enumerate(situation.options):
            if option.when is not None:
                yield option.when, place.under("options", position, "when")
        for position, decision in enumerate(situation.decided_by):
            yield decision.when, place.under("decided_by", position, "when")
    for number, bound in enumerate(definition.items):
        place = at.under("items", number)
        for path, condition in bound.needs_when.items():
            yield condition, place.under("needs_when", path)
        for code, condition in bound.materials_when.items():
            yield condition, place.under("materials_when", code)
    for word in ("applicant", "items", "lookups", "derive", "rules", "confirmations"):
        for number, part in enumerate(getattr(definition, word)):
            if part.when is not None:
                yield part.when, at.under(word, number, "when")
    for number, rule in enumerate(definition.rules):
        for word, value in rule.using.items():
            if isinstance(value, dict):
                yield from _rule(value, at.under("rules", number, "using", word))


def _rule(data: dict[str, Any], at: Place) -> Iterator[Found]:
    try:
        yield Condition.model_validate(data), at
    except ValueError:
        return
