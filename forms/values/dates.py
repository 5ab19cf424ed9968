"""Days, months and times the way people write them: 2026年3月5日, 3.5号, 昨天下午三点半, 上周五, 64年3月.

The grammar stands in `core.spoken`; here the answer must be a day and nothing else.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.spoken.calendar import Point, shift_months
from core.spoken.clocks import PART, Clock, clocks
from core.spoken.days import Day, days, only_day
from core.spoken.filler import residue, trimmed, unhedged
from core.spoken.folding import fold
from core.spoken.numerals import FORMAL
from forms.values.wrong import Wrong

__all__ = ["Point", "read_day", "read_moment", "read_month", "shift_months"]

_PART = re.compile(PART)
_APART = re.compile(r"(?<=[0-9])\s+(?=[点时分日号月年])|(?<=[点时年月])\s+(?=[0-9])")
"""Spaces within a day or a time: 「8 点 20 分」."""
_ISO_MARK = re.compile(r"\AT(?=[0-9])")
_AGE = re.compile(r"[0-9一二三四五六七八九十百]周?岁|个月大|满月")

def read_day(text: str, today: date, title: str = "") -> date:
    """The day that ``text`` is; without a year, the last such day up to today. ``title`` is what is asked for.

    Raises `Wrong`: date_lunar, date_age, date_part (a month or a year is no day yet), date.
    """
    day, found, _ = _parsed(text, today, title)
    if day is not None:
        return day
    raise Wrong(_why(text, found))


def read_moment(text: str, today: date, title: str = "") -> tuple[date, str]:
    """The day and the time of day, ``15:30``, that ``text`` is. Raises `Wrong`.

    Reasons: those of a day, datetime, time_missing (date), and datetime_night: it is past midnight, and people do not
    agree to which day that belongs.
    """
    day, found, times = _parsed(text, today, title)
    if day is None:
        reason = _why(text, found)
        raise Wrong("datetime" if reason in ("date", "date_part") else reason)
    if not times:
        raise Wrong("time_missing", date=day.isoformat())
    if len(times) > 1 or times[0].hour is None:
        raise Wrong("datetime")
    if times[0].small_hours:
        raise Wrong("datetime_night")
    return day + timedelta(days=times[0].hour // 24), times[0].text


def read_month(text: str, today: date, title: str = "") -> str | None:
    """``2026-03`` for the month that ``text`` is; without a year, this year's. None when it is none."""
    plain = _plain(text)
    found = _one(plain, today)
    if found is None or found.only_day:
        return None
    left = f"{plain[:found.start]} {plain[found.until:]}"
    if residue(_other_names(left), title):
        return None
    point = found.means(today)
    year = point.year or today.year
    fits = point.month is not None and 1 <= point.month <= 12 and 1880 <= year <= 2200
    return f"{year:04d}-{point.month:02d}" if fits else None


def _plain(text: str) -> str:
    return unhedged(_APART.sub("", fold(text.strip()).translate(FORMAL)))


def _one(plain: str, today: date) -> Day | None:
    """The one day in the text, or that it is; None when there is none, or when there are two."""
    found = list(days(plain))
    if not found:
        return _typed(plain)
    told = found[0].means(today).date
    others = [one for one in found[1:] if not one.beside(told)]
    return found[0] if len({one.means(today) for one in (found[0], *others)}) == 1 else None


def _typed(plain: str) -> Day | None:
    """A day that is all of the text, the filler at its ends aside."""
    bare = plain if only_day(plain) else trimmed(plain)
    found, start = only_day(bare), plain.find(bare)
    return found and Day(start, start + len(bare), start + len(bare), found.form, found.match)


def _parsed(text: str, today: date, title: str) -> tuple[date | None, Point | None, list[Clock]]:
    """The day when the text is one day, what was said of it, and the times of day beside it."""
    plain = _plain(text)
    found = _one(plain, today)
    if found is None:
        found, plain = _beside_clock(plain)
    if found is None:
        return None, None, []
    left, point = f"{plain[:found.start]} {_ISO_MARK.sub(' ', plain[found.end:])}", found.means(today)
    times = list(clocks(left, found.part))
    for time in reversed(times):
        left = f"{left[:time.start]} {left[time.end:]}"
    if point.lunar or residue(_PART.sub("", _other_names(left)), title):
        return None, point if point.lunar else None, times
    return point.date, point, times


def _other_names(left: str) -> str:
    """The text without the same day said again: 「2026年3月5日（上周四）」."""
    for again in reversed(list(days(left))):
        left = left[:again.start] + left[again.end:]
    return left


def _beside_clock(plain: str) -> tuple[Day | None, str]:
    """A day that is all of the text but for the time of day: 「3/5 8:20」; with the text that it stands in."""
    for time in clocks(plain):
        bare = trimmed(_PART.sub("", plain[:time.start]))
        found = only_day(bare)
        if found is not None and plain.startswith(bare):
            return Day(0, len(bare), len(bare), found.form, found.match), plain
    return None, plain


def _why(text: str, found: Point | None) -> str:
    """A day of the farmers' calendar, an age, a year or a month is no day yet: say so, not that it is not clear."""
    if found is not None and found.lunar:
        return "date_lunar"
    if _AGE.search(text):
        return "date_age"
    return "date_part" if found is not None and None in found[:3] else "date"
