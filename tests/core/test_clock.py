"""Days are days in China, whatever the hour and the year."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.clock import now, today


@pytest.mark.parametrize(("moment", "day"), [
    ("2026-11-22T15:59:59.999999", "2026-11-22"), ("2026-11-22T16:00:00", "2026-11-23"),
    ("2026-12-31T16:00:00", "2027-01-01"), ("2028-02-28T16:30:00", "2028-02-29"),
    ("1988-07-01T14:30:00", "1988-07-01"), ("1988-07-01T15:30:00", "1988-07-02"),
])
def test_the_day_in_china(moment: str, day: str) -> None:
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False):
        assert today() == date.fromisoformat(day)


def test_the_day_turns_while_the_program_runs() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC), tick=False) as traveller:
        days = [today()]
        traveller.shift(1)
        days.append(today())
        traveller.shift(-1)
        days.append(today())
        assert [day.day for day in days] == [22, 23, 22]
        assert now().tzinfo is UTC
