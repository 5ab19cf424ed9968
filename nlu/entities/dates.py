"""Days and ages: 今年3月5号, 上个月初八, 前天下午三点半, 二〇二六年三月五日, 63年的; 58岁, 五十有八, 满月.

A day stays as it was said; which one it is, is for the form to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span
from nlu.entities.numerals import counted

_CN = "一二两三四五六七八九十廿卅"
_N = rf"(?:[0-9]{{1,2}}|[{_CN}]{{1,3}})"
_YEAR = r"(?:(?:[0-9]{4}|[0-9]{2}|[零〇○一二三四五六七八九]{2,4})年|今年|去年|前年|明年|后年|本年)"
_MONTH = r"(?:上上个?月|上个?月|这个?月|本月|下个?月)"
_PART = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)"
_CLOCK = rf"(?:{_N}[点时](?:钟|整|半|[一三13]刻|(?:[0-9]{{1,2}}|[零{_CN}]{{1,3}})分?)?|[0-9]{{1,2}}:[0-9]{{2}})"
_TIME = rf"(?:[ 的]?{_PART})?(?:[ ,]?{_CLOCK})?"
_DAY = rf"(?:[0-9]{{1,2}}(?![0-9])[日号]?(?!个|次|天|家|人|点)|[{_CN}]{{1,3}}(?:[日号]|(?![\u4e00-\u9fff])))"
_LUNAR = rf"(?:初[一二三四五六七八九十]|[十廿]{_N}|{_N}[日号]?)"
_DATE = re.compile(
    rf"(?:农历|阴历|旧历)的?(?:{_YEAR})?(?:(?:[正腊冬]|{_N})月)?{_LUNAR}"
    rf"|(?:{_YEAR})?(?:{_MONTH}|{_N}月|[正腊]月|大年)(?:初[一二三四五六七八九十])"
    rf"|(?:{_YEAR}[ 的]*)?(?:{_MONTH}|{_N}月份?)[ 的]?{_DAY}{_TIME}"
    rf"|(?<![0-9])[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9]){_TIME}"
    r"|(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    rf"|{_YEAR}[ 的]*{_N}月份?"
    rf"|(?:大前|前|大后|后|昨|今|明)天{_TIME}|[昨今][日晚夜早]{_TIME}"
    rf"|{_N}(?:天|周|个星期)(?:以|之)?前(?!后)"
    rf"|(?:上上|上|这|本|下)个?(?:周|星期|礼拜)[一二三四五六日天]{_TIME}"
    rf"|(?<![0-9{_CN}每])(?:周|星期|礼拜)[一二三四五六日天](?=[^\u4e00-\u9fff]|$|[上下早晚中的生去]){_TIME}"
    rf"|(?<![0-9{_CN}第选月路街巷弄道村里区苑楼幢栋]){_N}[号日](?![楼线店门院室库桌车机码文称馆厅窗内后游子常本]){_TIME}"
    r"|(?<![0-9])(?:(?:19|20)[0-9]{2}|[04-9][0-9]|[零〇○一二三四五六七八九]{2,4})年(?=生|出生|属|的?$|的?[,。])"
)
_BEFORE = re.compile(r"[以之]前\Z")
_MAYBE = re.compile(r"[年月日号天前后晚早夜周期拜]|[0-9]{4}[-/.][0-9]|[0-9]{8}|历")
"""Text without any of these holds no day."""
_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六七八九十百]{1,5})"
_AGE = re.compile(
    rf"(?<![到至~差\-])(?P<years>[一二三四五六七八九]?十有[一二三四五六七八九]|{_COUNT})周?岁(?!以|之|前|才|的?时|及|到|至|[-~])"
    r"|(?P<old>[一二三四五六七八九]?十有[一二三四五六七八九])(?!个|人|家)"
    rf"|今年(?:都|已经|也|快)?(?P<now>[1-9][0-9]|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=了|$|[,。!?，])"
    rf"|(?P<months>{_COUNT})个(?:多|半)?月大|(?P<month>满月)|(?P<hundred>百日|百天)"
)


def dates(plain: str, text: str) -> Iterator[Span]:
    """Days, with the time of day when it was said."""
    if _MAYBE.search(plain):
        for found in _DATE.finditer(plain):
            yield Span("date", _BEFORE.sub("前", found[0].strip()), found.start(), found.end())


def ages(plain: str, text: str) -> Iterator[Span]:
    """Ages, as 「58岁」, 「3个月」 or 「100天」."""
    for found in _AGE.finditer(plain):
        years = found["years"] or found["old"] or found["now"]
        number = counted(years or found["months"] or "")
        if years and number is not None:
            yield Span("age", f"{number}岁", found.start(), found.end())
        elif found["months"] and number is not None:
            yield Span("age", f"{number}个月", found.start(), found.end())
        elif not years:
            yield Span("age", "1个月" if found["month"] else "100天", found.start(), found.end())
