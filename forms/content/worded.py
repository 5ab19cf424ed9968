"""Words of a one-thing that hold a number of the region: 「店面在{small_catering_area}平方米以内吗？」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from forms.content.schema import Definition

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""Where the value of a parameter is put."""
FILLED = ("situations", "fields", "rules")
"""The parts of a one-thing whose words are filled in."""
FILLED_OF_ITEMS = ("fee", "note")
"""The words of an item that guides show and fill in."""
FILLED_OF_CATALOGUE = ("guide", "fee", "delivery", "faq")
"""The words of a catalogue entry that are filled in."""
Part = TypeVar("Part", bound=BaseModel)


def names(one: Definition) -> tuple[str, ...]:
    """The parameters that stand in the words of a one-thing."""
    return tuple(sorted({name for part in FILLED for text in _texts(getattr(one, part))
                         for name in PLACE.findall(text)}))


def filled(one: Definition, parameters: Mapping[str, Any]) -> Definition:
    """The one-thing with the values that hold where it is handled; a name without a value stays as it is."""
    changed = {part: _filled(getattr(one, part), parameters) for part in FILLED}
    return one.model_copy(update=changed)


def put(one: Part, fields: tuple[str, ...], parameters: Mapping[str, Any]) -> Part:
    """The same with the values put into the words of these fields; the very same where there is nothing to put."""
    changed = {name: new for name in fields if (new := _filled(old := getattr(one, name), parameters)) is not old}
    return one.model_copy(update=changed) if changed else one


def sentence(text: str, parameters: Mapping[str, Any]) -> str:
    """One text with the values in it; a name without a value stays as it is."""
    return PLACE.sub(lambda found: said(parameters.get(found[1])) or found[0], text)


def says(words: str, sentence: str) -> bool:
    """Whether a sentence is these words with values put in."""
    parts = PLACE.split(words)[::2]
    return re.fullmatch(".+".join(map(re.escape, parts)), sentence, re.DOTALL) is not None


def said(value: Any) -> str | None:
    """A value as it stands in a sentence: 60, 0.5, a text; None for what is no number and no text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return value if isinstance(value, str) else f"{value:.10g}"


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _texts(part)
    elif isinstance(node, BaseModel):
        for _, part in node:
            yield from _texts(part)


def _filled(node: Any, parameters: Mapping[str, Any]) -> Any:
    """The same with its words filled in; the very same where there is nothing to fill."""
    if isinstance(node, str):
        return sentence(node, parameters) if "{" in node else node
    if isinstance(node, tuple):
        parts = tuple(_filled(part, parameters) for part in node)
        return node if all(old is new for old, new in zip(node, parts, strict=True)) else parts
    return _filled_model(node, parameters) if isinstance(node, BaseModel) else node


def _filled_model(node: Part, parameters: Mapping[str, Any]) -> Part:
    changed = {name: new for name, old in node if (new := _filled(old, parameters)) is not old}
    return node.model_copy(update=changed) if changed else node
