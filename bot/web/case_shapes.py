"""The shapes the API speaks of cases in: every word finished."""

from __future__ import annotations

from pydantic import BaseModel


class CaseBrief(BaseModel):
    """A case in a list."""

    number: str
    one_thing: str
    title: str
    state: str
    says: str
    """The state in words."""
    submitted_at: str
    open: bool
    needs_you: bool


class Cases(BaseModel):
    """My cases, last submitted first."""

    cases: list[CaseBrief]


class ClockOut(BaseModel):
    """Working days: promised, left (below 0 when late), and the day it is due."""

    total: int
    left: int
    due_on: str
    due_words: str
    light: str
    paused: bool
    estimated: bool


class LegOut(BaseModel):
    """One department's part."""

    title: str
    department: str
    state: str
    says: str
    until: str
    results: list[str]


class EntryOut(BaseModel):
    """One thing to correct. ``kind`` is field, situation, material or words."""

    about: str
    kind: str
    title: str
    says: str
    department: str


class CorrectionOut(BaseModel):
    """The one notice of everything to correct."""

    round: int
    due: str
    draft: str
    entries: list[EntryOut]


class ResultOut(BaseModel):
    """What was issued."""

    title: str
    how: str
    department: str


class RatingOut(BaseModel):
    """The rating that was given."""

    stars: int
    tags: list[str]
    words: str


class TimelineOut(BaseModel):
    """One line of what happened."""

    at: str
    says: str


class OtherOut(BaseModel):
    """Somebody else who confirmed, or still has to. ``says`` tells how it stands."""

    key: str
    title: str
    name: str
    """Masked."""
    text: str
    """What they put their name to."""
    state: str
    says: str
    missing: bool


class OwedOut(BaseModel):
    """A paper that is still to come: ``by`` when in words; ``late`` when that is over and only the window takes it."""

    slot: str
    title: str
    department: str
    by: str
    late: bool
    accept: list[str]
    max_mb: int
    where: str
    """Where the window is, in words."""


class CaseOut(CaseBrief):
    """Everything about a case."""

    draft: str
    clock: ClockOut
    legs: list[LegOut]
    others: list[OtherOut]
    owed: list[OwedOut]
    timeline: list[TimelineOut]
    correction: CorrectionOut | None
    results: list[ResultOut]
    reason: str
    remedy: str
    may_rate: bool
    may_withdraw: bool
    rating: RatingOut | None
    rating_tags: dict[str, list[str]]
    numbers: dict[str, int]
