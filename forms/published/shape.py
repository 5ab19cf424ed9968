"""A published guide in our words, with every raw value kept beside what it was mapped to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Need = Literal["required", "conditional", "deferred", "unknown"]
Way = Literal["generated", "licence", "verified", "upload", "unknown"]


@dataclass(frozen=True)
class TheirItem:
    """One service as published. ``promised`` is None where the guide has no number."""

    name: str
    variant: str
    promised: int | None
    result: str
    raw: dict[str, Any] = field(hash=False, compare=False)


@dataclass(frozen=True)
class TheirMaterial:
    """One paper as published; whose it is and which item asks for it is not in the data."""

    name: str
    code: str
    need: Need
    way: Way
    nature: str
    when: str
    source: str
    raw: dict[str, Any] = field(hash=False, compare=False)


@dataclass(frozen=True)
class Claims:
    """What the guide says of itself, before and after; None where it says nothing."""

    days: tuple[int | None, int | None]
    materials: tuple[int | None, int | None]
    visits: tuple[int | None, int | None]
    steps: tuple[int | None, int | None]
    visits_elsewhere: int | None


@dataclass(frozen=True)
class TheirGuide:
    """A whole published guide of one region."""

    file: str
    code: str
    name: str
    region: str
    lead: str
    departments: tuple[str, ...]
    """As they are written; `forms.published.matching.department` knows ours."""
    promised: int | None
    claims: Claims
    items: tuple[TheirItem, ...]
    materials: tuple[TheirMaterial, ...]
    conditions: tuple[str, ...]
    process: tuple[str, ...]
    faq: tuple[tuple[str, str], ...]
    fees: tuple[str, ...]
    windows: tuple[str, ...]
    raw: dict[str, Any] = field(hash=False, compare=False)
    """The whole file as it was read."""
    implemented: str = ""
    """The code of the guide as this area has it."""

    def texts(self) -> tuple[tuple[str, str], ...]:
        """(what it is, text) of everything written in words."""
        return (
            *((f"condition {n}", text) for n, text in enumerate(self.conditions, 1)),
            *((f"step {n}", text) for n, text in enumerate(self.process, 1)),
            *((f"FAQ 「{q}」", a) for q, a in self.faq),
        )
