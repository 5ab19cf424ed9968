"""What no answer can reach, and what no answer changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.content.schema import Definition
from forms.lint.possible import Search, named
from forms.lint.scope import bound_items
from forms.lint.standing import of_definition
from forms.lint.tree import Held, Problem, Tree


def reach(tree: Tree) -> Iterator[Problem]:
    """Items, situations, needs and rules that can never come up, and situations that change nothing."""
    for held in tree.definitions.values():
        search = Search(held.thing.situations)
        yield from _items(tree, held, search)
        yield from _situations(held, search)
        yield from _others(held, search)
        yield from _idle(held)


def _items(tree: Tree, held: Held[Definition], search: Search) -> Iterator[Problem]:
    for number, bound, _ in bound_items(tree, held.thing):
        place = held.at.under("items", number)
        if not search.possible([bound.when]):
            yield place.under("when").problem(f"no answer leads to the item `{bound.item}`",
                                              "correct its `when`, or take the item out")
            continue
        for path, condition in bound.needs_when.items():
            if not search.possible([bound.when, condition]):
                yield place.under("needs_when", path).problem(
                    f"`{path}` is never needed whenever `{bound.item}` applies", "correct this condition")
        for code, condition in bound.materials_when.items():
            if not search.possible([bound.when, condition]):
                yield place.under("materials_when", code).problem(
                    f"`{code}` is never demanded whenever `{bound.item}` applies", "correct this condition")


def _situations(held: Held[Definition], search: Search) -> Iterator[Problem]:
    for number, situation in enumerate(held.thing.situations):
        place = held.at.under("situations", number)
        if situation.ask_when is not None and not search.possible([situation.ask_when]):
            yield place.under("ask_when").problem(f"no answer leads to the situation `{situation.code}`",
                                                  "correct its `ask_when`, or take the situation out")
        for position, decision in enumerate(situation.decided_by):
            if not search.possible([decision.when]):
                yield place.under("decided_by", position).problem(
                    f"this decision about `{situation.code}` never holds", "correct its `when`")


def _others(held: Held[Definition], search: Search) -> Iterator[Problem]:
    parts = (("rules", "rule"), ("lookups", "look-up"), ("derive", "derivation"), ("confirmations", "confirmation"))
    for word, singular in parts:
        for number, part in enumerate(getattr(held.thing, word)):
            if part.when is not None and not search.possible([part.when]):
                name = getattr(part, "code", None) or getattr(part, "path", "")
                yield held.at.under(word, number, "when").problem(f"the {singular} `{name}` never applies",
                                                                  "correct its `when`, or take it out")
    for code, subject in held.thing.subjects.items():
        if subject.when is not None and not search.possible([subject.when]):
            yield held.at.under("subjects", code, "when").problem(f"the section of `{code}` is never shown",
                                                                  "correct its `when`, or take the subject out")


def _idle(held: Held[Definition]) -> Iterator[Problem]:
    """Situations that select nothing: a question asked for nothing."""
    definition, at = held.thing, held.at
    used: set[str] = set(_mentioned([derivation.using for derivation in definition.derive]))
    used |= set(_mentioned([rule.using for rule in definition.rules]))
    for condition, place in of_definition(definition, at):
        own = definition.situations[int(place.keys[1])].code if place.keys[0] == "situations" else ""
        used |= named(condition, "situation") - {own}
    for number, situation in enumerate(definition.situations):
        if situation.code not in used and not any(option.offline for option in situation.options):
            yield at.under("situations", number).problem(f"the situation `{situation.code}` changes nothing",
                                                         "use it in a condition, or do not ask it")


def _mentioned(using: Any) -> Iterator[str]:
    if isinstance(using, dict):
        using = list(using.values())
    if isinstance(using, list | tuple):
        for part in using:
            yield from _mentioned(part)
    elif isinstance(using, str) and using.startswith("$situation."):
        yield using.removeprefix("$situation.")
