"""Parameters: one that nobody reads changes nothing, one without a value everywhere else is missing there; those that
words name must be numbers or texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.content import Source, files, read
from core.errors import ContentError
from forms.content.worded import FILLED, FILLED_OF_CATALOGUE, FILLED_OF_ITEMS, PLACE, said
from forms.lint.gaps import texts
from forms.lint.scope import near
from forms.lint.tree import Held, Place, Problem, Tree


def parameters(tree: Tree) -> Iterator[Problem]:
    """Parameters that no condition, rule or derivation reads, and those that only some regions set."""
    things = [*(held.thing for held in tree.definitions.values()), *(held.thing for held in tree.items.values())]
    read = {name for thing in things for name in _read(thing.model_dump(by_alias=True, exclude_none=True))}
    everywhere = {name for held in tree.parameters.values() if not held.thing.region for name in held.thing.values}
    for region in tree.parameters.values():
        for name in region.thing.values:
            if name not in read:
                yield region.at.under("values", name).problem(
                    f"nobody reads the parameter `{name}`", near(name, read, "use it in a condition or a rule"))
            elif name not in everywhere:
                yield region.at.under("values", name).problem(
                    f"the parameter `{name}` has no value in any other region",
                    f"set `{name}` in parameters/default.yaml to what is right where nobody said otherwise")
    yield from _words(tree)


def _words(tree: Tree) -> Iterator[Problem]:
    """Places in words for values that are none, and places where nothing is ever put."""
    values = {name: value for held in tree.parameters.values() for name, value in held.thing.values.items()
              if not held.thing.region or said(value) is None}
    for held in tree.definitions.values():
        yield from _unfilled(held.at.source, FILLED, values)
    for item in tree.items.values():
        yield from _unfilled(item.at.source, FILLED_OF_ITEMS, values)
    shelves: tuple[Mapping[str, Held[Any]], ...] = (tree.kinds, tree.materials, tree.code_sets)
    for source in {held.at.source for shelf in shelves for held in shelf.values()}:
        for at, name in _places(source):
            yield at.problem(f"citizens would read `{{{name}}}` here as it stands",
                             "only words of a one-thing take values of the region: say it there")


def everywhere(folders: list[Path]) -> dict[str, Any]:
    """The parameters that hold where no region says otherwise, from folders of forms content."""
    found: dict[str, Any] = {}
    for path, root in files(folders, "parameters/*.yaml"):
        with suppress(ContentError):  # the check of forms content tells of it
            data = read(path, root.parent).data
            if isinstance(data, dict) and not data.get("region"):
                found |= data.get("values") or {}
    return found


def in_catalogue(source: Source, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Places in a catalogue entry where none of ``values`` is ever put."""
    yield from _unfilled(source, FILLED_OF_CATALOGUE, values)


def _unfilled(source: Source, filled: tuple[str, ...], values: Mapping[str, Any]) -> Iterator[Problem]:
    for at, name in _places(source):
        value = values.get(name)
        if at.keys[0] not in filled:
            yield at.problem(f"citizens would read `{{{name}}}` here as it stands",
                             f"values are put into the words of {', '.join(filled)} only")
        elif name not in values:
            yield at.problem(f"there is no parameter `{name}` to put into these words", near(name, values))
        elif said(value) is None:
            yield at.problem(f"`{name}` is neither a number nor a text: {value}", "say it in words")


def _places(source: Source) -> Iterator[tuple[Place, str]]:
    """Where, and the name, of every place for a value in the words of a file."""
    for keys, text in texts(source.data):
        if "{" in text and keys[-1] != "pattern":
            yield from ((Place(source, keys), name) for name in PLACE.findall(text))


def _read(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("parameter"), str):
            yield node["parameter"]
        node = list(node.values())
    if isinstance(node, list | tuple):
        for part in node:
            yield from _read(part)
    elif isinstance(node, str):
        yield from [node.removeprefix("$parameter.")] if node.startswith("$parameter.") else PLACE.findall(node)
