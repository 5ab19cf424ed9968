"""Items that disagree about the same field, once a one-thing brings them together."""

from __future__ import annotations

from collections.abc import Iterator

from forms.content.element_schema import Element
from forms.content.item_schema import Item
from forms.content.schema import BoundItem, Definition
from forms.lint.scope import Scope, bound_items
from forms.lint.tree import Held, Problem, Tree


def conflicts(tree: Tree) -> Iterator[Problem]:
    """Type and option conflicts on the same path, and required fields that are called optional."""
    for held in tree.definitions.values():
        scope = Scope.of_definition(tree, held.thing)
        for number, bound, item in bound_items(tree, held.thing):
            place = held.at.under("items", number)
            for path, kind, element in _fields(tree, bound, item.thing):
                subject = path.partition(".")[0]
                mine, own, by = scope.element(path), scope.kinds.get(subject), item.thing.code
                if mine is None and subject in scope.kinds:
                    yield place.problem(
                        f"`{by}` needs `{path}` of a {kind}, but `{subject}` is a {own}, which has none",
                        f"define it in elements/{own}.yaml, or let the role be of the kind `{own}`")
                elif mine is not None and _disagree(tree, mine, element):
                    yield place.problem(
                        f"`{path}` is {_said(mine)} of a {own}, but `{by}` means {_said(element)} of a {kind}",
                        "define both elements alike, or let the role be of the same kind")
        yield from _optional(tree, held, scope)


def _fields(tree: Tree, bound: BoundItem, item: Item) -> Iterator[tuple[str, str, Element]]:
    for need in item.needs:
        role, _, code = need.element.partition(".")
        kind = item.roles.get(role, "")
        element = tree.elements.get(f"{kind}.{code}")
        if element is not None and role in bound.roles:
            yield f"{bound.roles[role]}.{code}", kind, element.thing


def _disagree(tree: Tree, one: Element, two: Element) -> bool:
    scope = Scope(tree, {}, set(), None)
    if one.type != two.type:
        return True
    values = [{option.value for option in scope.options(element) or ()} for element in (one, two)]
    return values[0] != values[1]


def _said(element: Element) -> str:
    return f"{element.type} with other options" if element.type in ("choice", "choices") else f"`{element.type}`"


def _optional(tree: Tree, held: Held[Definition], scope: Scope) -> Iterator[Problem]:
    required: dict[str, str] = {}
    for _, bound, item in bound_items(tree, held.thing):
        for need in item.thing.needs:
            role, _, code = need.element.partition(".")
            if need.required and need.when is None:
                required.setdefault(f"{bound.roles.get(role, role)}.{code}", item.thing.code)
    for number, note in enumerate(held.thing.fields):
        if note.optional and note.path in required and scope.element(note.path) is not None:
            yield held.at.under("fields", number).problem(
                f"`{note.path}` is called optional here, but `{required[note.path]}` requires it",
                "take `optional` away, or say `required: false` in the item")
