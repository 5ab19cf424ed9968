"""The clerk of the demo exchange: what a look-up that got this far is answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from core import clock
from integrations.sources.demo.calls import Call, Calls
from integrations.sources.demo.faults import Faults
from integrations.sources.demo.people import FOLDER, changes, load_families
from integrations.sources.demo.register import Mismatch, Register

Ended = Literal["ok", "no_data", "mismatch", "no_purpose", "no_consent", "no_permission", "bad_request"]


@dataclass(frozen=True)
class Asked:
    """A look-up as it arrived."""

    source: str
    key: dict[str, str]
    attributes: tuple[str, ...]
    purpose: str
    purpose_title: str
    items: tuple[str, ...]
    case_no: str
    consent: str
    operator: str


@dataclass(frozen=True)
class Verdict:
    """How a look-up ended, and the records it may take away."""

    ended: Ended
    records: tuple[dict[str, Any], ...] = ()


class Desk:
    """Decides look-ups over today's register and remembers that they were made.

    ``allowed`` maps the sources this application may ask to the attributes it may take; every source of the
    catalogue, whole, when it is None.
    """

    def __init__(
        self, register: Callable[[], Register] | None = None, *, allowed: Mapping[str, Collection[str]] | None = None
    ) -> None:
        self.register = register or register_of(FOLDER)
        self._allowed = allowed
        self.faults, self.calls = Faults(), Calls()

    def decide(self, asked: Asked) -> Verdict:
        """Answer one look-up. Purpose and consent come first, then what this application may see, then the data."""
        verdict = self._verdict(asked)
        self.note(asked, verdict.ended, len(verdict.records))
        return verdict

    def note(self, asked: Asked, ended: str, records: int = 0) -> None:
        """Remember a look-up."""
        named = (asked.source, asked.purpose, asked.case_no, asked.consent)
        self.calls.add(Call(clock.now(), *named, len(asked.attributes), ended, records))

    def _verdict(self, asked: Asked) -> Verdict:
        if not (asked.purpose and asked.purpose_title and asked.items and asked.operator):
            return Verdict("no_purpose")
        if not asked.consent:
            return Verdict("no_consent")
        fault = self.faults.of(asked.source)
        if (fault and fault.kind == "refused") or not self._may(asked):
            return Verdict("no_permission")
        if fault and fault.kind == "no_data":
            return Verdict("no_data")
        return self._found(asked)

    def _may(self, asked: Asked) -> bool:
        entry = self.register().sources.get(asked.source)
        if self._allowed is not None:
            allowed = self._allowed.get(asked.source, ())
        else:
            allowed = entry.attributes if entry else ()
        return bool(asked.attributes) and set(asked.attributes) <= set(allowed)

    def _found(self, asked: Asked) -> Verdict:
        try:
            records = self.register().find(asked.source, asked.key, asked.attributes)
        except LookupError:
            return Verdict("bad_request")
        except Mismatch:
            return Verdict("mismatch")
        return Verdict("ok", tuple(records)) if records else Verdict("no_data")


def register_of(folder: Path) -> Callable[[], Register]:
    """The register of a folder's families as of today; days in it move on at midnight."""

    @lru_cache(maxsize=1)
    def of(day: date) -> Register:
        return _register(folder, day, changes(folder))

    return lambda: of(clock.today())


@lru_cache(maxsize=8)
def _register(folder: Path, day: date, changed: int) -> Register:
    """Made once for all desks of this process."""
    return Register(load_families(folder, day))
