"""What citizens see of a case, as plain data: codes for wording, never sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from cases.clocks import Reading
from cases.corrections.notice import Entry


class View(BaseModel):
    """Computed and read-only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clock(View):
    """Remaining working days; ``light`` is green, yellow or red; ``estimated`` when a calendar is missing."""

    total: int
    left: int
    due_on: date
    light: str
    paused: bool
    estimated: bool

    @classmethod
    def of(cls, reading: Reading) -> Clock:
        """From a reading."""
        return cls(total=reading.total, left=reading.left, due_on=reading.due_on, light=reading.light,
                   paused=reading.paused, estimated=reading.estimated)


class ResultView(View):
    """Something a department issued."""

    title: str
    value: str = ""
    licence_number: str = ""
    url: str = ""
    item: str = ""
    department: str = ""


class LegView(View):
    """One department's part. ``state`` is a wording key under ``leg.``."""

    code: str
    number: str
    title: str
    department: str
    state: str
    phase: str
    says: str
    held: bool
    waits_for: tuple[str, ...]
    """Titles of the parts whose results it waits for."""
    clock: Clock | None
    results: tuple[ResultView, ...]
    platform_number: str = ""


class Moment(View):
    """One line of the timeline: the sentence ``case.event.<what>`` with its params."""

    at: datetime
    what: str
    params: dict[str, Any]
    leg: str = ""
    by_staff: bool = False


class CorrectionView(View):
    """The open notice: what to correct, what may be changed, until when."""

    id: str
    round: int
    entries: tuple[Entry, ...]
    allowed: tuple[str, ...]
    due_on: date | None
    opened_at: datetime


class ConfirmationView(View):
    """What somebody else confirmed, or still has to."""

    key: str
    code: str
    title: str
    """Who they are in this matter."""
    name: str
    """Masked."""
    says: str
    state: str
    """``confirmed``, ``declined``, ``paper``, or ``open`` while a part waits for it."""
    at: datetime | None = None
    level: int = 0
    version: str = ""
    """Of the text."""
    reason: str = ""


class OwedView(View):
    """A paper that is still to come, until when, and what may be given for it."""

    slot: str
    title: str
    department: str
    due_on: date
    late: bool
    """The last day is over: it can only be brought to the window now."""
    accept: tuple[str, ...]
    """Media types."""
    max_mb: int
    where: str
    """Where the window is, in words."""


class RatingView(View):
    """A rating that was given."""

    stars: int
    tags: tuple[str, ...]
    words: str
    at: datetime


class CaseView(View):
    """A case for its citizen. ``state`` is a wording key under ``case.state.``."""

    id: str
    number: str
    one_thing: str
    title: str
    region: str
    state: str
    """The lifecycle's state, or what it means to the citizen: ``needs_you``, ``partly_issued``,
    ``completed_partial`` ..."""
    lifecycle: str
    draft_id: str
    submitted_at: datetime
    ended_at: datetime | None
    clock: Clock
    legs: tuple[LegView, ...]
    timeline: tuple[Moment, ...]
    correction: CorrectionView | None
    results: tuple[ResultView, ...]
    numbers: dict[str, Any]
    reason: str = ""
    remedy: str = ""
    may_rate: bool = False
    may_withdraw: bool = False
    confirmations: tuple[ConfirmationView, ...] = ()
    owed: tuple[OwedView, ...] = ()
    rating: RatingView | None = None
