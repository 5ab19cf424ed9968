"""China's gradual delay of the statutory retirement age, in force since 2025, and the least months of contributions.

Decision of the Standing Committee of 13 September 2024: men from 60 to 63 and women from 55 to 58 by a month for
every four months of birth, women from 50 to 55 by a month for every two; contributions from 15 to 20 years by half a
year each year from 2030 to 2039.
"""

from __future__ import annotations

from forms.values.dates import shift_months

_START = {60: 1965 * 12, 55: 1970 * 12, 50: 1975 * 12}
"""Months since year 0 of the first birth month that is delayed, by the age before."""
_STEP = {60: 4, 55: 4, 50: 2}
_MOST = {60: 36, 55: 36, 50: 60}


def delay(birth: str, original_age: int) -> int:
    """Months of delay for a birth date or month (``1970-03...``). Raises KeyError for an age other than 60, 55, 50."""
    since = int(birth[:4]) * 12 + int(birth[5:7]) - 1 - _START[original_age]
    return 0 if since < 0 else min(since // _STEP[original_age] + 1, _MOST[original_age])


def month(birth: str, original_age: int, delayed: bool = True) -> str:
    """The month of reaching retirement age, with the delay or as it was before."""
    months = original_age * 12 + (delay(birth, original_age) if delayed else 0)
    year, number = shift_months(int(birth[:4]), int(birth[5:7]), months)
    return f"{year:04d}-{number:02d}"


def least_months(retiring: str, base: int = 180, step_from: int = 2030) -> int:
    """Months of contributions needed to retire in a month (``2031-07``) or year.

    ``base`` months before ``step_from``, and half a year more in each year from then on, ten times at most.
    """
    return base + 6 * min(max(int(retiring[:4]) - step_from + 1, 0), 10)


def months_between(start: str, end: str) -> int:
    """Whole calendar months from one date or month to another; negative when ``end`` is earlier."""
    return (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])
