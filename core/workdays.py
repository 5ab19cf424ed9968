"""Working days of the Chinese calendar: public holidays, days off in lieu, and weekends that are worked to make up.

The State Council publishes each year's arrangement in a notice late in the year before. A year whose notice is not
known yet raises `NoCalendar`: guessing weekends would promise a citizen a day on which nobody works.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import holidays

from core.clock import in_china
from core.errors import YijianshiError

OPENS, CLOSES = 9, 17
"""Hours of the day (China) between which people work."""
_DAY = timedelta(days=1)
_SATURDAY = 5


class NoCalendar(YijianshiError):
    """The calendar of working days of this year is not known yet: update the ``holidays`` package."""

    code = "no_calendar"
    wording = "error.no_calendar"

    def __init__(self, year: int) -> None:
        super().__init__(f"no notice of holidays is known for {year}: update the `holidays` package", year=year)
        self.year = year


@lru_cache(maxsize=1)
def _china() -> Any:
    """The calendar of China by its file: imported by name, it brings those of all other countries, 8 MB, along."""
    spec = spec_from_file_location("holidays_of_china", Path(holidays.__file__).with_name("countries") / "china.py")
    if spec is None or spec.loader is None:
        raise ImportError("the holidays package has no calendar of China")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.China


@lru_cache(maxsize=32)
def _days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, weekend days worked) of a year, as far as they are known."""
    calendar = _china()(years=[year])
    off = frozenset(day for day in calendar if day.year == year)
    return off, frozenset(day for day in calendar.weekend_workdays if day.year == year)


def is_known(year: int) -> bool:
    """Whether the year's notice is known. Each notice since 2012 names days to make up, so none means no notice."""
    return bool(_days(year)[1])


def is_workday(day: date, *, guess: bool = False) -> bool:
    """Whether offices work on ``day``. Raises `NoCalendar`, unless a ``guess`` from the statutory days will do."""
    if not guess and not is_known(day.year):
        raise NoCalendar(day.year)
    off, made_up = _days(day.year)
    return day in made_up or (day.weekday() < _SATURDAY and day not in off)


def at_work(moment: datetime) -> bool:
    """Whether somebody sits at a counter then: on a working day (guessed where no notice is known) from 9 to 17."""
    local = in_china(moment)
    return is_workday(local.date(), guess=True) and OPENS <= local.hour < CLOSES


def add(start: date, days: int, *, guess: bool = False) -> date:
    """The day on which ``days`` working days after ``start`` end; the day of ``start`` itself does not count."""
    day = start
    for _ in range(days):
        day += _DAY
        while not is_workday(day, guess=guess):
            day += _DAY
    return day


def count(start: date, end: date, *, guess: bool = False) -> int:
    """Working days after ``start`` up to and with ``end``; 0 when ``end`` is not after ``start``."""
    days = range(1, (end - start).days + 1)
    return sum(is_workday(start + n * _DAY, guess=guess) for n in days)
