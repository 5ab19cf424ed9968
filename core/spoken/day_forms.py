"""The forms in which people say a day: each a pattern, and which meaning its match has."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from core.spoken.calendar import DAYS, HOLIDAYS, LUNAR_DAYS, MONTHS, YEARS, Point
from core.spoken.clocks import CLOCK, PART
from core.spoken.day_meanings import (
    READ,
    Match,
    away,
    day_word,
    holiday,
    in_figures,
    just_now,
    lunar,
    month_and_day,
    month_said,
    of_month,
    only_year,
    weekday_said,
    year_and_month,
)
from core.spoken.numerals import SMALL


class Form(NamedTuple):
    """One way to say a day."""

    pattern: re.Pattern[str]
    means: Callable[[Match, date], Point]


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_CN = SMALL
N = rf"(?:[0-9]{{1,2}}|[{_CN}]{{1,3}})"
_ALONE = rf"(?<![0-9A-Za-z.])(?<![0-9{_CN}][./\-~、:：到至])"
"""Nothing stands before it that belongs to the same number or to a range."""
_YEAR = rf"(?P<year>(?:[0-9]{{4}}|[0-9]{{2}}|[{READ}]{{2,4}})年|{_any(YEARS)})"
_MONTH = rf"(?:(?P<near>{_any(MONTHS)})|(?P<month>{N})月份?)"
_DAY = (
    rf"(?P<day>[0-9]{{1,2}}(?![0-9])(?![./\-][0-9])(?!个|次|天|家|人|点|时|[{_CN}多几])"
    rf"|[{_CN}]{{1,3}}(?=[日号]|[^\u4e00-\u9fff]|$|{PART}|出?生|吧|的|那|签))"
    rf"[日号]?"
)
_MARKED = rf"(?P<day>{N})[日号]"
_LUNAR_N = rf"(?:初[一二三四五六七八九十1-9]|[十廿卅][{_CN}]?|{N}[日号]?)"
_SPOKEN_OF = r"(?:(?<![\u4e00-\u9fff])|(?<=[在是到于的就过每等今去前年]))"
"""A name of a day is not the name of somebody: 「李国庆」."""
_WHEN = r"(?:那天|那日|当天|当日)"
_AROUND = r"(?:[以之]?[前后]|前后|期间|假期|长假|放假)"
_VAGUE = r"(?:年?底|年?末|年?初|年?中|月底|月初|月末|中旬|上旬|下旬)"
_ON_IT = rf"节?(?P<when>{_WHEN})?(?P<around>{_AROUND})?(?![路街广巷村大幢楼小中军])"
_LONGER = rf"(?:{_any(name for name in HOLIDAYS if len(name) > 2)}|国庆|元旦|圣诞)"


def _form(pattern: str, means: Callable[[Match, date], Point]) -> Form:
    return Form(re.compile(pattern), means)


_UNIT = "天|周|个?星期|个?礼拜|个月|(?<=个半)月"
_COUNTED = rf"(?P<count>[0-9]{{1,4}}|[{_CN}百]{{1,5}}|半|数|好?几)(?P<about>[多来几]|个半)?"
_COUNT = rf"{_COUNTED}(?P<unit>{_UNIT})(?:多|来)?"
_ISO = r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])(?!\.[0-9])"
_COMPACT = r"(?<![0-9])(?P<y>(?:18|19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])"
_BARE_DAY = (
    rf"{_ALONE}(?<![{_CN}第选月路街巷弄道村里区苑楼幢栋]){_MARKED}"
    rf"(?![楼线店门院室库桌车机码文称馆厅窗内后游子常本])"
)
_BEFORE = r"[以之]?(?P<way>前)(?!后)"
SAID: tuple[Form, ...] = (
    _form(rf"(?:农历|阴历|旧历|老历)的?(?:{_YEAR})?(?:闰?(?:[正腊冬]|{N})月)?{_LUNAR_N}", lunar),
    _form(rf"(?:{_YEAR}的?)?(?:(?:{_any(MONTHS)}|{N}月|[正腊冬]月|大年)初[一二三四五六七八九十1-9]"
          rf"|(?:[正腊冬]月|闰{N}月)(?:{_LUNAR_N})?)", lunar),
    _form(rf"(?<![年{_CN}0-9])(?:八月十五|二月二|五月五|七月七|九月九)(?![0-9{_CN}日号点时])", lunar),
    _form(rf"(?:{_YEAR}的?|{_SPOKEN_OF})(?:{LUNAR_DAYS}){_WHEN}?", lunar),
    _form(rf"{_YEAR}的?(?P<holiday>{_any(HOLIDAYS)}){_ON_IT}", holiday),
    _form(rf"{_SPOKEN_OF}(?P<year>)(?P<holiday>{_LONGER}){_ON_IT}", holiday),
    _form(rf"(?<![0-9{_CN}])(?P<year>)(?P<holiday>五一|六一)(?:节|(?={_WHEN}|{_AROUND})){_ON_IT}", holiday),
    _form(rf"{_ALONE}(?:{_YEAR}[ 的]*)?{_MONTH}[ 的]?{_DAY}", month_said),
    _form(_ALONE + _ISO, in_figures),
    _form(_COMPACT, in_figures),
    _form(rf"{_ALONE}(?P<m>[0-9]{{1,2}})[./](?P<d>[0-9]{{1,2}})(?:[日号]|(?=[ ,，]?(?:{PART}[ ,，]?)?{CLOCK}))",
          month_and_day),
    _form(rf"{_ALONE}{_YEAR}[ 的]*{_MONTH}{_VAGUE}?", month_said),
    _form(rf"(?P<near>{_any(MONTHS)})(?:的?{_VAGUE})(?P<year>)(?P<month>)", month_said),
    _form(rf"(?:(?P<year>去年|大前年|前年)的?)?(?P<word>{_any(DAYS)}|[前昨今明][晚夜早])(?![报天子媳童女])", day_word),
    _form(rf"(?<![0-9{_CN}百半]){_COUNT}{_BEFORE}", away),
    _form(r"(?P<which>上上|上|这|本|下)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])", weekday_said),
    _form(rf"(?<![0-9{_CN}每个])(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?=[^\u4e00-\u9fff]|$|[上下早晚中的生去])",
          weekday_said),
    _form(_BARE_DAY, of_month),
    _form(rf"(?<![0-9{READ}])(?P<year>(?:(?:19|20)[0-9]{{2}}|[04-9][0-9]|[{READ}]{{2,4}})年)"
          r"(?=生|出生|属|的?$|的?[,。，])", only_year),
    _form(rf"(?<![0-9{READ}])(?P<year>(?:(?:19|20)[0-9]{{2}}|[{READ}]{{4}})年|{_any(YEARS)})年?"
          r"(?:[底末]|初(?![一二三中])|中(?![考旬秋学])|[上下]半年)", only_year),
)
"""What is found in running text; of two at one place the first counts."""

TYPED: tuple[Form, ...] = (
    _form(r"(?P<y>[0-9]{4}) (?P<m>[0-9]{1,2}) (?P<d>[0-9]{1,2})", in_figures),
    _form(r"(?P<y>[0-9]{2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})", in_figures),
    _form(r"(?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})", month_and_day),
    _form(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})", year_and_month),
    _form(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])", year_and_month),
    _form(rf"(?P<year>){_MONTH}", month_said),
    _form(r"刚才|刚刚", just_now),
    _form(rf"{_COUNT}[以之]?(?P<way>后)", away),
    _form(rf"{_COUNTED}(?P<unit>年)多?[以之]?(?P<way>[前后])", away),
    _form(rf"(?P<year>)(?P<holiday>{_any(HOLIDAYS)})(?P<when>)(?P<around>)", holiday),
    _form(_YEAR, only_year),
    _form(r"初[一二三四五六七八九十1-9]", lunar),
)
"""What counts only where a message is nothing else."""
