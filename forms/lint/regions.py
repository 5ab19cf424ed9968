"""Regions: what they change must exist, and the bundles must still hold together there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms.content.region_schema import Parameters, layers
from forms.content.regional import definition_with, differs, item_with
from forms.lint.order import order
from forms.lint.scope import Scope, near
from forms.lint.tree import Held, Place, Problem, Tree
from forms.lint.whole import bound_item


def regions(tree: Tree) -> Iterator[Problem]:
    """Mistakes in what regions change, and bundles that fall apart through it."""
    general = {problem.wrong for problem in order(tree)}
    for held in tree.parameters.values():
        if differs(held.thing):
            yield from _names(tree, held)
            here = _tree_in(tree, held.thing.region)
            for problem in order(here):
                if problem.wrong not in general:
                    at = held.at.under(_part(held.thing))
                    yield at.problem(f"in {held.thing.title}: {problem.wrong}", problem.write)


def _names(tree: Tree, held: Held[Parameters]) -> Iterator[Problem]:
    region, at = held.thing, held.at
    for code in region.limits:
        if code not in tree.items:
            yield at.under("limits", code).problem(f"there is no item `{code}`", near(code, tree.items))
    for word in ("promises", "more", "without"):
        for code in getattr(region, word):
            if code not in tree.definitions:
                yield at.under(word, code).problem(f"there is no one-thing `{code}`", near(code, tree.definitions))
    for code, gone in region.without.items():
        yield from _gone(tree, region, code, gone, at.under("without", code))
    for code, more in region.more.items():
        if code in tree.definitions:
            scope = Scope.of_definition(tree, tree.definitions[code].thing)
            for number, bound in enumerate(more):
                yield from bound_item(scope, bound, at.under("more", code, number))


def _gone(tree: Tree, region: Parameters, code: str, gone: tuple[str, ...], at: Place) -> Iterator[Problem]:
    if code not in tree.definitions:
        return
    above = [layer for layer in _layers(tree, region.region) if layer is not region]
    bundled = {bound.item for bound in definition_with(tree.definitions[code].thing, above).items}
    for number, item in enumerate(gone):
        if item not in bundled:
            yield at.under(number).problem(f"`{code}` does not bundle `{item}`", near(item, bundled))


def _layers(tree: Tree, region: str) -> list[Parameters]:
    return layers({code: held.thing for code, held in tree.parameters.items()}, region)


def _tree_in(tree: Tree, region: str) -> Tree:
    """The tree with what holds in a region."""
    here = _layers(tree, region)
    return replace(
        tree,
        items={code: Held(item_with(held.thing, here), held.at) for code, held in tree.items.items()},
        definitions={code: Held(definition_with(h.thing, here), h.at) for code, h in tree.definitions.items()},
    )


def _part(region: Parameters) -> str:
    return next(word for word in ("limits", "promises", "more", "without") if getattr(region, word))
