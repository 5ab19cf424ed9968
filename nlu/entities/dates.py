"""Days and ages: 今年3月5号, 上个月初八, 前天下午三点半, 二〇二六年三月五日, 63年的; 58岁, 五十有八, 满月.

A day stays as it was said; which one it is, is for the form to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.spoken.days import days
from core.spoken.numerals import whole
from nlu.entities.found import Span

_BEFORE = re.compile(r"[以之]前\Z")
_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六七八九十百]{1,5})"
_AGE = re.compile(
    rf"(?<![到至~差\-])(?P<years>[一二三四五六七八九]?十有[一二三四五六七八九]|{_COUNT})周?岁(?!以|之|前|才|的?时|及|到|至|[-~])"
    r"|(?P<old>[一二三四五六七八九]?十有[一二三四五六七八九])(?!个|人|家)"
    rf"|今年(?:都|已经|也|快)?(?P<now>[1-9][0-9]|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=了|$|[,。!?，])"
    rf"|(?P<months>{_COUNT})个(?:多|半)?月大|(?P<month>满月)|(?P<hundred>百日|百天)"
)


def dates(plain: str, text: str) -> Iterator[Span]:
    """Days, with the time of day when it was said."""
    for day in days(plain):
        yield Span("date", _BEFORE.sub("前", plain[day.start:day.until].strip()), day.start, day.until)


def ages(plain: str, text: str) -> Iterator[Span]:
    """Ages, as 「58岁」, 「3个月」 or 「100天」."""
    for found in _AGE.finditer(plain):
        years = found["years"] or found["old"] or found["now"]
        number = whole((years or found["months"] or "").replace("有", ""))
        if years and number is not None:
            yield Span("age", f"{number}岁", found.start(), found.end())
        elif found["months"] and number is not None:
            yield Span("age", f"{number}个月", found.start(), found.end())
        elif not years:
            yield Span("age", "1个月" if found["month"] else "100天", found.start(), found.end())
