"""Numbers the way people write them: 3200, 三千二, 6斤8两, 1万, 两百块."""

from __future__ import annotations

import re
import warnings

import cn2an

_FILLERS = re.compile(
    r"大概|大约|约|差不多|左右|多一点|[多来](?![0-9])|人民币|[,，\s￥¥]|共|是|有|就|哦|吧|呢|的|了$"
)
_UNITS: dict[str, dict[str, float]] = {
    "克": {"公斤": 1000, "千克": 1000, "kg": 1000, "斤": 500, "两": 50, "克": 1, "g": 1},
    "厘米": {"米": 100, "厘米": 1, "公分": 1, "cm": 1, "m": 100},
    "平方米": {"平方米": 1, "平方": 1, "平米": 1, "平": 1, "㎡": 1, "m2": 1, "个平方": 1},
    "元": {"万元": 10000, "元": 1, "块钱": 1, "块": 1, "角": 0.1, "毛": 0.1, "分": 0.01, "圆": 1},
    "万元": {"万元": 1, "亿元": 10000, "元": 0.0001, "块": 0.0001},
    "周": {"周": 1, "个星期": 1, "星期": 1, "w": 1},
}
_TEN_THOUSAND = 10_000
_LARGE = ("万", "亿")
"""What 「三十万」 ends with: the whole sum, also where a field counts in 万元."""
_NUMBER = r"[0-9零〇一二两三四五六七八九十百千万亿半点.廿卅]+"


def plain_number(text: str) -> float | None:
    """A bare number in digits or Chinese numerals, or None."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    if text == "半":
        return 0.5
    half = text.endswith("半") and len(text) > 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = float(cn2an.cn2an(text.removesuffix("半") if half else text, "smart"))
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return found + 0.5 if half else found


def _with_units(text: str, units: dict[str, float]) -> float | None:
    """``6斤8两`` summed in the base unit; a bare number after a unit counts a tenth of it (``六斤八``)."""
    names = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    parts = re.findall(rf"({_NUMBER}?)({names})", text)
    rest = re.sub(rf"({_NUMBER}?)({names})", "", text)
    if not parts:
        return None
    total = 0.0
    for number, unit in parts:
        amount = plain_number(number)
        if amount is None:
            return None
        total += amount * units[unit]
    if rest:
        amount = plain_number(rest)
        if amount is None or amount >= 10:
            return None
        total += amount * units[parts[-1][1]] * (0.5 if rest == "半" else 0.1) / (0.5 if rest == "半" else 1)
    return total


def read_number(text: str, unit: str = "") -> float | None:
    """The number in ``text``, in ``unit`` when the text names another one; None when it is not one number.

    ``unit`` is what the element counts in: 克, 厘米, 元 ... A unit that is not known here is simply cut off.
    """
    text = _FILLERS.sub("", text.strip().lower())
    if unit and text.endswith(unit) and (bare := plain_number(text.removesuffix(unit))) is not None:
        return bare
    if (bare := plain_number(text)) is not None:
        return bare / _TEN_THOUSAND if unit == "万元" and text.endswith(_LARGE) else bare
    if unit in _UNITS:
        return _with_units(text, _UNITS[unit])
    return plain_number(re.sub(r"[个岁天月年次名位人张套间座毫升吨立方米]+$", "", text))


def tidy(number: float, places: int = 4) -> int | float:
    """Whole numbers as int, others rounded to ``places``."""
    rounded = round(number, places)
    return int(rounded) if rounded == int(rounded) else rounded
