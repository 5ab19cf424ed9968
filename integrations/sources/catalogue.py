"""The catalogue of shared-data sources: what each is called, who owns it, how it is asked and what it can tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from core.content import Source, read, shape

FILE = Path(__file__).with_name("catalogue.yaml")


def _ways(key: object) -> object:
    """``id_number`` · ``uscc or id_number`` · ``[id_number+type, uscc+type]`` -> tuples of key attributes."""
    ways = key.replace(" or ", ",").split(",") if isinstance(key, str) else key
    return [[part.strip() for part in way.split("+")] if isinstance(way, str) else way for way in list(ways or [])]  # type: ignore[call-overload]


class SourceEntry(BaseModel):
    """One source. ``key`` holds the ways of asking, each a tuple of the key attributes it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: str
    owner: str
    key: Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_ways)]
    also: tuple[str, ...] = ()
    match: dict[str, str] = {}
    attributes: dict[str, str]
    kinds: dict[str, tuple[str, ...]] = {}
    """The attribute that says which of several kinds a record is, with all its values; that there is one says little
    then, so papers and conditions must name the kind."""
    valid_days: int = 30
    seconds: float | None = None

    def takes(self, given: dict[str, str]) -> tuple[str, ...] | None:
        """The way of asking that ``given`` key attributes make, or None when they make none."""
        wanted = set(given) - set(self.also)
        fits = (way for way in self.key if set(way) == set(given) or set(way) == wanted)
        return next(fits, None)


class Catalogue:
    """All sources by code."""

    def __init__(self, entries: dict[str, SourceEntry]) -> None:
        self._entries = entries

    @classmethod
    def load(cls, *files: Path) -> Catalogue:
        """The packaged catalogue with further files laid over it, entry by entry. Raises `ContentError`."""
        entries: dict[str, SourceEntry] = {}
        for file in (FILE, *files):
            source = read(file)
            for code, data in source.data.items():
                entry, mistakes = shape(source, SourceEntry, {"code": code, **data}, (code,))
                if entry is None:
                    raise mistakes[0]
                entries[code] = _sound(entry, source)
        return cls(entries)

    def get(self, code: str) -> SourceEntry | None:
        """One source, or None when there is none of that code."""
        return self._entries.get(code)

    def title(self, code: str) -> str:
        """What citizens read for a source; its code when it is unknown."""
        entry = self._entries.get(code)
        return entry.title if entry else code

    def __iter__(self) -> Iterator[SourceEntry]:
        return iter(self._entries.values())

    def __contains__(self, code: str) -> bool:
        return code in self._entries


def _sound(entry: SourceEntry, source: Source) -> SourceEntry:
    if not entry.key or not entry.attributes:
        raise source.error((entry.code,), f"`{entry.code}` has no key or no attributes", "name at least one")
    for name in entry.kinds:
        if name not in entry.attributes:
            wrong = f"`{entry.code}` tells kinds by `{name}`, which it does not tell"
            raise source.error((entry.code,), wrong, "name one of its `attributes`")
    return entry


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The packaged catalogue."""
    return Catalogue.load()


def titles() -> dict[str, str]:
    """Code to title of every packaged source."""
    return {entry.code: entry.title for entry in catalogue()}
