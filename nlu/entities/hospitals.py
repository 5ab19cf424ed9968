"""Hospitals: by their name, by what people call them (``hospitals.yaml``), and by names that do not say what they are.

「市一院」 stays as it was said, 「安心妇产」 is the one listed so; 「在妇幼生的」 names one, 「妇幼」 alone does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from core.content import read
from nlu.entities.found import Span
from nlu.entities.places import HAN, begin_of

FILE = Path(__file__).with_name("hospitals.yaml")
_NAME = re.compile(
    r"(?:医院|保健院|妇保院?|妇院|儿院|妇幼(?!保健|院)|卫生院|卫生所|卫生服务中心|(?<=[市省县区大军医])[一二三四五六七八九]院|(?<=[市省县区])医(?![院保疗生药]))"
)
_NUMBERED = re.compile(r"(?<![0-9])[0-9]{2,3}\Z")
_MARK = re.compile(r"院|妇[保幼]|卫生|[市省县区]医")
_ANY = re.compile(
    r"(?:什么|啥|哪|这|那|个|家|(?<![浙川山河北武厦南清东交])大|小|好|私立|外省|本省|外地|本地|老家|镇上|我们?|的|当地|定点|公立|接生|同意|一家|市区|全|各|每|不|宠物|三甲|后)+\Z"
)
_THERE = r"(?=(?:里|那儿|那里|那边)?(?:生|出生|接生|产|剖|住院|住了|看|做|抢救|走的|去世|开的|建的?档))"


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    """What people say to the whole name."""
    listed = read(FILE).data["hospitals"]
    return {str(said): str(one["name"]) for one in listed for said in (one["name"], *one["also"])}


@lru_cache(maxsize=1)
def _listed() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_called(), key=len, reverse=True))))


@lru_cache(maxsize=1)
def _short() -> re.Pattern[str]:
    """A name that does not say what it is, where something was done."""
    words = "|".join(map(re.escape, sorted(map(str, read(FILE).data["short"]), key=len, reverse=True)))
    return re.compile(rf"(?<=[在到去])(?:[\u4e00-\u9fff]{{1,4}}?)?(?:{words}){_THERE}")


def hospitals(plain: str, text: str) -> Iterator[Span]:
    """Hospitals from left to right; 「医院」 alone is none. A listed one has its whole name as value."""
    if _MARK.search(plain):
        yield from _named(plain, text)
    for found in _listed().finditer(plain):
        yield Span("hospital", _called()[found.group()], found.start(), found.end())
    for found in _short().finditer(plain):
        yield Span("hospital", text[found.start():found.end()], found.start(), found.end())


def _digits(plain: str, end: int) -> int:
    """Where the number before 医院 begins: 301医院."""
    number = _NUMBERED.search(plain, max(0, end - 4), end)
    return number.start() if number else end


def _named(plain: str, text: str) -> Iterator[Span]:
    for found in _NAME.finditer(plain):
        begin = begin_of(plain, _digits(plain, found.start()), 0, HAN)
        named = plain[begin:found.start()]
        if named and not _ANY.search(named):
            said = text[begin:found.end()]
            yield Span("hospital", _called().get(said, said), begin, found.end())
