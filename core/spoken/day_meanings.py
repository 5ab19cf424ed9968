"""What the match of a way to say a day means on a given day: all of the day, or those parts of it that were said."""

from __future__ import annotations

import re
from datetime import date

from core.spoken.calendar import (
    DAYS,
    HOLIDAYS,
    LONG_HOLIDAYS,
    MONTHS,
    WEEKDAYS,
    WEEKS,
    YEARS,
    Point,
    at,
    full_year,
    last,
    last_of_month,
    moved,
    shift_months,
    weekday,
)
from core.spoken.numerals import whole

Match = re.Match[str]
READ = "零〇○一二三四五六七八九"


def year_said(match: Match, today: date) -> int | None:
    """The year in figures or by a word: 2024年, 二〇二四年, 24年, 去年; None when none is said or it is no year."""
    said = match["year"]
    if not said:
        return None
    if said in YEARS:
        return today.year + YEARS[said]
    digits = said.rstrip("年").translate(str.maketrans(READ, "000123456789"))
    return full_year(int(digits), today, short=len(digits) == 2) if len(digits) != 3 else None


def month_said(match: Match, today: date) -> Point:
    """A month by its number or by a word, with its day where one was said."""
    day = whole(match["day"]) if match.groupdict().get("day") else None
    year = year_said(match, today)
    if match["near"]:
        return Point(*shift_months(year or today.year, today.month, MONTHS[match["near"]]), day)
    month = whole(match["month"])
    if year is not None or month is None or day is None:
        return Point(year, month, day)
    return last(month, day, today)


def in_figures(match: Match, today: date) -> Point:
    """2024-05-03, 24.5.3."""
    short = len(match["y"]) == 2
    return Point(full_year(int(match["y"]), today, short=short), int(match["m"]), int(match["d"]))


def month_and_day(match: Match, today: date) -> Point:
    """5.3, 5/3日: the last such day up to today."""
    return last(int(match["m"]), int(match["d"]), today)


def year_and_month(match: Match, today: date) -> Point:
    """2024-05, 202405."""
    return Point(int(match["y"]), int(match["m"]))


def lunar(match: Match, today: date) -> Point:
    """A day of the farmers' calendar, which is not converted."""
    return Point(lunar=True)


def day_word(match: Match, today: date) -> Point:
    """昨天, 昨晚; 去年的今天."""
    said = match["word"]
    day = moved(today, DAYS[said if said in DAYS else f"{said[0]}天"])
    return day if not match["year"] or day.year is None else Point(day.year + YEARS[match["year"]], day.month, day.day)


def just_now(match: Match, today: date) -> Point:
    """刚才: today."""
    return at(today)


def away(match: Match, today: date) -> Point:
    """So many days or weeks away is a day; months and years are none yet."""
    count, way = whole(match["count"]), -1 if match["way"] == "前" else 1
    if count is None or match["about"]:
        return Point()
    match match["unit"][-1]:
        case "天" | "日":
            return moved(today, way * count)
        case "周" | "期" | "拜":
            return moved(today, 7 * way * count)
        case "月":
            return Point(*shift_months(today.year, today.month, way * count))
    return Point(today.year + way * count)


def weekday_said(match: Match, today: date) -> Point:
    """「上周五」, 「周三」: the latter is the last one up to today."""
    weeks = WEEKS[match["which"]] if match.groupdict().get("which") else None
    return weekday(weeks, WEEKDAYS[match["weekday"]], today)


def of_month(match: Match, today: date) -> Point:
    """「5号」: the last such day up to today."""
    day = whole(match["day"])
    return Point() if day is None else last_of_month(day, today)


def holiday(match: Match, today: date) -> Point:
    """A day with a name; of several days off the day is not said yet, unless the day itself is meant."""
    name, year = match["holiday"], year_said(match, today)
    month, day = HOLIDAYS[name]
    if match["around"] or (name in LONG_HOLIDAYS and not match["when"]):
        return Point(year, month)
    return Point(year, month, day) if year else last(month, day, today)


def only_year(match: Match, today: date) -> Point:
    """2024年生, 去年底."""
    return Point(year_said(match, today))
