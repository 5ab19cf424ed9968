"""Elements, materials and items: what each names must exist, and each must say what a citizen will want to know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from forms.content.element_schema import Element, ElementSource
from forms.content.item_schema import Item
from forms.content.material_schema import Material, Way
from forms.lint import conditions
from forms.lint.registry import functions
from forms.lint.scope import Scope, near
from forms.lint.standing import of_item
from forms.lint.tree import Place, Problem, Tree
from forms.uploads.inspection import ENDINGS
from integrations.sources.catalogue import SourceEntry

Sources = Mapping[str, SourceEntry]
"""Source code to the attributes it can tell."""


def elements(tree: Tree, sources: Sources) -> Iterator[Problem]:
    """Mistakes in the elements."""
    for code, held in tree.elements.items():
        element, at = held.thing, held.at
        if element.code_set and element.code_set not in tree.code_sets:
            yield at.under("code_set").problem(f"there is no code set `{element.code_set}`",
                                               near(element.code_set, tree.code_sets))
        if element.type in ("choice", "choices") and not (element.options or element.code_set):
            yield at.problem(f"`{code}` is a choice of nothing", "give it `options` or a `code_set`")
        if element.derive and element.derive not in functions():
            yield at.under("derive").problem(f"there is no function `{element.derive}` to derive with",
                                             near(element.derive, functions()))
        if element.sensitivity == "sensitive" and not element.why:
            yield at.problem(f"`{code}` is sensitive and does not say why it is needed", "add `why`")
        if any(option.when for option in element.options):
            yield at.under("options").problem(f"an option of `{code}` has `when`, which only situations know",
                                              "take it away; a field note may name the `options` that make sense")
        yield from _shape_of(tree, element, at)
        for number, source in enumerate(element.sources):
            yield from _source(source, sources, at.under("sources", number))


def _shape_of(tree: Tree, element: Element, at: Place) -> Iterator[Problem]:
    try:
        re.compile(element.pattern)
    except re.error:
        yield at.under("pattern").problem(f"`{element.pattern}` is not a pattern", "write a regular expression")
    if element.pattern and not element.pattern_says:
        yield at.under("pattern").problem(f"`{element.code}` has a pattern but does not say what to type",
                                          "add `pattern_says`")
    if element.at_least is not None and element.at_most is not None and element.at_least > element.at_most:
        yield at.under("at_least").problem(f"`{element.code}` can have no value: at least {element.at_least:g} and at "
                                           f"most {element.at_most:g}", "exchange the two")
    options = Scope(tree, {}, set(), None).options(element)
    if element.default is not None and options is not None:
        yield from Scope(tree, {}, set(), None).bad_option(
            at.under("default"), element.default, options, f"`{element.code}`")


def _source(source: ElementSource, sources: Sources, at: Place) -> Iterator[Problem]:
    if source.source not in sources:
        yield at.problem(f"there is no source `{source.source}` in the catalogue", near(source.source, sources))
    elif source.attribute not in sources[source.source].attributes:
        yield at.problem(f"the source `{source.source}` does not tell `{source.attribute}`",
                         near(source.attribute, sources[source.source].attributes))


def materials(tree: Tree, sources: Sources) -> Iterator[Problem]:
    """Mistakes in the materials."""
    for code, held in tree.materials.items():
        material, at = held.thing, held.at
        if material.kind not in tree.kinds:
            yield at.under("kind").problem(f"there is no kind `{material.kind}`", near(material.kind, tree.kinds))
        if not material.ways:
            yield at.problem(f"there is no way to provide `{code}`", "add at least one to `ways`")
        yield from _accepted(material, at)
        for number, way in enumerate(material.ways):
            yield from _way(way, sources, at.under("ways", number))


def _accepted(material: Material, at: Place) -> Iterator[Problem]:
    for number, mime in enumerate(material.accept):
        if mime not in ENDINGS:
            yield at.under("accept", number).problem(f"files of type `{mime}` are never taken", near(mime, ENDINGS))


def _way(way: Way, sources: Sources, at: Place) -> Iterator[Problem]:
    if way.way == "verified":
        if way.source not in sources:
            yield at.problem(f"there is no source `{way.source}` in the catalogue", near(way.source or "", sources))
        elif way.attribute != "found" and way.attribute not in sources[way.source or ""].attributes:
            yield at.problem(f"the source `{way.source}` does not tell `{way.attribute}`",
                             near(way.attribute, sources[way.source or ""].attributes))
    if way.way == "licence" and not way.licence:
        yield at.problem("this way does not say which licence is asked for", "add `licence`")
    if way.way == "deferred" and not way.within_days:
        yield at.problem("this way does not say how many working days there are to bring it later", "add `within_days`")
    if way.way in ("pledge", "window") and not way.text:
        yield at.problem(f"this way has no words for the citizen: what is promised, or where to go ({way.way})",
                         "add `text`")


def items(tree: Tree) -> Iterator[Problem]:
    """Mistakes in the items."""
    produced = {result.title for held in tree.items.values() for result in held.thing.results}
    for held in tree.items.values():
        item, at, scope = held.thing, held.at, Scope.of_item(tree, held.thing)
        for role in item.optional_roles:
            if role not in item.roles:
                yield at.under("optional_roles").problem(f"`{item.code}` has no role `{role}`", near(role, item.roles))
        for role, kind in item.roles.items():
            if kind not in tree.kinds:
                yield at.under("roles", role).problem(f"there is no kind `{kind}`", near(kind, tree.kinds))
        yield from _needs(scope, item, at)
        yield from _demands(tree, item, at)
        yield from _results(scope, item, at, produced)
        if item.visits and not item.visit_reason:
            yield at.under("visits").problem(f"`{item.code}` needs a visit and does not say why", "add `visit_reason`")
        for condition, place in of_item(item, at):
            yield from conditions.check(scope, condition, place)


def _needs(scope: Scope, item: Item, at: Place) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, need in enumerate(item.needs):
        yield from scope.bad_path(at.under("needs", number), need.element)
        if need.element in seen and need.when is None:
            yield at.under("needs", number).problem(f"`{need.element}` is needed twice", "remove one of them")
        seen.add(need.element)


def _demands(tree: Tree, item: Item, at: Place) -> Iterator[Problem]:
    for number, demand in enumerate(item.materials):
        place = at.under("materials", number)
        if demand.material not in tree.materials:
            yield place.problem(f"there is no material `{demand.material}`", near(demand.material, tree.materials))
        if demand.of not in item.roles:
            yield place.problem(f"the material is of `{demand.of}`, which is no role of this item",
                                near(demand.of, item.roles))


def _results(scope: Scope, item: Item, at: Place, produced: Collection[str]) -> Iterator[Problem]:
    needed = {need.element for need in item.needs}
    for number, result in enumerate(item.results):
        if result.element is None:
            continue
        place = at.under("results", number)
        yield from scope.bad_path(place, result.element)
        if result.element in needed:
            yield place.problem(f"`{item.code}` needs `{result.element}`, which only it issues",
                                "take it out of `needs`, or out of the result")
    for number, wait in enumerate(item.waits_for):
        place = at.under("waits_for", number)
        if wait.result not in produced:
            yield place.problem(f"no item issues the result 「{wait.result}」", near(wait.result, produced))
        if wait.gives is not None and wait.gives not in needed:
            yield place.problem(f"the result gives `{wait.gives}`, which this item does not need",
                                near(wait.gives, needed))
