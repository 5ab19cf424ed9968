"""Content is data, checked by the program that runs it: every mistake with its file, its line and what to write."""

from __future__ import annotations

from pathlib import Path

from forms.lint.conflicts import conflicts
from forms.lint.gaps import gaps
from forms.lint.kinds import kinds
from forms.lint.likeness import likeness
from forms.lint.offices import offices
from forms.lint.order import order
from forms.lint.paper import Sources, elements, items, materials
from forms.lint.parameters import parameters
from forms.lint.quoted import quoted
from forms.lint.reach import reach
from forms.lint.regions import regions
from forms.lint.tree import Problem, Tree
from forms.lint.untold import untold
from forms.lint.unused import unused
from forms.lint.whole import definitions
from integrations.sources.catalogue import catalogue

PACKAGED = Path(__file__).parent.parent


def check_content(folders: list[Path] | None = None, sources: Sources | None = None) -> list[Problem]:
    """Every mistake in the content of ``folders`` (the packaged content when None), by file and line.

    A folder holds ``elements/``, ``items/``, ``definitions/`` and their like. ``sources`` are the shared-data
    sources there are; the packaged catalogue's when None.
    """
    tree = Tree.load(folders or [PACKAGED])
    known = {entry.code: entry for entry in catalogue()} if sources is None else sources
    found = [
        *tree.problems, *elements(tree, known), *materials(tree, known), *items(tree), *definitions(tree, known),
        *conflicts(tree), *order(tree), *reach(tree), *parameters(tree), *gaps(tree), *regions(tree),
        *offices(tree), *untold(tree), *kinds(tree, known), *unused(tree), *quoted(tree),
        *likeness(tree),
    ]
    return sorted(set(found))
