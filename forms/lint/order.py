"""What waits for what: cycles, promises that a chain cannot keep, results demanded again as papers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, TypeVar

from forms.content.item_schema import Item
from forms.content.material_schema import Material
from forms.content.schema import Definition
from forms.lint.chains import Bound, longest_chain, waits_of
from forms.lint.possible import Search, named
from forms.lint.scope import bound_items, played
from forms.lint.tree import Held, Problem, Tree
from forms.paths import unindexed

Node = TypeVar("Node", bound=Hashable)


def order(tree: Tree) -> Iterator[Problem]:
    """Every mistake in the order of things."""
    for code, item in tree.items.items():
        limit = item.thing.limit
        if limit.legal is not None and limit.promised > limit.legal:
            yield item.at.under("limit").problem(
                f"`{code}` promises {limit.promised} working days, more than the {limit.legal} the law allows",
                f"promise at most {limit.legal}")
    for held in tree.definitions.values():
        bound = {number: (bound, item.thing) for number, bound, item in bound_items(tree, held.thing)}
        waits = waits_of(bound)
        cycle = find_cycle(waits)
        if cycle is not None:
            names = " -> ".join(f"`{bound[number][0].item}`" for number in cycle)
            yield held.at.under("items", cycle[0]).problem(f"items wait for one another in a circle: {names}",
                                                           "take one of the results out of `waits_for`")
        else:
            yield from _limit(held, bound, waits)
        yield from _empty_handed(held, bound)
        yield from _asked(held)
        yield from _derived(held)
        yield from _demanded(tree, held, bound)


def find_cycle(edges: Mapping[Node, set[Node]]) -> list[Node] | None:
    """A circle in a graph as the nodes passed, the first one again at the end; None when there is none."""
    done: set[Node] = set()

    def visit(node: Node, trail: list[Node]) -> list[Node] | None:
        if node in trail:
            return [*trail[trail.index(node):], node]
        if node in done:
            return None
        for following in sorted(edges.get(node, ()), key=str):
            found = visit(following, [*trail, node])
            if found is not None:
                return found
        done.add(node)
        return None

    return next((found for node in list(edges) if (found := visit(node, [])) is not None), None)


def _limit(held: Held[Definition], bound: Bound, waits: dict[int, set[int]]) -> Iterator[Problem]:
    promised = held.thing.limit.promised
    days, chain = longest_chain(bound, waits, held.thing.situations, promised)
    if chain:
        names = " -> ".join(f"`{bound[number][0].item}`" for number in chain)
        yield held.at.under("limit").problem(
            f"`{held.thing.code}` promises {promised} working days, but its longest chain takes {days}: {names}",
            f"promise at least {days}")


def _empty_handed(held: Held[Definition], bound: Bound) -> Iterator[Problem]:
    """Results from which an item takes a datum that none of the items here that issue them carries."""
    for number, (binding, item) in bound.items():
        for wait in item.waits_for:
            others = [(by, one) for other, (by, one) in bound.items() if other != number
                      and any(result.title == wait.result for result in one.results)]
            if wait.gives is None or wait.gives.partition(".")[0] not in binding.roles or not others:
                continue
            path = played(binding, wait.gives)
            if not any(result.title == wait.result and result.element and played(by, result.element) == path
                       for by, one in others for result in one.results):
                yield held.at.under("items", number).problem(
                    f"`{item.code}` takes `{path}` from the result 「{wait.result}」, but nothing here brings it",
                    f"name the `element` in the results of `{others[0][1].code}`, or take `gives` away")


def _asked(held: Held[Definition]) -> Iterator[Problem]:
    situations = {situation.code: number for number, situation in enumerate(held.thing.situations)}
    edges = {
        situation.code: named(situation.ask_when, "situation") if situation.ask_when else set[str]()
        for situation in held.thing.situations
    }
    cycle = find_cycle(edges)
    if cycle is not None:
        yield held.at.under("situations", situations[cycle[0]], "ask_when").problem(
            "situations wait for one another's answers in a circle: " + " -> ".join(f"`{code}`" for code in cycle),
            "ask one of them without a condition")
        return
    for code, named_codes in edges.items():
        for other in sorted(named_codes & situations.keys()):
            if situations[other] > situations[code]:
                yield held.at.under("situations", situations[code], "ask_when").problem(
                    f"the situation `{code}` hangs on `{other}`, which is asked after it", f"put `{other}` before it")


def _derived(held: Held[Definition]) -> Iterator[Problem]:
    edges: dict[str, set[str]] = {}
    for derivation in held.thing.derive:
        edges.setdefault(derivation.path, set()).update(_paths(derivation.using))
    cycle = find_cycle(edges)
    if cycle is not None:
        number = next(n for n, derivation in enumerate(held.thing.derive) if derivation.path == cycle[0])
        yield held.at.under("derive", number).problem(
            "values are derived from one another in a circle: " + " -> ".join(f"`{path}`" for path in cycle),
            "derive one of them from something else")


def _paths(using: Any) -> Iterator[str]:
    if isinstance(using, dict):
        using = list(using.values())
    if isinstance(using, list | tuple):
        for part in using:
            yield from _paths(part)
    elif isinstance(using, str) and using.startswith("$"):
        yield unindexed(using[1:])


def _demanded(tree: Tree, held: Held[Definition], bound: Bound) -> Iterator[Problem]:
    search = Search(held.thing.situations)
    for number, (mine, item) in bound.items():
        for demand in item.materials:
            material = tree.materials.get(demand.material)
            if material is None or not _only_paper(material.thing):
                continue
            narrowed = mine.materials_when.get(demand.material)
            for other, (theirs, issuer) in bound.items():
                both = [mine.when, narrowed, theirs.when]
                if other != number and _issues(issuer, material.thing) and search.possible(both):
                    yield held.at.under("items", number).problem(
                        f"`{item.code}` demands the paper `{demand.material}`, which `{issuer.code}` issues here",
                        "add the way `licence` to the material, or the result to `waits_for`")


def _only_paper(material: Material) -> bool:
    return all(way.way in ("upload", "window") for way in material.ways)


def _issues(item: Item, material: Material) -> bool:
    licences = {way.licence for way in material.ways if way.licence}
    return any(_bare(result.title) == _bare(material.title) or result.licence in licences for result in item.results)


def _bare(title: str) -> str:
    return title.strip("《》〈〉「」\"“” ").partition("（")[0]
