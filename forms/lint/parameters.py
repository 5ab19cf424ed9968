"""Parameters: one that nobody reads changes nothing; one without a value everywhere else is missing there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.lint.scope import near
from forms.lint.tree import Problem, Tree


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


def _read(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("parameter"), str):
            yield node["parameter"]
        node = list(node.values())
    if isinstance(node, list | tuple):
        for part in node:
            yield from _read(part)
    elif isinstance(node, str) and node.startswith("$parameter."):
        yield node.removeprefix("$parameter.")
