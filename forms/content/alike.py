"""Files of elements, and entries that are like an element of another kind: what is said of a name is said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import ConfigDict, ValidatorFunctionWrapHandler, WrapValidator

from forms.content.element_schema import Code, Element, ElementType, FullCode, Shape


def _as_there(schema: dict[str, Any]) -> None:
    """For editors: what is left out is not what an element has that leaves it out, and the type is never another."""
    schema["properties"].pop("type")
    for part in schema["properties"].values():
        part.pop("default", None)


class Alike(Element):
    """The same datum as another element: what is not written here is what is written there."""

    model_config = ConfigDict(json_schema_extra=_as_there)

    like: FullCode
    """Full code of the element that is defined in full: ``person.name``."""
    title: str = ""
    type: ElementType = "text"


def _alike(value: Any, shaped: ValidatorFunctionWrapHandler) -> Element:
    """An entry with ``like`` may leave out what an element must say."""
    if isinstance(value, Mapping) and "like" in value:
        return Alike.model_validate(value)
    made: Element = shaped(value)
    return made


class ElementFile(Shape):
    """``forms/elements/<kind>.yaml``: all elements of one kind of subject."""

    kind: Code
    title: str
    elements: tuple[Annotated[Element, WrapValidator(_alike, json_schema_input_type=Element | Alike)], ...]


@dataclass(frozen=True)
class Mistake:
    """What is wrong with an entry: its number in the file, the word, and what to write instead."""

    number: int
    word: str
    wrong: str
    write: str


def resolved(files: Sequence[ElementFile]) -> list[tuple[ElementFile, list[Mistake]]]:
    """The files with every ``like`` filled in from the element it names. An entry that cannot be is left as it is."""
    written: dict[str, Element] = {}
    for file in files:
        for element in file.elements:
            written.setdefault(f"{file.kind}.{element.code}", element)
    return [_filled(file, written) for file in files]


def _filled(file: ElementFile, written: Mapping[str, Element]) -> tuple[ElementFile, list[Mistake]]:
    if not any(isinstance(element, Alike) for element in file.elements):
        return file, []
    made: list[Element] = []
    mistakes: list[Mistake] = []
    for number, element in enumerate(file.elements):
        if isinstance(element, Alike):
            wrong = _mistake(f"{file.kind}.{element.code}", number, element, written)
            mistakes += [wrong] if wrong else []
            element = element if wrong else _made(element, written[element.like])
        made.append(element)
    return file.model_copy(update={"elements": tuple(made)}), mistakes


def own_words(element: Alike) -> set[str]:
    """The words that an entry says for itself, beside its code and what it is like."""
    return element.model_fields_set - {"code", "like"}


def _made(element: Alike, there: Element) -> Element:
    """The one it is like, with its own words over it. What is said of the other's neighbours is not taken."""
    own = {word: getattr(element, word) for word in own_words(element)}
    return there.model_copy(update={"apart_from": (), **own, "code": element.code})


def _mistake(code: str, number: int, element: Alike, written: Mapping[str, Element]) -> Mistake | None:
    there = written.get(element.like)
    if element.like == code:
        return Mistake(number, "like", f"`{code}` is like itself", "name the element that is defined in full")
    if there is None:
        close = get_close_matches(element.like, written, 1, 0.6)
        return Mistake(number, "like", f"`{code}` is like `{element.like}`, which is not defined",
                       f"write `{close[0]}`" if close else "name a kind and an element, such as `person.name`")
    if isinstance(there, Alike):
        wrong = f"`{code}` is like `{element.like}`, which is itself like `{there.like}`"
        circle = there.like == code or isinstance(written.get(there.like), Alike)
        return Mistake(number, "like", wrong, "define one of them in full" if circle else f"write `{there.like}`")
    if "type" in element.model_fields_set:
        return Mistake(number, "type", f"`{code}` is like `{element.like}`, and so of its type, {there.type}",
                       "take `type` out, or take `like` out and define it in full")
    return None
