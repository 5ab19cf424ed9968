"""The content tree as it is written: every part with the place where it stands, so that each mistake has a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from core.content import Source, files, read, shape
from core.errors import ContentError
from forms.content.alike import Alike, ElementFile, resolved
from forms.content.element_schema import Element
from forms.content.item_schema import Item
from forms.content.material_schema import Material
from forms.content.region_schema import Parameters
from forms.content.schema import Definition
from forms.content.shelf import CodeSet, MaterialFile
from forms.walking.examples_schema import ExampleFile

Thing = TypeVar("Thing")
Read = TypeVar("Read", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a content file."""

    file: str
    line: int
    wrong: str
    write: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}" + (f" -> {self.write}" if self.write else "")


@dataclass(frozen=True)
class Place:
    """A part of a content file."""

    source: Source
    keys: tuple[str | int, ...] = ()

    def under(self, *keys: str | int) -> Place:
        """A part below this one."""
        return Place(self.source, self.keys + keys)

    def problem(self, wrong: str, write: str = "") -> Problem:
        """A mistake here."""
        return Problem(self.source.shown, self.source.line(*self.keys), wrong, write)


@dataclass(frozen=True)
class Held(Generic[Thing]):
    """Something defined in content, and where."""

    thing: Thing
    at: Place


@dataclass
class Tree:
    """Everything there is, by code; ``problems`` are the mistakes found while reading."""

    elements: dict[str, Held[Element]] = field(default_factory=dict)
    """By full code, such as ``person.name``; what they are like is filled in."""
    alike: dict[str, Alike] = field(default_factory=dict)
    """Those that are like another, as they are written."""
    kinds: dict[str, Held[ElementFile]] = field(default_factory=dict)
    code_sets: dict[str, Held[CodeSet]] = field(default_factory=dict)
    materials: dict[str, Held[Material]] = field(default_factory=dict)
    items: dict[str, Held[Item]] = field(default_factory=dict)
    definitions: dict[str, Held[Definition]] = field(default_factory=dict)
    parameters: dict[str, Held[Parameters]] = field(default_factory=dict)
    examples: dict[str, Held[ExampleFile]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def load(cls, folders: list[Path]) -> Tree:
        """Read the folders of content, later ones laid over earlier ones. Never raises for wrong content."""
        tree = cls()
        tree._hold_elements(list(tree._read(folders, "elements/*.yaml", ElementFile)))
        for group in tree._read(folders, "materials/*.yaml", MaterialFile):
            for number, material in enumerate(group.thing.materials):
                tree._hold(tree.materials, material.code, Held(material, group.at.under("materials", number)))
        for codes in tree._read(folders, "code_sets/*.yaml", CodeSet):
            tree._hold(tree.code_sets, codes.thing.code, codes)
        for item in tree._read(folders, "items/*.yaml", Item):
            tree._hold(tree.items, item.thing.code, item)
        for definition in tree._read(folders, "definitions/*.yaml", Definition):
            tree._hold(tree.definitions, definition.thing.code, definition)
        for region in tree._read(folders, "parameters/*.yaml", Parameters):
            tree._hold(tree.parameters, region.thing.region, region)
        for example in tree._read(folders, "examples/*.yaml", ExampleFile):
            tree._hold(tree.examples, example.thing.one_thing, example)
        return tree

    def _read(self, folders: list[Path], pattern: str, model: type[Read]) -> Iterator[Held[Read]]:
        for path, root in files(folders, pattern):
            try:
                source = read(path, root.parent)
            except ContentError as mistake:
                self.problems.append(_problem(mistake))
                continue
            thing, mistakes = shape(source, model)
            self.problems += [_problem(mistake) for mistake in mistakes]
            if thing is not None:
                yield Held(thing, Place(source))

    def _hold_elements(self, files: list[Held[ElementFile]]) -> None:
        for held, (whole, mistakes) in zip(files, resolved([held.thing for held in files]), strict=True):
            places = [held.at.under("elements", number) for number in range(len(whole.elements))]
            self.problems += [places[one.number].under(one.word).problem(one.wrong, one.write) for one in mistakes]
            self._hold(self.kinds, whole.kind, Held(whole, held.at))
            for written, element, place in zip(held.thing.elements, whole.elements, places, strict=True):
                code = f"{whole.kind}.{element.code}"
                self._hold(self.elements, code, Held(element, place))
                if isinstance(written, Alike):
                    self.alike.setdefault(code, written)

    def _hold(self, group: dict[str, Any], code: str, held: Held[Any]) -> None:
        if code in group:
            first = group[code].at
            self.problems.append(held.at.problem(
                f"`{code}` is defined a second time; it stands already in {first.source.shown}",
                "define it once and use it in both places",
            ))
            return
        group[code] = held


def _problem(mistake: ContentError) -> Problem:
    return Problem(mistake.file, mistake.line, mistake.wrong, mistake.write)
