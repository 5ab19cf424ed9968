"""What a skeleton leaves to be written: the check names it until somebody has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.content import Source
from forms.lint.tree import Place, Problem, Tree

TO_WRITE = "【待写】"
"""Stands before a hint in a skeleton."""


def gaps(tree: Tree) -> Iterator[Problem]:
    """Everything that is still to be written in forms content."""
    shelves: tuple[dict[str, Any], ...] = (
        tree.kinds, tree.code_sets, tree.materials, tree.items, tree.definitions, tree.parameters, tree.examples)
    sources = {held.at.source.shown: held.at.source for shelf in shelves for held in shelf.values()}
    for source in sources.values():
        yield from gaps_in(source)


def gaps_in(source: Source) -> Iterator[Problem]:
    """What is still to be written in one file."""
    for keys, text in texts(source.data):
        if TO_WRITE in text:
            hint = text.replace(TO_WRITE, "").strip()
            yield Place(source, keys).problem(f"still to be written: {hint}", f"write it, without {TO_WRITE}")


def texts(data: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(where, text) of every text in a file."""
    if isinstance(data, dict):
        for key, part in data.items():
            yield from texts(part, (*keys, key))
    elif isinstance(data, list | tuple):
        for number, part in enumerate(data):
            yield from texts(part, (*keys, number))
    elif isinstance(data, str):
        yield keys, data
