"""Clocks in working days, per leg and per case, which stand still while a pause is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

import structlog

from cases.models import Case, Leg, Pause
from core import workdays
from core.clock import in_china, today
from core.workdays import NoCalendar

log = structlog.get_logger(__name__)
Light = Literal["green", "yellow", "red"]
Stretch = tuple[date, date | None]
_YELLOW_SHARE = 0.3


@dataclass(frozen=True)
class Reading:
    """What a clock shows. Days are working days; ``estimated`` when a year's calendar is not known yet."""

    total: int
    used: int
    left: int
    due_on: date
    light: Light
    paused: bool
    estimated: bool


@lru_cache(maxsize=32)
def _alarm(year: int) -> None:
    """Once a process and year: the sweep opens a task for a person beside it."""
    log.error("calendar.missing", year=year)


def due(start: date, days: int) -> tuple[date, bool]:
    """(the day ``days`` working days after ``start``, whether it is an estimate); alarms on a missing calendar."""
    try:
        return workdays.add(start, days), False
    except NoCalendar as missing:
        _alarm(missing.year)
        return workdays.add(start, days, guess=True), True


def read(started: date, total: int, pauses: Iterable[Stretch], day: date) -> Reading:
    """Read a clock on ``day``. A pause that opens and closes on one day counts as nothing."""
    stretches = list(pauses)
    paused = any(until is None for _, until in stretches)
    still = _still(stretches, day)
    guess = not all(workdays.is_known(year) for year in range(started.year, day.year + 1))
    used = _count(started, day, still, guess)
    due_on, estimated = _due(started, total, still, guess)
    return Reading(total, used, total - used, due_on, _light(total, used, day, due_on), paused, estimated or guess)


def _still(stretches: list[Stretch], day: date) -> set[date]:
    """The days that do not count: after the one a pause began on, up to the one it ended on."""
    days: set[date] = set()
    for start, until in stretches:
        end = until or day
        days |= {start + timedelta(days=n) for n in range(1, (end - start).days + 1)}
    return days


def _count(started: date, day: date, still: set[date], guess: bool) -> int:
    days = (started + timedelta(days=n) for n in range(1, (day - started).days + 1))
    return sum(1 for d in days if d not in still and workdays.is_workday(d, guess=guess))


def _due(started: date, total: int, still: set[date], guess: bool) -> tuple[date, bool]:
    on, estimated, left = started, guess, total
    while left > 0:
        on += timedelta(days=1)
        if not estimated and not workdays.is_known(on.year):
            _alarm(on.year)
            estimated = True
        if on not in still and workdays.is_workday(on, guess=estimated):
            left -= 1
    return on, estimated


def _light(total: int, used: int, day: date, due_on: date) -> Light:
    if day > due_on:
        return "red"
    return "yellow" if total - used <= max(1, total * _YELLOW_SHARE) else "green"


async def pause(case_id: UUID, leg_id: UUID | None, reason: str, says: str = "") -> None:
    """Stop the clock of a leg, or of the whole case; stopping twice is stopping once."""
    if not await Pause.filter(case_id=case_id, leg_id=leg_id, reason=reason, until_on__isnull=True).exists():
        await Pause.create(case_id=case_id, leg_id=leg_id, reason=reason, from_on=today(), says=says)


async def resume(case_id: UUID, leg_id: UUID | None, reason: str = "") -> None:
    """Let the clock run again and set the new days it is due on."""
    open_ = Pause.filter(case_id=case_id, leg_id=leg_id, until_on__isnull=True)
    await (open_.filter(reason=reason) if reason else open_).update(until_on=today())
    await set_due(case_id)


async def set_due(case_id: UUID) -> None:
    """Write the due days of a case and its legs where queues can sort by them; most of them stay as they are."""
    case = await Case.get(id=case_id).only("id", "due_on", "ended_at", "promised_days", "submitted_at")
    pauses = await Pause.filter(case_id=case_id).only("id", "leg_id", "from_on", "until_on")
    case_due = case_clock(case, pauses).due_on
    if case.due_on != case_due:
        await Case.filter(id=case_id).update(due_on=case_due)
    legs = Leg.filter(case_id=case_id, clock_started_on__not_isnull=True)
    for leg in await legs.only("id", "due_on", "ended_at", "promised_days", "clock_started_on"):
        clock = leg_clock(leg, pauses)
        if clock and leg.due_on != clock.due_on:
            await Leg.filter(id=leg.id).update(due_on=clock.due_on)


def case_clock(case: Case, pauses: Iterable[Pause], day: date | None = None) -> Reading:
    """The clock of the whole case: it starts with the submission and stands still in every pause, of any leg."""
    end = day or (in_china(case.ended_at).date() if case.ended_at else today())
    stretches = ((p.from_on, p.until_on) for p in pauses)
    return read(in_china(case.submitted_at).date(), case.promised_days, stretches, end)


def leg_clock(leg: Leg, pauses: Iterable[Pause], day: date | None = None) -> Reading | None:
    """The clock of one leg, or None before it was accepted."""
    if leg.clock_started_on is None:
        return None
    end = day or (in_china(leg.ended_at).date() if leg.ended_at else today())
    mine = ((p.from_on, p.until_on) for p in pauses if p.leg_id == leg.id)
    return read(leg.clock_started_on, leg.promised_days, mine, end)
