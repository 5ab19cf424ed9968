"""What the dialogue sees of stored drafts and of cases: plain data, made for it by `bot.conversation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DraftSight:
    """An unfinished draft."""

    id: str
    one_thing: str
    changed: datetime


@dataclass(frozen=True)
class LegSight:
    """One department's part of a case. ``state`` is a leg state of the cases; ``until`` a date in words, or empty."""

    title: str
    department: str
    state: str
    says: str = ""
    until: str = ""


@dataclass(frozen=True)
class DemandSight:
    """One thing to correct. ``about`` is a path, ``material:key`` or ``situation:code``, or empty for a remark."""

    about: str
    title: str
    says: str


@dataclass(frozen=True)
class OtherSight:
    """Somebody else who confirmed, or still has to."""

    key: str
    title: str
    name: str
    """Masked."""
    says: str
    """How it stands, in words."""
    missing: bool


@dataclass(frozen=True)
class OwedSight:
    """A paper that is still to come; ``late`` when its last day, ``day`` in words, is over."""

    slot: str
    title: str
    department: str
    day: str
    late: bool
    where: str = ""
    """Where the window is, in words."""


@dataclass(frozen=True)
class CaseSight:
    """A case as its citizen may see it."""

    number: str
    one_thing: str
    title: str
    state: str
    """What the state means to the citizen: a key under ``case.state``."""
    draft: str = ""
    legs: tuple[LegSight, ...] = ()
    timeline: tuple[tuple[str, str], ...] = ()
    """(when, what), oldest first."""
    demands: tuple[DemandSight, ...] = ()
    correct_by: str = ""
    results: tuple[tuple[str, str], ...] = ()
    """(title, how to get it)."""
    reason: str = ""
    """Why it was rejected."""
    remedy: str = ""
    open: bool = True
    """Whether anybody still works on it."""
    others: tuple[OtherSight, ...] = ()
    owed: tuple[OwedSight, ...] = ()
    may_rate: bool = False
    may_withdraw: bool = False
