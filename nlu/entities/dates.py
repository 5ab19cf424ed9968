"""Days and ages: 今年3月5号, 上个月初八, 前天下午三点半, 63年的; 58岁, 一岁半, 五十有八, 满60, 满月.

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
_YEARS = rf"(?:[一二三四五六七八九]?十有[一二三四五六七八九]|{_COUNT})"
_AGE = re.compile(
    rf"(?<![到至~差\-])(?P<years>{_YEARS})周?岁(?P<half>半)?(?:零?(?P<and>[1-9]|1[01]|[一二两三四五六七八九十])个月)?"
    r"(?!以|之|前|才|的?时|及|到|至|[-~]|多|出头|左右|上下)"
    r"|(?P<old>[一二三四五六七八九]?十有[一二三四五六七八九])(?!个|人|家)"
    rf"|(?:今年|我)(?:都|已经|也|刚|就)?(?P<now>[1-9][0-9]|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=了|$|[,。!?，])"
    rf"|(?:(?P<lunar>虚岁|虚)|周岁|(?<![小大圆美])刚?满了?)(?P<full>[1-9][0-9]{{1,2}}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?"
    r"(?=了|$|[,。!?，])|(?P<round>[一二三四五六七八九]十|[1-9]0)整(?=了|$|[,。!?，])"
    rf"|(?P<months>{_COUNT})个(?:多|半)?月大|(?:出生|生下来|生出来|落地)(?:才|刚|已经|有)*(?P<days>{_COUNT})(?P<unit>天|个月)"
    rf"|(?P<old_days>{_COUNT})天大|(?P<month>满月)|(?P<hundred>百日|百天)|(?P<one>满周岁)"
)
_ABOUT = re.compile(
    r"(?:快|将近|接近|差不多|大概|大约|约|不到|不满|未满|没到|上了|年过|超过|[不未没]|[一二三四五六七八九]到|几)(?:满|要|都)?\Z"
)
"""What stands before an age that is not an exact one."""
_BORDERS = re.compile(r"(?:以上|以下|以前|才能|多|出头|左右|上下|好几)")


def dates(plain: str, text: str) -> Iterator[Span]:
    """Days, with the time of day when it was said."""
    for day in days(plain):
        yield Span("date", _BEFORE.sub("前", plain[day.start:day.until].strip()), day.start, day.until)


def ages(plain: str, text: str) -> Iterator[Span]:
    """Exact ages, as 「58岁」, 「1岁半」, 「3岁2个月」, 「3个月」 or 「58天」; 「六十出头」 and 「快60岁」 are none."""
    for found in _AGE.finditer(plain):
        if _ABOUT.search(plain[max(0, found.start() - 4):found.start()]) or _BORDERS.match(plain, found.end()):
            continue
        if value := _age(found):
            yield Span("age", value, found.start(), found.end())


def _age(found: re.Match[str]) -> str:
    if found["month"] or found["hundred"] or found["one"]:
        return "1个月" if found["month"] else "100天" if found["hundred"] else "1岁"
    years = found["years"] or found["old"] or found["now"] or found["full"] or found["round"]
    said = years or found["months"] or found["days"] or found["old_days"]
    number = whole(said.replace("有", ""))
    if number is None:
        return ""
    if not years:
        return f"{number}{'个月' if found['months'] or found['unit'] == '个月' else '天'}"
    more = whole(found["and"]) if found["and"] else None
    rest = "半" if found["half"] else f"{more}个月" if more else ""
    return f"{'虚岁' if found['lunar'] else ''}{number}岁{rest}"
