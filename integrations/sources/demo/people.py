"""The invented people and companies: one YAML file a family or company, days written relative to today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from core import clock
from core.content import Source, read, shape

FOLDER = Path(__file__).with_name("people")

_DAY = re.compile(r"\{([+-]?\d{1,5})([dmy])\}")
LATER = 100
"""Place of the families that nothing is said about."""
_LONGEST_NUMBER = 10**10
"""Longer numbers are identifiers that somebody forgot to quote."""


class Login(BaseModel):
    """A person of a family who can sign in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    id_number: str
    phone: str
    level: int = 3
    note: str = ""


class Family(BaseModel):
    """One file: a story, who can sign in, and what each source holds about them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: str
    story: str
    order: int = LATER
    """Place on the sign-in page; the smallest comes first, equals by file name. Below 100: good ones to begin with."""
    logins: tuple[Login, ...] = ()
    records: dict[str, tuple[dict[str, Any], ...]] = {}


@dataclass(frozen=True)
class DemoLogin:
    """A demo login with its family. ``who`` is an opaque name that is no personal data."""

    who: str
    family: str
    title: str
    story: str
    name: str
    id_number: str
    phone: str
    level: int
    note: str
    first: bool
    """Whether a stranger does well to begin with this family."""


def load_families(folder: Path = FOLDER, today: date | None = None) -> tuple[Family, ...]:
    """Every family of a folder, by order and file name. Raises `ContentError` for a file that is not one."""
    return _families(folder, today or clock.today(), changes(folder))


def changes(folder: Path) -> int:
    """A number that is another one when a file of the folder has changed."""
    return sum(path.stat().st_mtime_ns for path in folder.glob("*.yaml"))


@lru_cache(maxsize=8)
def _families(folder: Path, day: date, changed: int) -> tuple[Family, ...]:
    """The families of a folder as it was at its last change, on one day."""
    return tuple(sorted((family for _, family in read_families(folder, day)), key=lambda family: family.order))


def read_families(folder: Path, today: date) -> Iterator[tuple[Source, Family]]:
    """The families with the files they stand in, for whoever wants to point at a line."""
    for path in sorted(folder.glob("*.yaml")):
        source = _parsed(path, path.stat().st_mtime_ns)
        data = in_words(source.data, today)
        if not isinstance(data, dict):
            raise source.error((), "a family file is a mapping", "title, story, logins, records")
        family, mistakes = shape(source, Family, {"code": path.stem, **data})
        if family is None:
            raise mistakes[0]
        yield source, family


@lru_cache(maxsize=1000)
def _parsed(path: Path, changed: int) -> Source:
    """A file as it was at its last change: parsing all of them takes a second, resolving days almost nothing."""
    return read(path)


@lru_cache(maxsize=4)
def _logins(folder: Path, today: date) -> tuple[DemoLogin, ...]:
    return tuple(
        DemoLogin(f"{family.code}-{number}", family.code, family.title, family.story, *_said(login),
                  first=family.order < LATER)
        for family in load_families(folder, today)
        for number, login in enumerate(family.logins, start=1)
    )


def logins(folder: Path = FOLDER) -> tuple[DemoLogin, ...]:
    """Everybody who can sign in, family by family."""
    return _logins(folder, clock.today())


def _said(login: Login) -> tuple[str, str, str, int, str]:
    return login.name, login.id_number, login.phone, login.level, login.note


def in_words(node: Any, today: date) -> Any:
    """Plain data with `{-3d}`, `{+2m}`, `{-25y}` turned into ISO days and everything in the words of the wire."""
    if isinstance(node, dict):
        return {key: in_words(value, today) for key, value in node.items()}
    if isinstance(node, list):
        return [in_words(value, today) for value in node]
    if isinstance(node, str):
        return _DAY.sub(lambda found: _moved(today, int(found[1]), found[2]).isoformat(), node)
    return _word(node)


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and abs(value) >= _LONGEST_NUMBER else value


def _moved(day: date, number: int, unit: str) -> date:
    if unit == "d":
        return day + timedelta(days=number)
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - timedelta(days=1)).day))
