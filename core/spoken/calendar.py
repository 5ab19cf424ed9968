"""What words of days mean on a given day: 昨天, 去年, 上个月, 上周五, 国庆; the pieces of the grammar of days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

DAYS = {
    "大前天": -3, "大前儿": -3, "前天": -2, "前日": -2, "前儿个": -2, "前儿": -2, "昨天": -1, "昨日": -1, "昨儿个": -1,
    "昨儿": -1, "今天": 0, "今日": 0, "今儿个": 0, "今儿": 0, "明天": 1, "明日": 1, "明儿个": 1, "明儿": 1,
    "大后天": 3, "后天": 2, "后儿": 2,
}
"""Days from today. A part of the day may be its second half: 昨晚, 今早."""
YEARS = {"今年": 0, "本年": 0, "去年": -1, "大前年": -3, "前年": -2, "明年": 1, "后年": 2}
MONTHS = {"上上个月": -2, "上上月": -2, "这个月": 0, "这月": 0, "本月": 0, "上个月": -1, "上月": -1, "下个月": 1,
          "下月": 1}
WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}
WEEKDAYS = {**{char: day for day, char in enumerate("一二三四五六")}, "日": 6, "天": 6}
HOLIDAYS = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八节": (3, 8), "植树节": (3, 12), "儿童节": (6, 1),
    "六一": (6, 1), "建党节": (7, 1), "七一": (7, 1), "建军节": (8, 1), "八一": (8, 1), "教师节": (9, 10),
    "双十一": (11, 11), "双11": (11, 11), "平安夜": (12, 24), "圣诞": (12, 25),
    "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1),
}
"""Days of the year with a name."""
LONG_HOLIDAYS = frozenset({"五一", "劳动节", "国庆"})
"""Those that are several days off: which one is meant is not said."""
LUNAR_DAYS = "大年三十|年三十|除夕|春节|元宵节?|端午节?|七夕节?|中元节|中秋节?|重阳节?|腊八节?|小年夜?"
"""Days of the farmers' calendar with a name, as a pattern."""


class Point(NamedTuple):
    """What was said of a day: those parts of it that are known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    lunar: bool = False

    @property
    def date(self) -> date | None:
        """The day, when all of it was said and there is such a day."""
        if self.year is None or self.month is None or self.day is None or not 1880 <= self.year <= 2200:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def at(day: date) -> Point:
    """A day as what was said of it."""
    return Point(day.year, day.month, day.day)


def moved(today: date, days: int) -> Point:
    """The day so many days away; nothing known of one too far away."""
    try:
        return at(today + timedelta(days=days))
    except OverflowError:
        return Point()


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """(year, month) moved by a number of months."""
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def last(month: int, day: int, today: date) -> Point:
    """The last such day of the year up to today."""
    this = Point(today.year, month, day)
    return this if this.date and this.date <= today else Point(today.year - 1, month, day)


def last_of_month(day: int, today: date) -> Point:
    """The last such day of a month up to today."""
    for back in (0, -1):
        made = Point(*shift_months(today.year, today.month, back), day)
        if made.date and made.date <= today:
            return made
    return Point(today.year, today.month, day)


def weekday(weeks: int | None, day: int, today: date) -> Point:
    """That day of a week: so many weeks from this one, or with None the last such day up to today."""
    away = day - today.weekday()
    return moved(today, away + 7 * weeks if weeks is not None else away if away <= 0 else away - 7)


def full_year(said: int, today: date, *, short: bool) -> int:
    """A year of four digits, or of two as it is nearest: 98 is 1998."""
    if not short:
        return said
    return 2000 + said if said <= today.year % 100 + 1 else 1900 + said
