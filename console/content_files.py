"""The files a one-thing is made of, and the problems of the check at their lines. To read only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from console.desk import ConsoleDesk
from core.errors import NotFound
from forms.bank import PACKAGED, Bank
from forms.content.schema import Definition
from forms.lint import Problem
from intents.catalogue import PACKAGED as INTENTS

LIKE = re.compile(r"(?:.*[{,])?\s*(?:- )?like: ([a-z0-9_]+\.[a-z0-9_]+)")
"""A line that names an element by which another is defined."""


@dataclass(frozen=True)
class ContentFile:
    """One file of content: ``name`` is as the check writes it, ``forms/items/birth_certificate.yaml``."""

    name: str
    path: Path

    @property
    def kind(self) -> str:
        """Its folder: ``items``, ``definitions`` ..."""
        return self.name.split("/")[1]

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.path.read_text("utf-8")


@dataclass(frozen=True)
class Line:
    """A line of a file with what is wrong there."""

    number: int
    text: str
    problems: tuple[Problem, ...]


def forms_folders(desk: ConsoleDesk) -> list[Path]:
    """Folders of forms content, later ones laid over earlier ones."""
    folders, laid = list(desk.content) or [PACKAGED], desk.settings.content_dir
    return [*folders, laid / "forms"] if laid and laid / "forms" not in folders else folders


def intents_folders(desk: ConsoleDesk) -> list[Path]:
    """Folders of the catalogue and the utterances, later ones laid over earlier ones."""
    laid = desk.settings.content_dir
    return [INTENTS, *([laid / "intents"] if laid else [])]


def found_file(desk: ConsoleDesk, name: str) -> ContentFile | None:
    """The file in force under a name such as ``forms/items/x.yaml``; None when there is none."""
    part, _, inside = name.partition("/")
    folders = forms_folders(desk) if part == "forms" else intents_folders(desk)
    places = [folder / inside for folder in folders if (folder / inside).is_file()]
    return ContentFile(name, places[-1]) if places else None


def files_of(desk: ConsoleDesk, code: str) -> tuple[ContentFile, ...]:
    """Every file of a one-thing, its own first. Raises `NotFound`."""
    if code not in desk.engine.bank.definitions:
        raise NotFound()
    own = [f"forms/definitions/{code}.yaml", f"intents/catalogue/{code}.yaml", f"intents/utterances/{code}.yml",
           f"forms/examples/{code}.yaml"]
    shared = _shared(desk.engine.bank, desk.engine.bank.definitions[code], _places(desk))
    found = (found_file(desk, name) for name in dict.fromkeys([*own, *shared]))
    return tuple(one for one in found if one is not None)


def file_of(desk: ConsoleDesk, code: str, name: str) -> ContentFile:
    """One file of a one-thing by its name. Raises `NotFound`, also for names that are no file of it."""
    for one in files_of(desk, code):
        if one.name == name:
            return one
    raise NotFound()


def owner_of(desk: ConsoleDesk, name: str) -> str:
    """A one-thing that is made of this file: the one it is named after, else the first that uses it; else nothing."""
    codes, stem = desk.engine.bank.definitions, Path(name).stem
    if stem in codes and not name.startswith("forms/items/"):
        return stem
    return next((code for code in codes if any(one.name == name for one in files_of(desk, code))), "")


def users_of(desk: ConsoleDesk, name: str) -> list[str]:
    """The one-things that are made of this file."""
    return [code for code in desk.engine.bank.definitions if any(one.name == name for one in files_of(desk, code))]


def _places(desk: ConsoleDesk) -> dict[Path, str]:
    """Path to name, for every file of forms content, also for one that another hides now."""
    folders = forms_folders(desk)
    return {path: f"forms/{path.relative_to(root)}" for root in folders for path in root.glob("*/*.yaml")}


def _shared(bank: Bank, definition: Definition, places: dict[Path, str]) -> Iterator[str]:
    """Items, elements, materials and code sets it uses, by the file each stands in."""
    for kind, code in _used(bank, definition):
        source = bank.sources.get((kind, code))
        if source is not None and source.path in places:
            yield places[source.path]


def _used(bank: Bank, definition: Definition) -> Iterator[tuple[str, str]]:
    more = [bound for layer in bank.regions.values() for bound in layer.more.get(definition.code, ())]
    items = [bank.items[bound.item] for bound in (*definition.items, *more) if bound.item in bank.items]
    kinds = {subject.kind for subject in definition.subjects.values()}
    elements = {full: one for full, one in bank.elements.items() if full.partition(".")[0] in kinds}
    yield from (("item", item.code) for item in items)
    yield from (("element", full) for full in elements)
    yield from (("element", bank.alike[full]) for full in elements if full in bank.alike)
    yield from (("material", need.material) for item in items for need in item.materials)
    yield from (("material", told.instead) for told in definition.confirmations if told.instead)
    yield from (("code_set", one.code_set) for one in elements.values() if one.code_set)


@dataclass(frozen=True)
class Whole:
    """The element that an entry is like: its title, and the file where it is defined in full."""

    title: str
    file: str


def wholes(desk: ConsoleDesk, text: str) -> dict[int, Whole]:
    """Line of each ``like`` in a file to the element it names; what does not exist is left to the check."""
    bank, places = desk.engine.bank, _places(desk)
    named = {number: found[1] for number, row in enumerate(text.splitlines(), 1) if (found := LIKE.match(row))}
    return {number: Whole(bank.elements[code].title, places[source.path]) for number, code in named.items()
            if (source := bank.sources.get(("element", code))) is not None and source.path in places}


def lines(text: str, name: str, problems: Iterable[Problem]) -> tuple[Line, ...]:
    """A text by lines, each with the problems of this file that stand there; those below the end at the last."""
    rows = text.splitlines() or [""]
    at: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.file == name:
            at.setdefault(min(max(problem.line, 1), len(rows)), []).append(problem)
    return tuple(Line(number, row, tuple(at.get(number, ()))) for number, row in enumerate(rows, 1))
