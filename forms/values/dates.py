"""Days, months and times the way people write them: 2026年3月5日, 3月5号, 昨天下午三点半, 上周五, 64年3月."""

from __future__ import annotations

import re
from datetime import date, timedelta

from forms.values.amounts import plain_number

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0, "今早": 0,
         "今晚": 0, "刚刚": 0, "刚才": 0, "明天": 1, "后天": 2, "大后天": 3}
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_MONTHS = {"这个月": 0, "本月": 0, "上个月": -1, "上月": -1, "上上个月": -2, "下个月": 1, "下月": 1}
_WEEK = {**{c: i for i, c in enumerate("一二三四五六")}, "日": 6, "天": 6}
_CN = r"[一二三四五六七八九十廿卅两零〇]+"


def _digits(text: str) -> str:
    """Chinese numerals before 年月日号点分时 and days ago as digits; years digit by digit."""
    text = re.sub(r"[〇零○一二三四五六七八九]{2,4}(?=年)", lambda m: m[0].translate(_DIGITS), text)
    return re.sub(rf"(?<!周)(?<!星期)(?<!礼拜){_CN}(?=[月日号點点时分年天周]|个月|个星期|个小时|岁)", _small, text)


def _small(match: re.Match[str]) -> str:
    number = plain_number(match[0].replace("廿", "二十").replace("卅", "三十"))
    return match[0] if number is None or number != int(number) else str(int(number))


def _year(text: str, today: date) -> int:
    number = int(text)
    if len(text) > 2:
        return number
    return 2000 + number if number <= today.year % 100 + 1 else 1900 + number


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """(year, month) moved by a number of months."""
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def _relative(text: str, today: date) -> date | None:
    for word in sorted(_DAYS, key=len, reverse=True):
        if word in text:
            return today + timedelta(days=_DAYS[word])
    if match := re.search(r"(?<!\d)(\d{1,5})(天|周|个星期)(前|后)", text):
        days = int(match[1]) * (1 if match[2] == "天" else 7)
        return today + timedelta(days=-days if match[3] == "前" else days)
    if match := re.search(r"(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])", text):
        weeks = {"上上": -2, "上": -1, "下": 1}.get(match[1] or "", 0)
        return today + timedelta(days=_WEEK[match[2]] - today.weekday() + 7 * weeks)
    return None


def _month_of(text: str, today: date) -> tuple[int, int, str] | None:
    """(year, month, the rest) when the text names a month by year and month or by a word."""
    for word in sorted(_MONTHS, key=len, reverse=True):
        if word in text:
            year, month = shift_months(today.year, today.month, _MONTHS[word])
            return year, month, text.split(word, 1)[1]
    for word, by in _YEARS.items():
        text = text.replace(word, f"{today.year + by}年")
    if match := re.match(r"\D*(\d{4}|\d{2})\s*[年./-]\s*(\d{1,2})(?!\d)(?:\s*月(?:份)?|\s*[./-]|$)?(.*)", text):
        return _year(match[1], today), int(match[2]), match[3]
    if match := re.match(r"\D*(\d{4})(\d{2})(\d{2})?(?!\d)(.*)", text):
        return int(match[1]), int(match[2]), (match[3] or "") + match[4]
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1880 <= year <= 2200 else None
    except ValueError:
        return None


def read_date(text: str, today: date) -> date | None:
    """The day in ``text``; without a year, the last such day up to today. None when it names no one day that exists."""
    text = _digits(text.strip())
    if (day := _relative(text, today)) is not None:
        return _made(day.year, day.month, day.day)
    if (found := _month_of(text, today)) is not None:
        match = re.match(r"\s*(\d{1,2})(?!\d)\s*[日号]?", found[2])
        return _made(found[0], found[1], int(match[1])) if match else None
    if match := re.match(r"\D*(\d{1,2})\s*(?:月(?:份)?|[./-])\s*(\d{1,2})(?!\d)", text):
        this = _made(today.year, int(match[1]), int(match[2]))
        return this if this and this <= today else _made(today.year - 1, int(match[1]), int(match[2]))
    if match := re.match(r"\D*(\d{1,2})\s*[日号]", text):
        for back in (0, -1):
            made = _made(*shift_months(today.year, today.month, back), int(match[1]))
            if made and made <= today:
                return made
    return None


def read_month(text: str, today: date) -> str | None:
    """``2026-03`` for the month in ``text``; without a year, this year's. None when it names none."""
    text = _digits(text.strip())
    found = _month_of(text, today)
    if found is None and (match := re.match(r"\D*(\d{1,2})\s*月", text)):
        found = today.year, int(match[1]), ""
    if found is None and (day := _relative(text, today)) is not None:
        found = day.year, day.month, ""
    if found is None or not (1 <= found[1] <= 12 and 1880 <= found[0] <= 2200):
        return None
    return f"{found[0]:04d}-{found[1]:02d}"


_AFTERNOON = ("下午", "傍晚", "晚上", "晚", "夜里", "夜")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:：](\d{2})(?::\d{2})?|[点时點](?:钟|整)?\s*(半|[一1]刻|[三3]刻|\d{1,2}分?)?)")


def read_time(text: str) -> str | None:
    """``15:30`` for a time of day in ``text``, or None when there is none."""
    found = list(_CLOCK.finditer(_digits(text.replace("T", " "))))
    if not found:
        return "12:00" if "正午" in text or text.endswith("中午12点") else None
    match = found[-1]
    hour, said = int(match[1]), match[2] or match[3] or "0"
    minute = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45}.get(said)
    minute = int(said.rstrip("分")) if minute is None else minute
    if hour < 12 and (any(word in text for word in _AFTERNOON) or ("中午" in text and hour < 4)):
        hour += 12
    if hour == 12 and any(word in text for word in ("凌晨", "半夜", "夜里", "晚上")):
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
