"""The one place that knows what time it is. Times are aware and in UTC; days are days in China."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in China."""
    moment = now()
    return _day(moment.toordinal(), moment.hour)


@lru_cache(maxsize=4)
def _day(ordinal: int, hour: int) -> date:
    """The day in China of an hour of a day in UTC: asked dozens of times a turn, and the same the whole hour."""
    return datetime.combine(date.fromordinal(ordinal), time(hour), UTC).astimezone(CHINA).date()


def in_china(moment: datetime) -> datetime:
    """The same moment on a Chinese wall clock."""
    return moment.astimezone(CHINA)
