"""The one place that knows what time it is. Times are aware and in UTC; days are days in China."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in China."""
    return now().astimezone(CHINA).date()


def in_china(moment: datetime) -> datetime:
    """The same moment on a Chinese wall clock."""
    return moment.astimezone(CHINA)
