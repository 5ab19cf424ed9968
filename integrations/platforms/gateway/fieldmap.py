"""The field map of one province: addresses, names, codes, dates and signatures, all of it configuration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.content import read, shape
from core.errors import ContentError
from integrations.platforms.failures import NAMES
from integrations.platforms.gateway.template import Filter, table
from integrations.platforms.signing import Algorithm, Encoding, Unit

MAPS = Path(__file__).parent.parent / "maps"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Call(_Part):
    """One operation of the platform: where it is and what is sent."""

    method: Literal["GET", "POST"] = "POST"
    path: str
    query: dict[str, str] = {}
    body: Any = None


class Signing(_Part):
    """How requests (or callbacks) are signed. ``over`` names the parts in order."""

    algorithm: Algorithm = "hmac-sm3"
    encoding: Encoding = "hex"
    over: tuple[Literal["method", "path", "caller", "timestamp", "nonce", "body"], ...]
    join: str = "\n"
    unit: Unit = "ms"
    skew: float = 300
    headers: dict[Literal["caller", "timestamp", "nonce", "sign"], str]


class Answers(_Part):
    """Where an answer says how it went, and what its codes mean."""

    code: str
    says: str
    codes: dict[str, str]
    """Theirs to ``OK``, ``DUPLICATE`` or a normalised failure."""
    receipt: dict[str, Any]
    events: str
    """Path of the list of events in the answer to a pull."""

    @model_validator(mode="after")
    def _names(self) -> Answers:
        unknown = set(self.codes.values()) - NAMES - {"OK", "DUPLICATE"}
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))} is not the name of an outcome")
        return self


class Dates(_Part):
    """How moments are written."""

    format: str
    zone: str = "Asia/Shanghai"


class FieldMap(_Part):
    """A whole map. ``event`` is the template that turns one of their events into one of ours."""

    title: str
    calls: dict[Literal["submit", "supplement", "withdraw", "events", "rate", "ping"], Call]
    signing: Signing
    callback: Signing
    answers: Answers
    event: dict[str, Any]
    codes: dict[str, dict[str, Any]] = Field(default_factory=dict)
    dates: Dates
    area_digits: int = 6

    @model_validator(mode="after")
    def _complete(self) -> FieldMap:
        missing = {"submit", "supplement", "withdraw", "events", "rate", "ping"} - set(self.calls)
        if missing:
            raise ValueError(f"calls without an address: {', '.join(sorted(missing))}")
        trees = [self.event, self.answers.receipt, *((call.body, call.query) for call in self.calls.values())]
        unknown = {word for tree in trees for word in _words(tree)} - set(self.filters)
        if unknown:
            raise ValueError(f"no table or filter of the name {', '.join(sorted(unknown))}")
        return self

    @cached_property
    def filters(self) -> dict[str, Filter]:
        """Code tables and date filters by name."""
        own: dict[str, Filter] = {
            "written": self._written, "moment": self._moment, "area": self._area, "text": str, "count": len,
        }
        return own | {name: table(name, codes) for name, codes in self.codes.items()}

    def _written(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self.dates.zone)).strftime(self.dates.format)

    def _moment(self, text: str) -> datetime:
        there = datetime.strptime(text, self.dates.format)  # noqa: DTZ007  the zone follows
        return there.replace(tzinfo=ZoneInfo(self.dates.zone)).astimezone(UTC)

    def _area(self, region: str) -> str:
        return region.ljust(self.area_digits, "0")[: self.area_digits]


def _words(tree: Any) -> Iterator[str]:
    """The tables and filters a template names."""
    if isinstance(tree, str):
        yield from (word.strip() for word in tree.split("|")[1:] if tree.startswith("$"))
    elif isinstance(tree, dict | list | tuple):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from _words(part)


def load_map(name: str) -> FieldMap:
    """The packaged map of this name, or the map in the file it names. Raises `ContentError`."""
    path = Path(name) if name.endswith(".yaml") else MAPS / f"{name}.yaml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in MAPS.glob("*.yaml")))
        raise ContentError(str(path), 1, "there is no such field map", f"one of {known}, or the path of a .yaml file")
    found, errors = shape(read(path), FieldMap)
    if found is None:
        raise errors[0]
    return found
