"""The bank of content: everything in the folders, read and shaped once, with the line of every part kept at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from core.content import Source
from core.errors import ContentError, NotFound
from forms.content import versions
from forms.content.alike import Alike, ElementFile, resolved
from forms.content.element_schema import Element, Option, Shape
from forms.content.item_schema import Item
from forms.content.material_schema import Material
from forms.content.region_schema import Line, Parameters, Window, layers
from forms.content.schema import Definition
from forms.content.shelf import CodeSet, ContentErrors, MaterialFile, Shelf

PACKAGED = Path(__file__).parent
"""The folder of the content that comes with the program."""


class Bank:
    """Content by code. ``sources[(kind, code)]`` is the file it came from; kinds are element, code_set, material, item,
    definition and parameters, and for an element the code is its full one."""

    def __init__(self) -> None:
        self.kinds: dict[str, ElementFile] = {}
        self.elements: dict[str, Element] = {}
        self.alike: dict[str, str] = {}
        """Full code of an element to the one it is written to be like."""
        self.code_sets: dict[str, CodeSet] = {}
        self.materials: dict[str, Material] = {}
        self.items: dict[str, Item] = {}
        self.definitions: dict[str, Definition] = {}
        self.regions: dict[str, Parameters] = {}
        self.sources: dict[tuple[str, str], Source] = {}
        self._parameters: dict[str, dict[str, Any]] = {}
        self._shared: dict[tuple[str, ...], dict[str, Any]] = {}
        self._versions: dict[str, str] = {}
        self._about: dict[str, versions.About] = {}
        self._meanings: dict[tuple[str, str], str] = {}

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
        bank._put_elements(Shelf(places, "elements/*.yaml", ElementFile, errors).found, errors)
        for codes, source in Shelf(places, "code_sets/*.yaml", CodeSet, errors).found:
            bank._put(bank.code_sets, "code_set", codes.code, codes, source, errors)
        for shelf, source in Shelf(places, "materials/*.yaml", MaterialFile, errors).found:
            for material in shelf.materials:
                bank._put(bank.materials, "material", material.code, material, source, errors)
        for item, source in Shelf(places, "items/*.yaml", Item, errors).found:
            bank._put(bank.items, "item", item.code, item, source, errors)
        for definition, source in Shelf(places, "definitions/*.yaml", Definition, errors).found:
            bank._put(bank.definitions, "definition", definition.code, definition, source, errors)
        for region, source in Shelf(places, "parameters/*.yaml", Parameters, errors).found:
            bank._put(bank.regions, "parameters", region.region, region, source, errors)
        return bank, errors

    def _put_elements(self, found: list[tuple[ElementFile, Source]], errors: list[ContentError]) -> None:
        files = resolved([file for file, _ in found])
        for (file, mistakes), (written, source) in zip(files, found, strict=True):
            self.alike |= {f"{file.kind}.{one.code}": one.like for one in written.elements if isinstance(one, Alike)}
            errors += [source.error(("elements", one.number, one.word), one.wrong, one.write) for one in mistakes]
            self.kinds[file.kind] = file
            for element in file.elements:
                self._put(self.elements, "element", f"{file.kind}.{element.code}", element, source, errors)

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
        """All parameters of a region, the nearest value of each; regions that set none of their own share them."""
        if region not in self._parameters:
            setting = [layer for layer in self.layers(region) if layer.values]
            chain = tuple(layer.region for layer in setting)
            if chain not in self._shared:
                self._shared[chain] = {name: value for layer in setting for name, value in layer.values.items()}
            self._parameters[region] = self._shared[chain]
        return self._parameters[region]

    def windows(self, region: str) -> tuple[Window, ...]:
        """Places to go to that count in a region, the nearest first."""
        return tuple(window for layer in reversed(self.layers(region)) for window in layer.windows
                     if window.below or not window.address or layer.region == region)

    def lines(self, region: str) -> tuple[Line, ...]:
        """Numbers to call, of the nearest region that names any."""
        return next((layer.lines for layer in reversed(self.layers(region)) if layer.lines), ())

    def version(self, code: str) -> str:
        """Content hash (16 hex digits) of a one-thing and all it uses. Raises `NotFound`."""
        if code not in self._versions:
            told = versions.everything(self, self.definition(code), self._about)
            self._versions[code] = versions.fingerprint(told)
        return self._versions[code]

    def unconfirmed(self, code: str, region: str) -> tuple[str, ...]:
        """Names of the values that hold in a region with low confidence and that a one-thing looks at. Raises
        `NotFound`."""
        used = versions.about(self, self.definition(code), self._about).words
        sure = {name: layer.confidence.get(name) for layer in self.layers(region) for name in layer.values}
        return tuple(sorted(name for name, how in sure.items() if how == "low" and name in used))

    def parameters_read(self, code: str) -> frozenset[str]:
        """Names of parameters and other words that a one-thing looks at. Raises `NotFound`."""
        return frozenset(versions.about(self, self.definition(code), self._about).words)

    def meaning(self, code: str, region: str) -> str:
        """A hash of all that a region decides about a one-thing: two regions with the same one handle it alike, apart
        from their windows and numbers to call. Raises `NotFound`."""
        about = versions.about(self, self.definition(code), self._about)
        where = region if about.looks else "/".join(layer.region for layer in self.layers(region))
        if (code, where) not in self._meanings:
            told = versions.told(self, self.definition(code), region, about)
            self._meanings[code, where] = versions.fingerprint(told)
        return self._meanings[code, where]

    @cached_property
    def titles(self) -> dict[str, str]:
        """Source code to the title citizens read."""
        from integrations.sources.catalogue import titles

        return titles()
