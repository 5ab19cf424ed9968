"""Content is data, checked by the program that runs it: every mistake with its file, its line and what to write."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from forms.lint.conflicts import conflicts
from forms.lint.order import order
from forms.lint.paper import elements, items, materials
from forms.lint.reach import reach
from forms.lint.tree import Problem, Tree
from forms.lint.whole import definitions
from integrations.sources.catalogue import catalogue

PACKAGED = Path(__file__).parent.parent


def check_content(
    folders: list[Path] | None = None, sources: Mapping[str, Collection[str]] | None = None
) -> list[Problem]:
    """Every mistake in the content of ``folders`` (the packaged content when None), by file and line.

    A folder holds ``elements/``, ``items/``, ``definitions/`` and their like. ``sources`` gives the attributes each
    shared-data source tells; the catalogue's when None.
    """
    tree = Tree.load(folders or [PACKAGED])
    known = {entry.code: tuple(entry.attributes) for entry in catalogue()} if sources is None else sources
    tells = {code: tuple(attributes) for code, attributes in known.items()}
    found = [
        *tree.problems, *elements(tree, tells), *materials(tree, tells), *items(tree), *definitions(tree, tells),
        *conflicts(tree), *order(tree), *reach(tree),
    ]
    return sorted(set(found))
