"""Working days: the vectors of two years, and what happens without a notice."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import workdays
from core.workdays import NoCalendar


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-09-24", 5, "2026-10-09"), ("2026-09-24", 6, "2026-10-10"), ("2026-02-13", 3, "2026-02-25"),
        ("2025-12-31", 1, "2026-01-04"), ("2026-09-30", 1, "2026-10-08"), ("2026-04-30", 5, "2026-05-11"),
        ("2026-11-20", 1, "2026-11-23"), ("2025-09-26", 3, "2025-09-30"), ("2026-02-28", 1, "2026-03-02"),
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_due_days(start: str, days: int, due: str) -> None:
    assert workdays.add(date.fromisoformat(start), days) == date.fromisoformat(due)


@pytest.mark.parametrize("day", ["2025-01-26", "2025-02-08", "2025-10-11", "2026-01-04", "2026-02-14", "2026-10-10"])
def test_made_up_weekends_are_worked(day: str) -> None:
    assert workdays.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2025-10-08", "2026-02-23", "2026-01-02", "2026-10-07", "2026-11-21"])
def test_days_off(day: str) -> None:
    assert not workdays.is_workday(date.fromisoformat(day))


def test_a_year_without_a_notice_raises() -> None:
    with pytest.raises(NoCalendar) as raised:
        workdays.add(date(2026, 12, 28), 10)
    assert raised.value.year == 2027
    assert not workdays.is_known(2027)


def test_a_guess_still_knows_the_statutory_days() -> None:
    assert not workdays.is_workday(date(2027, 10, 1), guess=True)
    assert workdays.add(date(2026, 12, 31), 1, guess=True) == date(2027, 1, 4)


@given(st.dates(date(2025, 1, 1), date(2026, 9, 1)), st.integers(0, 60))
def test_counting_and_adding_agree(start: date, days: int) -> None:
    assert workdays.count(start, workdays.add(start, days)) == days


def test_no_other_country_is_loaded() -> None:
    """In a process of its own: here others may have asked for them."""
    asked = "import sys; from core import workdays; workdays.is_known(2026); print('holidays.countries' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True).stdout == "False\n"


@pytest.mark.parametrize("year", [2019, 2025, 2026, 2027])
def test_the_days_are_those_of_the_package(year: int) -> None:
    from holidays.countries.china import China

    known = China(years=[year])  # type: ignore[no-untyped-call]
    off, made_up = workdays._days(year)
    assert off == {day for day in known if day.year == year}
    assert made_up == {day for day in known.weekend_workdays if day.year == year}
