"""Who acts on a case besides the citizen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from core.errors import NotYours

Role = Literal["reviewer", "supervisor", "operator", "admin"]
SYSTEM = "system"
PLATFORM = "platform"
NOBODY = "erased"
"""In the place of the citizen of a case that was forgotten."""


def citizen(citizen_id: str) -> str:
    """The actor of a citizen in events and the audit log."""
    return f"citizen:{citizen_id}"


@dataclass(frozen=True)
class Staff:
    """A member of staff. An empty department or region means all of them."""

    id: str
    name: str
    role: Role = "reviewer"
    department: str = ""
    region: str = ""

    @property
    def actor(self) -> str:
        """The actor of this person in events and the audit log."""
        return f"staff:{self.id}"

    @property
    def region_prefix(self) -> str:
        """What the codes of the regions below this one begin with: 3301 for 330100."""
        prefix = self.region
        while prefix.endswith("00"):
            prefix = prefix[:-2]
        return prefix

    def covers(self, region: str, departments: Iterable[str]) -> bool:
        """Whether a case of this region and these departments is theirs to see."""
        if not region.startswith(self.region_prefix):
            return False
        return not self.department or self.role in ("supervisor", "admin") or self.department in set(departments)

    def covers_all(self, region: str, departments: Iterable[str]) -> bool:
        """Whether every part of a case is theirs, so that they may decide on the whole of it."""
        return all(self.covers(region, [department]) for department in departments)

    def must_cover(self, region: str, departments: Iterable[str]) -> None:
        """Raise `NotYours` for a case outside this person's department or region."""
        if not self.covers(region, departments):
            raise NotYours()


@dataclass(frozen=True)
class Demand:
    """One thing a citizen is asked to correct: about a path, ``material:key`` or ``situation:code``."""

    about: str
    says: str
