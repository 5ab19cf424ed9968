"""Fields that conditions decide by and that nobody will ever tell: what hangs on them stays undecided for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.content.condition_schema import Condition
from forms.content.mentions import references
from forms.content.schema import Definition
from forms.lint.scope import bound_items, played
from forms.lint.standing import of_definition, of_item
from forms.lint.tree import Held, Place, Problem, Tree
from forms.paths import parse, unindexed

DECIDES = frozenset({"items", "situations", "subjects"})
"""Parts of a one-thing whose conditions decide what is asked at all; rules pass over what nobody asked."""


def untold(tree: Tree) -> Iterator[Problem]:
    """Conditions on fields that no item needs, no look-up gives and nothing computes."""
    for held in tree.definitions.values():
        known = _known(tree, held.thing)
        for condition, roles, place in _deciding(tree, held):
            for kind, name in references(condition, roles):
                if kind == "field" and parse(name) and unindexed(name) not in known and _here(held, tree, name):
                    yield place.problem(
                        f"nobody is ever asked for `{unindexed(name)}`, so this is never decided",
                        "ask it as a situation, or add it to the `needs` of the item that wants it")


def _deciding(tree: Tree, held: Held[Definition]) -> Iterator[tuple[Condition, Mapping[str, str], Place]]:
    """(condition, who plays the roles in it, where) of all that decides what is asked."""
    for condition, place in of_definition(held.thing, held.at):
        if place.keys[0] in DECIDES:
            yield condition, {}, place
    for number, bound, item in bound_items(tree, held.thing):
        for condition, _ in of_item(item.thing, item.at):
            yield condition, bound.roles, held.at.under("items", number)


def _known(tree: Tree, definition: Definition) -> set[str]:
    needed = {played(bound, need.element) for _, bound, item in bound_items(tree, definition)
              for need in item.thing.needs}
    given = {unindexed(path) for lookup in definition.lookups for path in lookup.gives}
    keys = {unindexed(path) for lookup in definition.lookups for path in lookup.by.values()}
    results = {played(bound, result.element) for _, bound, item in bound_items(tree, definition)
               for result in item.thing.results if result.element}
    return needed | given | keys | results | {unindexed(rule.path) for rule in definition.derive}


def _here(held: Held[Definition], tree: Tree, name: str) -> bool:
    """Whether it is an element of a subject here, and one that no source tells by itself."""
    path = parse(name)
    subject = held.thing.subjects.get(path.subject) if path else None
    element = tree.elements.get(f"{subject.kind}.{path.element}") if subject and path else None
    return element is not None and not element.thing.sources and not element.thing.derive
