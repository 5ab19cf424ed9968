"""What the bank holds and nothing uses: code sets and elements. Parameters: `forms.lint.parameters`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from forms.content.element_schema import Element
from forms.content.schema import Definition
from forms.filling.derive import PARAMETERS
from forms.filling.proofs import OWN_KEYS
from forms.filling.signing_in import OWN
from forms.lint.tree import Held, Problem, Tree
from forms.paths import Path, parse

BORN = ("birth_date", "birth_time")
"""What ages are told by."""


def unused(tree: Tree) -> Iterator[Problem]:
    """Parts of the bank that no one-thing comes to; an item may well stand there before somebody bundles it."""
    sets = {held.thing.code_set for held in tree.elements.values()}
    yield from _idle("code set", tree.code_sets, sets)
    yield from _idle("element", tree.elements, _elements(tree))


def _idle(word: str, shelf: Mapping[str, Held[Any]], used: Collection[str | None]) -> Iterator[Problem]:
    for code, held in shelf.items():
        if code not in used:
            yield held.at.problem(f"nothing uses the {word} `{code}`", "use it, or take it out")


def _elements(tree: Tree) -> set[str]:
    """Full codes of the elements that something names, by path or by what others of their kind are made of."""
    used: set[str] = set()
    spoken = {code: set(_paths(_dump(held.thing))) for code, held in tree.items.items()}
    for definition in tree.definitions.values():
        used |= _in_definition(tree, definition.thing, spoken)
    kinds = {code.partition(".")[0] for code in used}
    used |= {f"{kind}.{name}" for kind in kinds for name in (*OWN, *OWN_KEYS, *BORN)}
    for code, held in tree.elements.items():
        kind = code.partition(".")[0]
        used |= {f"{kind}.{name}" for name in _made_of(held.thing)}
    return used


def _in_definition(tree: Tree, definition: Definition, spoken: Mapping[str, set[Path]]) -> set[str]:
    kinds = {name: subject.kind for name, subject in definition.subjects.items()}
    used = _codes(_paths(_dump(definition)), kinds)
    for one in definition.confirmations:
        kind = kinds.get(one.subject, "")
        used |= {f"{kind}.{name}" for name in (one.name, one.id_number)}
    more = (held.thing.more.get(definition.code, ()) for held in tree.parameters.values())
    for bound in (*definition.items, *(one for part in more for one in part)):
        roles = {role: kinds[subject] for role, subject in bound.roles.items() if subject in kinds}
        used |= _codes((*_paths(_dump(bound)), *spoken.get(bound.item, ())), roles)
    return used


def _dump(thing: BaseModel) -> Any:
    return thing.model_dump(by_alias=True, exclude_unset=True)


def _codes(paths: Iterable[Path], kinds: Mapping[str, str]) -> set[str]:
    """Full codes of the elements that paths come to."""
    return {f"{kinds[path.subject]}.{path.element}" for path in paths if path.subject in kinds}


def _paths(node: Any) -> Iterator[Path]:
    """The paths in a part of a file, keys and values."""
    if isinstance(node, Mapping):
        node = (*node, *node.values())
    if isinstance(node, list | tuple):
        for part in node:
            yield from _paths(part)
    elif isinstance(node, str) and (path := parse(node.removeprefix("$"))) is not None:
        yield path


def _made_of(element: Element) -> Iterator[str]:
    yield from PARAMETERS.get(element.derive or "", ())
    for source in element.sources:
        yield source.by
