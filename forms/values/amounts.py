"""Numbers the way people write them: 3200, 三千二, 6斤8两, 1万, 两百块, 壹佰贰拾万元整."""

from __future__ import annotations

import re

from core.spoken.filler import residue, trimmed, unhedged
from core.spoken.folding import fold
from core.spoken.numerals import SAID, number

_UNITS: dict[str, dict[str, float]] = {
    "克": {"公斤": 1000, "千克": 1000, "kg": 1000, "斤": 500, "两": 50, "克": 1, "g": 1},
    "公斤": {"公斤": 1, "千克": 1, "kg": 1, "斤": 0.5, "两": 0.05, "克": 0.001, "g": 0.001},
    "厘米": {"米": 100, "厘米": 1, "公分": 1, "cm": 1, "m": 100},
    "平方米": {"平方米": 1, "平方": 1, "平米": 1, "平": 1, "㎡": 1, "m2": 1, "个平方": 1},
    "元": {"元": 1, "块钱": 1, "块": 1, "角": 0.1, "毛": 0.1, "分": 0.01, "圆": 1},
    "周": {"周": 1, "个星期": 1, "星期": 1, "w": 1},
}
_TEN_THOUSAND = 10_000
_IN_FULL = re.compile(r"[万亿元块圆]")
"""In what counts in 万元: says that the sum is named in full, not in 万元."""
_NUMBER = rf"[0-9{SAID}点.,]+"
_COUNTED = re.compile(r"(?:个|口|位|名|人|座|张|间|套|户|辆|台|层|棵|块|吨|毫升|升|毫米|立方米|立方|米|岁)+\Z")
_TIMED = re.compile(r"(?:个)?(?P<unit>月|年|天|日|周|星期)\Z")
_SIGNS = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])|[￥¥]|人民币|rmb")
_WHOLE_SUM = re.compile(r"(?<=[元圆块角分万亿])[整正]\Z")
_FOR_MONTHS = re.compile(r"(?:每个?月|一个月|月)(?=[0-9]|[一二两三四五六七八九十])|(?:/月|[一每]个?月)\Z")
_ROUGH = re.compile(r"多一点|[多来](?![0-9])")
_ANY = rf"[0-9{SAID}]"
_ABOUT = re.compile(
    rf"{_ANY}\s*(?:[多几余来]|出头|[以之][上下内])|几[十百千万]|(?:不到|不足|不止|超过|至少|最多|将近)\D{{0,2}}?{_ANY}"
    rf"|{_ANY}\s*(?:[~～\-–—至到]|或者?)\s*{_ANY}|一二[十百千万]|[两二]三[十百千万]|三四[十百千万]|四五[十百千万]"
    r"|五六[十百千万]|六七[十百千万]|七八[十百千万]|八九[十百千万]"
)
_LETTER = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<letter>[wk])\Z")
_LETTERS = {"w": _TEN_THOUSAND, "k": 1000}


def read_number(text: str, unit: str = "", title: str = "", *, exact: bool = False) -> float | None:
    """The number that ``text`` is, in ``unit`` when the text names another one; None when it is not one number.

    ``unit`` is what the element counts in (克, 厘米, 元 ...), ``title`` what is asked for. With ``exact`` a number that
    is only about right (「一百多」) is none.
    """
    said = _bare(text, title)
    if not exact:
        said = _ROUGH.sub("", said)
    if unit.startswith("元/"):
        said, unit = _FOR_MONTHS.sub("", said) if unit == "元/月" else said.removesuffix(unit[1:]), "元"
    if unit == "万元":
        found = _read(said, "元", title)
        return found / _TEN_THOUSAND if found is not None and _IN_FULL.search(said) else found
    return _read(said, unit, title)


def is_rough(text: str) -> bool:
    """Whether a number was named only about: 「一百多万」, 「五千到八千」, 「不到三十」, 「两三百」."""
    return bool(_ABOUT.search(fold(text)))


def _read(said: str, unit: str, title: str) -> float | None:
    if unit and said.endswith(unit) and (bare := _signed(said.removesuffix(unit))) is not None:
        return bare
    if (bare := _signed(said)) is not None:
        return bare
    if unit in _UNITS:
        return _with_units(said, _UNITS[unit])
    timed = _TIMED.search(said)
    if timed:
        return _signed(said[:timed.start()]) if set(timed["unit"]) & set(unit + title) else None
    return _signed(_COUNTED.sub("", said))


def _bare(text: str, title: str) -> str:
    """The text without what says nothing, and without what is asked for before or after it: 「成交价是120万」."""
    said = unhedged(_SIGNS.sub("", fold(text).lower()))
    said = _WHOLE_SUM.sub("", trimmed(said))
    said = _LETTER.sub(lambda one: f"{float(one['number']) * _LETTERS[one['letter']]:.0f}", said)
    first = re.search(rf"-?[0-9{SAID}]", said)
    if title and first and not residue(said[:first.start()] + "有", title + "有"):
        said = said[first.start():]
    return said.removeprefix("有").removeprefix("就")


def _signed(text: str) -> float | None:
    found = number(text.removeprefix("-"))
    return -found if found is not None and text.startswith("-") else found


def _with_units(text: str, units: dict[str, float]) -> float | None:
    """``6斤8两`` summed in the base unit; a bare number after a unit counts a tenth of it (``六斤八``)."""
    names = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    match = re.fullmatch(rf"(?P<parts>(?:{_NUMBER}?(?:{names}))+)(?P<rest>(?:{_NUMBER})?)", text)
    parts = re.findall(rf"({_NUMBER}?)({names})", match["parts"]) if match else []
    amounts = [number(said) for said, _ in parts]
    if match is None or None in amounts:
        return None
    total = sum(amount * units[unit] for amount, (_, unit) in zip(amounts, parts, strict=True) if amount is not None)
    if not match["rest"]:
        return total
    tail = number(match["rest"])
    if tail is None or tail >= 10:
        return None
    return total + units[parts[-1][1]] * (tail if match["rest"] == "半" else tail / 10)


def tidy(number: float, places: int = 4) -> int | float:
    """Whole numbers as int, others rounded to ``places``."""
    rounded = round(number, places)
    return int(rounded) if rounded == int(rounded) else rounded
