"""Days in what people say and write: where they stand, and which they are on a given day.

One grammar for everybody who meets days: those who look for them in a message, and those who read them from an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.spoken.calendar import WEEKDAYS, Point
from core.spoken.clocks import CLOCK, PART
from core.spoken.day_forms import SAID, TYPED, Form
from core.spoken.day_meanings import of_month, weekday_said

_MAYBE = re.compile(r"[年月日号天前后晚早夜周期拜儿节庆旦诞除小春元端七中重腊]|[0-9][-/.][0-9]|[0-9]{8}|历")
"""Text without any of these holds no day."""
_TIME = re.compile(
    rf"[ ,，的]{{0,2}}T?(?:{PART}[ ,，的]{{0,2}})?{CLOCK}[0-9零〇一二三四五六七八九十半刻多几分秒]*"
    rf"|[ 的]?{PART}(?<![^凌清大一]早)(?<![^傍]晚)(?<![^半深午]夜)"
)
"""A time of day right after a day, with all that looks like more of it."""
_PART_IN_IT = {"晚": "晚", "夜": "晚", "早": "早"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was said, and where: ``until`` is the end of the time of day after it, or of the day itself."""

    start: int
    end: int
    until: int
    form: Form
    match: re.Match[str]

    @property
    def only_day(self) -> bool:
        """Whether no month was said with it, by number or by word: 「5号」."""
        return self.form.means is of_month

    def beside(self, day: date | None) -> bool:
        """Whether it only says which day of the week ``day`` is: 「3月5号（周四）」."""
        said = self.form.means is weekday_said and not self.match.groupdict().get("which")
        return said and day is not None and WEEKDAYS[self.match["weekday"]] == day.weekday()

    def means(self, today: date) -> Point:
        """Which day it is, said on ``today``: as much of it as was said."""
        return self.form.means(self.match, today)

    @property
    def part(self) -> str:
        """The part of the day in the word for the day: 晚 of 「昨晚」; 「昨夜」 is the same night."""
        last = self.match[0][-1:] if self.match.groupdict().get("word") else ""
        return _PART_IN_IT.get(last, "")


def days(text: str) -> Iterator[Day]:
    """Every day in running text, from left to right, no two over one another."""
    if not _MAYBE.search(text):
        return
    found = [(one.start(), order, form, one) for order, form in enumerate(SAID) for one in form.pattern.finditer(text)]
    end = 0
    for start, _, form, match in sorted(found, key=lambda each: each[:2]):
        if start >= end:
            time = _TIME.match(text, match.end())
            end = time.end() if time else match.end()
            yield Day(start, match.end(), end, form, match)


def only_day(text: str) -> Day | None:
    """The day that ``text`` is as a whole, in a way that would mean nothing inside a sentence: 「3.5」."""
    for form in TYPED:
        if match := form.pattern.fullmatch(text):
            return Day(0, len(text), len(text), form, match)
    return None
