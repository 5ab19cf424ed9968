"""The bank of content: everything in the folders, read and shaped once, with the line of every part kept at hand."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from core.content import Source, files, read, shape
from core.errors import ContentError, NotFound, YijianshiError
from forms.content.item_schema import Code, Element, ElementFile, Item, Material, Option, Shape
from forms.content.region_schema import Line, Parameters, layers
from forms.content.schema import Definition

PACKAGED = Path(__file__).parent
"""The folder of the content that comes with the program."""


class CodeSet(Shape):
    """``forms/code_sets/<name>.yaml``: a list of options that several elements share."""

    code: Code
    title: str
    options: tuple[Option, ...]


class MaterialFile(Shape):
    """``forms/materials/*.yaml``."""

    materials: tuple[Material, ...]


class ContentErrors(YijianshiError):
    """The content has mistakes."""

    code = "content"
    wording = "error.content"

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = errors
        super().__init__("\n".join(error.message for error in errors))


Kind = TypeVar("Kind", bound=Shape)


class _Shelf(Generic[Kind]):
    """Files of one pattern, shaped."""

    def __init__(self, folders: list[Path], pattern: str, model: type[Kind], errors: list[ContentError]) -> None:
        self.found: list[tuple[Kind, Source]] = []
        for path, root in files(folders, pattern):
            try:
                source = read(path, root.parent)
            except ContentError as problem:
                errors.append(problem)
                continue
            made, mistakes = shape(source, model)
            errors.extend(mistakes)
            if made is not None:
                self.found.append((made, source))


class Bank:
    """Content by code. ``sources[(kind, code)]`` is the file it came from; kinds are element, code_set, material, item,
    definition and parameters, and for an element the code is its full one."""

    def __init__(self) -> None:
        self.kinds: dict[str, ElementFile] = {}
        self.elements: dict[str, Element] = {}
        self.code_sets: dict[str, CodeSet] = {}
        self.materials: dict[str, Material] = {}
        self.items: dict[str, Item] = {}
        self.definitions: dict[str, Definition] = {}
        self.regions: dict[str, Parameters] = {}
        self.sources: dict[tuple[str, str], Source] = {}
        self._parameters: dict[str, dict[str, Any]] = {}
        self._versions: dict[str, str] = {}

    @classmethod
    def load(cls, folders: Iterable[Path] = (PACKAGED,)) -> Bank:
        """Read all folders, later ones laid over earlier ones. Raises `ContentErrors` with every mistake."""
        bank, errors = cls.read(folders)
        if errors:
            raise ContentErrors(errors)
        return bank

    @classmethod
    def read(cls, folders: Iterable[Path] = (PACKAGED,)) -> tuple[Bank, list[ContentError]]:
        """What can be read, and the mistakes in the rest: for the content check."""
        bank, errors, places = cls(), list[ContentError](), list(folders)
        for elements, source in _Shelf(places, "elements/*.yaml", ElementFile, errors).found:
            bank.kinds[elements.kind] = elements
            for element in elements.elements:
                bank._put(bank.elements, "element", f"{elements.kind}.{element.code}", element, source, errors)
        for codes, source in _Shelf(places, "code_sets/*.yaml", CodeSet, errors).found:
            bank._put(bank.code_sets, "code_set", codes.code, codes, source, errors)
        for shelf, source in _Shelf(places, "materials/*.yaml", MaterialFile, errors).found:
            for material in shelf.materials:
                bank._put(bank.materials, "material", material.code, material, source, errors)
        for item, source in _Shelf(places, "items/*.yaml", Item, errors).found:
            bank._put(bank.items, "item", item.code, item, source, errors)
        for definition, source in _Shelf(places, "definitions/*.yaml", Definition, errors).found:
            bank._put(bank.definitions, "definition", definition.code, definition, source, errors)
        for region, source in _Shelf(places, "parameters/*.yaml", Parameters, errors).found:
            bank._put(bank.regions, "parameters", region.region, region, source, errors)
        return bank, errors

    def _put(
        self, shelf: dict[str, Any], kind: str, code: str, thing: Shape, source: Source, errors: list[ContentError]
    ) -> None:
        if code in shelf:
            first = self.sources[(kind, code)].shown
            errors.append(source.error((), f"{kind} `{code}` is defined twice", f"remove it here or in {first}"))
            return
        shelf[code] = thing
        self.sources[(kind, code)] = source

    def definition(self, code: str) -> Definition:
        """A one-thing. Raises `NotFound`."""
        if code not in self.definitions:
            raise NotFound(f"there is no one-thing `{code}`", code=code)
        return self.definitions[code]

    def options(self, element: Element) -> tuple[Option, ...]:
        """An element's options, its own or those of its code set."""
        if element.options or not element.code_set:
            return element.options
        codes = self.code_sets.get(element.code_set)
        return codes.options if codes else ()

    def layers(self, region: str) -> list[Parameters]:
        """Region files that hold in a region, the most general first."""
        return layers(self.regions, region)

    def parameters(self, region: str) -> Mapping[str, Any]:
        """All parameters of a region, the nearest value of each."""
        if region not in self._parameters:
            merged: dict[str, Any] = {}
            for layer in self.layers(region):
                merged.update(layer.values)
            self._parameters[region] = merged
        return self._parameters[region]

    def windows(self, region: str) -> tuple[dict[str, str], ...]:
        """Service windows of the nearest region that names any."""
        return next((layer.windows for layer in reversed(self.layers(region)) if layer.windows), ())

    def lines(self, region: str) -> tuple[Line, ...]:
        """Numbers to call, of the nearest region that names any."""
        return next((layer.lines for layer in reversed(self.layers(region)) if layer.lines), ())

    def version(self, code: str) -> str:
        """Content hash (16 hex digits) of a one-thing and all it uses. Raises `NotFound`."""
        if code not in self._versions:
            text = json.dumps(self._used(self.definition(code)), ensure_ascii=False, sort_keys=True, default=str)
            self._versions[code] = hashlib.sha256(text.encode()).hexdigest()[:16]
        return self._versions[code]

    def _used(self, definition: Definition) -> dict[str, Any]:
        """Definition, its items, the elements of its subjects, materials, code sets, and parameters named in any."""
        more = [b for layer in self.regions.values() for b in layer.more.get(definition.code, ())]
        items = [self.items[b.item] for b in (*definition.items, *more) if b.item in self.items]
        kinds = {subject.kind for subject in definition.subjects.values()}
        elements = [e for full, e in self.elements.items() if full.partition(".")[0] in kinds]
        materials = {need.material for item in items for need in item.materials}
        materials |= {told.instead for told in definition.confirmations if told.instead}
        sets = {e.code_set for e in elements if e.code_set}
        used: dict[str, Any] = {
            "definition": definition.model_dump(mode="json"),
            "items": [item.model_dump(mode="json") for item in items],
            "elements": [element.model_dump(mode="json") for element in elements],
            "materials": [self.materials[m].model_dump(mode="json") for m in sorted(materials) if m in self.materials],
            "code_sets": [self.code_sets[s].model_dump(mode="json") for s in sorted(sets) if s in self.code_sets],
        }
        words = set(re.findall(r"[a-z][a-z0-9_]*", json.dumps(used)))
        codes = {item.code for item in items}
        used["regions"] = {
            region: _said_of(layer, definition.code, codes, words) for region, layer in sorted(self.regions.items())
        }
        return used

    @cached_property
    def titles(self) -> dict[str, str]:
        """Source code to the title citizens read."""
        from integrations.sources.catalogue import titles

        return titles()


def _said_of(layer: Parameters, one_thing: str, items: set[str], words: set[str]) -> dict[str, Any]:
    """What a region says that a one-thing with these items, naming these words, may notice."""
    told = layer.model_dump(mode="json")
    return {
        "values": {name: value for name, value in told["values"].items() if name in words},
        "limits": {code: limit for code, limit in told["limits"].items() if code in items},
        **{name: told[name].get(one_thing) for name in ("promises", "more", "without")},
    }
