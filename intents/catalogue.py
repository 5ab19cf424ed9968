"""The catalogue: what one-things there are, how they are called, what their guide and FAQ say."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from core.content import files, read, shape
from core.errors import ContentError, YijianshiError

PACKAGED = Path(__file__).parent


class CatalogueWrong(YijianshiError):
    """Catalogue files are wrong; the message lists every mistake with file and line."""

    code = "catalogue_wrong"

    def __init__(self, problems: list[ContentError]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


Theme = Literal["family", "work", "care", "age", "home", "opening", "business", "closing", "other"]
THEMES: tuple[Theme, ...] = get_args(Theme)
"""Chapters of life under which people look for a one-thing, in the order they are shown."""


class Question(BaseModel):
    """A question people ask, with its answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str
    a: str
    also: tuple[str, ...] = ()
    """Other ways of asking the same."""


class Entry(BaseModel):
    """One one-thing as citizens meet it: ``intents/catalogue/<code>.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    title: str
    official_title: str = ""
    aliases: tuple[str, ...] = ()
    audience: str = ""
    theme: Theme = "other"
    """The chapter of life under which the list of guides shows it."""
    lead_department: str
    departments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """GB/T 2260 prefixes where it is offered; empty for everywhere."""
    form: str
    """Code of the definition in ``forms/definitions``."""
    guide: str
    fee: str
    delivery: str = ""
    complain: str = ""
    faq: tuple[Question, ...] = ()
    related: tuple[str, ...] = ()
    updated: str
    order: int = 100
    """Place where one-things are offered; the smallest first, equals by code."""


class Catalogue:
    """All entries, by code."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries

    @classmethod
    def load(cls, folders: list[Path] | None = None) -> Catalogue:
        """Read every entry; raises `CatalogueWrong` with all mistakes."""
        entries: dict[str, Entry] = {}
        problems: list[ContentError] = []
        for path, root in files(folders or [PACKAGED], "catalogue/*.yaml"):
            try:
                source = read(path, root)
            except ContentError as problem:
                problems.append(problem)
                continue
            entry, wrong = shape(source, Entry)
            problems += wrong
            if entry and entry.code != path.stem:
                problems.append(source.error(("code",), f"`{entry.code}` stands in {path.name}", f"code: {path.stem}"))
            elif entry:
                entries[entry.code] = entry
        if problems:
            raise CatalogueWrong(problems)
        return cls(dict(sorted(entries.items(), key=lambda pair: (pair[1].order, pair[0]))))

    def __getitem__(self, code: str) -> Entry:
        return self.entries[code]

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def in_region(self, region: str) -> list[Entry]:
        """The entries offered in a region, in the order of their files."""
        return [
            entry for entry in self.entries.values()
            if not entry.regions or any(region.startswith(prefix) for prefix in entry.regions)
        ]
