"""Money and measures: 三十万, 1.2万, 5千块, 两万三 a year; 80平, 六斤四两, 39周."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.spoken.numerals import SAID, number
from nlu.entities.found import Span

_DEC = r"[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,6})?"
"""Every row has an end, so that a thousand digits are read in the time of a thousand digits."""
_CN = r"[零〇一二两三四五六七八九十百千万亿半]"
_END = (
    r"(?=$|[^\u4e00-\u9fff0-9A-Za-z]|[的吧呢啊哦左以了就可是到至整正]|首付|贷款|借款|定金|订金|押金|尾款|出头|上下|不到)"
)
_MONEY = re.compile(
    rf"¥ ?{_DEC}[万千]?(?:元)?"
    rf"|(?<![0-9.几{SAID}])(?:{_DEC} ?|[{SAID}])[{SAID}0-9]{{0,24}}[多来]?[万千]? ?"
    rf"(?:元[整正]?|圆|块钱|(?<!一)块(?![儿地砖牌钱])|人民币|rmb)"
    rf"(?:[0-9一二两三四五六七八九](?:角|毛))?"
    rf"|(?<![0-9.])(?:{_DEC} ?[万亿](?:[0-9](?![0-9]))?"
    rf"|[一二两三四五六七八九十][一二两三四五六七八九十百千]{{0,12}}[万亿]"
    rf"[零一二两三四五六七八九十百千]{{0,12}}|(?:[0-9]|[{SAID}])[{SAID}0-9]{{0,24}}[万萬亿億][{SAID}0-9]{{0,24}}|[0-9]千(?:[0-9](?![0-9]))?|[一二两三四五六七八九]千(?:[一二两三四五六七八九]百?)?){_END}"
)
_PER = r"(?= ?[一每](?:个?月|年|个?季度?|天|次|平|亩))"
_TAIL = "[零一二两三四五六七八九十百千]{0,12}?"
_RATE = re.compile(
    rf"(?:(?<![0-9.])(?:{_DEC} ?[万千][0-9]?|[0-9]{{3,15}}(?= ?[一每](?:个?月|个?季)))"
    rf"|(?<![一二两三四五六七八九十百千万])(?:[一二两三四五六七八九十百千]{{1,12}}万{_TAIL}"
    rf"|[一二两三四五六七八九]千{_TAIL}|[一二两三四五六七八九]百{_TAIL}))[多来]?(?:元|块钱?)?{_PER}"
)
"""A sum for a time or a measure. As little as leaves 「一年」 whole: 两万三 of 「两万三一年」, 三万 of 「三万一年」."""
_UNITS = (
    "平方米|平米|平方|平|㎡|m2|亩|公顷|千克|公斤|kg|克|厘米|公分|cm|公里|米|吨|立方米|周|个星期|个月|年|天|个人|人|位|名|"
    "间|层|张|辆|个座|座|套|户|兆|%|％"
)
_JIN = r"(?:[0-9]{1,6}(?:\.[0-9]{1,6})?|[一二两三四五六七八九十半]{1,6})斤(?:(?:[0-9]|[一二两三四五六七八九])两?|半)?"
_NUMBER = re.compile(
    rf"(?<![0-9.\-])(?:{_JIN}|(?:{_DEC}|{_CN}{{1,16}})[多来]? ?(?:{_UNITS}))"
)
_DIGITS = re.compile(rf"[0-9{SAID}]")
_READABLE = re.compile(rf"[0-9{SAID} .,]")
"""What a sum is made of that names no unit of money: it counts only when it is one number."""


def money(plain: str, text: str) -> Iterator[Span]:
    """Sums of money."""
    if _DIGITS.search(plain):
        for found in _MONEY.finditer(plain):
            if _READABLE.sub("", found[0]) or number(found[0].replace(" ", "")) is not None:
                yield Span("money", found[0].strip(), found.start(), found.end())


def rates(plain: str, text: str) -> Iterator[Span]:
    """Sums of money for a time or a measure: looked for before days, which would take the end of the sum for a year."""
    if _DIGITS.search(plain):
        for found in _RATE.finditer(plain):
            yield Span("money", found[0].strip(), found.start(), found.end())


def measures(plain: str, text: str) -> Iterator[Span]:
    """Numbers with what they count."""
    if _DIGITS.search(plain):
        for found in _NUMBER.finditer(plain):
            yield Span("number", found[0].strip(), found.start(), found.end())
