"""Times of day as people say them: 早上八点二十五, 八点零五分, 差五分九点, 下午三点一刻, 半夜一点, 24点, 08:20.

The grammar stands here once: who looks for a time in running text and who reads one from it use the same patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.spoken.numerals import whole

_MORNING = "后半夜|下半夜|凌晨|清晨|大清早|清早|大早上|一大早|一早|天刚?亮|早上|早晨|早|上午"
_NOON = "正午|中午|晌午"
_AFTERNOON = "午后|下午|傍晚"
_EVENING = "晚上|晚间|晚"
_NIGHT = "大半夜|半夜|深夜|午夜|夜里|夜间|夜晚|夜"
PART = rf"(?:{_MORNING}|{_NOON}|{_AFTERNOON}|{_EVENING}|{_NIGHT})"
"""A part of the day, as a pattern."""
_CN = "一二两三四五六七八九"
_HOUR = rf"(?:[0-9]{{1,2}}|零|〇|[二两]?十[{_CN}]?|[{_CN}])"
_FEW = rf"(?:[{_CN}]?十[{_CN}]?|[{_CN}])"
_MINUTES = rf"(?:[0-9]{{1,2}}|{_FEW})"
_QUARTER = r"[一二两三123]刻钟?"
_MINUTE = (
    rf"(?:半|过?{_QUARTER}|[零〇过]{{1,2}}{_MINUTES}(?:分钟?)?(?!之)|{_MINUTES}分钟?(?!之)|[0-9]{{2}}|[{_CN}]?十[{_CN}]?"
    rf"|差(?:{_QUARTER}|{_MINUTES}分))"
)
_SECONDS = rf"(?:{_MINUTES}秒)?"
_O_CLOCK = r"(?:[点點时時](?!间|候|段|代|刻)(?:钟|整)?)"
CLOCK = (
    rf"(?:差(?:{_QUARTER}|{_MINUTES}分钟?) ?(?:到|就)?{_HOUR}{_O_CLOCK}"
    rf"|{_HOUR} ?{_O_CLOCK} ?(?:{_MINUTE} ?{_SECONDS})?"
    r"|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2}(?:\.[0-9]+)?)?)"
)
"""A time by the clock, as a pattern."""
_TIME = re.compile(
    rf"(?<![0-9{_CN}十])(?<![0-9{_CN}十][.:：\-~到至])(?:(?P<part>{PART})[ ,，的]{{0,2}})?(?P<clock>{CLOCK})"
    r"|(?P<noon>正午)"
)
_PARSED = re.compile(
    rf"差(?:(?P<lack_quarter>[一二两三123])刻钟?|(?P<lack>{_MINUTES})分钟?) ?(?:到|就)?(?P<next>{_HOUR}){_O_CLOCK}"
    rf"|(?P<hour>{_HOUR}) ?{_O_CLOCK} ?(?:(?P<half>半)|过?(?P<quarter>[一二两三123])刻钟?"
    rf"|差(?:(?P<short_quarter>[一二两三123])刻钟?|(?P<short>{_MINUTES})分)"
    rf"|[零〇过]*(?P<minute>{_MINUTES})(?:分钟?)?)? ?{_SECONDS}"
    r"|(?P<h>[0-9]{1,2})[:：](?P<m>[0-9]{2}).*"
)
_MORE = rf"0-9{_CN}十零〇半刻差多几来:："
_REST = re.compile(rf"[ ,，]?(?:[{_MORE}]|[点點分秒](?!娩))[{_MORE}点點分秒]*")
_TWELVE = {"凌晨": 0, "后半夜": 0, "下半夜": 0, "上午": 12}
"""What 「12点」 is with a part of the day before noon; with others it is nothing."""
_AFTER_MIDNIGHT = 5
"""The last hour that is still called night."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day and where it was said: ``hour`` 0 to 24, or None for what is none or half of one (「八点多」)."""

    start: int
    end: int
    hour: int | None
    minute: int
    part: str = ""
    """The part of the day that was said with it."""
    of_evening: bool = False
    """Whether the day itself was called an evening: 「昨晚」."""

    @property
    def text(self) -> str:
        """``08:20``, empty when it is none; midnight at the end of a day is ``00:00``."""
        return "" if self.hour is None else f"{self.hour % 24:02d}:{self.minute:02d}"

    @property
    def small_hours(self) -> bool:
        """Whether it lies after midnight but was called evening, or midnight: the day it belongs to is not clear."""
        called = f"{_EVENING}|{_NIGHT}" if self.hour == 0 else _EVENING
        late = self.of_evening or bool(re.fullmatch(called, self.part))
        return self.hour is not None and self.hour <= _AFTER_MIDNIGHT and late


def clocks(text: str, part: str = "") -> Iterator[Clock]:
    """Every time of day in ``text``, from left to right.

    ``part`` is the part of the day that was said elsewhere, as 「晚」 of 「昨晚」. What looks like more of the time and
    is not understood (「八点多」, 「八点五」) belongs to it, and makes it none: a time is never cut short.
    """
    for found in _TIME.finditer(text):
        if found["noon"]:
            yield Clock(found.start(), found.end(), 12, 0)
            continue
        said, more = found["part"] or part, _REST.match(text, found.end())
        read = None if more else _read(found["clock"])
        hour = read and _of_day(read[0], read[1], said)
        end = more.end() if more else found.end()
        evening = bool(re.fullmatch(_EVENING, part))
        yield Clock(found.start(), end, hour if read else None, read[1] if read else 0, said, evening)


def _read(said: str) -> tuple[int, int] | None:
    """(hour, minute) by the clock face."""
    found = _PARSED.fullmatch(said)
    if found is None:
        return None
    hour = whole(found["hour"] or found["next"] or found["h"])
    minute = whole(found["minute"] or found["m"] or "0")
    if found["half"]:
        minute = 30
    if quarters := whole(found["quarter"] or "0"):
        minute = 15 * quarters
    lack = whole(found["lack"] or found["short"] or "0") or 15 * _quarters(found)
    if hour is None or minute is None or minute > 59 or lack > 59:
        return None
    return ((hour - 1) % 24, 60 - lack) if lack else (hour, minute)


def _quarters(found: re.Match[str]) -> int:
    return whole(found["lack_quarter"] or found["short_quarter"] or "0") or 0


def _of_day(hour: int, minute: int, part: str) -> int | None:
    """The hour of the day, 0 to 24; None where hour and part of the day do not go together."""
    if hour > 24 or (hour == 24 and minute):
        return None
    if not part or hour == 24:
        return hour
    if re.fullmatch(_MORNING, part):
        return hour if hour < 12 else _TWELVE.get(part) if hour == 12 else None
    if re.fullmatch(_NOON, part):
        return hour + 12 if 1 <= hour <= 3 else hour if 10 <= hour <= 15 else None
    if re.fullmatch(_AFTERNOON, part):
        return hour + 12 if 1 <= hour <= 11 else hour if 12 <= hour <= 19 else None
    return _at_night(hour, part)


def _at_night(hour: int, part: str) -> int | None:
    """Six to eleven is before midnight, twelve is midnight, one to five after it; 「晚上五点」 may be either."""
    if hour >= 18 or hour == 0:
        return hour
    if 6 + (not re.fullmatch(_EVENING, part)) <= hour <= 11:
        return hour + 12
    if hour == 12:
        return 0
    return hour if hour <= (3 if re.fullmatch(_EVENING, part) else _AFTER_MIDNIGHT) else None
