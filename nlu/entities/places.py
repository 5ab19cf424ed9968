"""Addresses and districts, as they were said: 西湖区文三路90号3幢201室, 余杭区.

A place is found from its end (a house number, 区) and read back to the word that leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span

_N = r"(?:[0-9]{1,5}(?:-[0-9]{1,4})*|[一二两三四五六七八九十百]{1,5})"
_HOUSE = re.compile(
    rf"(?<![0-9第])(?:[0-9]{{1,5}}(?:-[0-9]{{1,4}})* ?(?:号|弄|幢|栋|座|单元|室|组)"
    rf"|{_N}(?:号|弄|室|组|(?:幢|栋|座|单元)(?={_N})))"
)
_FURTHER = re.compile(
    rf"(?:[ ,\-]?(?:{_N}|[A-Za-z]|[东西南北中甲乙丙])[A-Za-z]?"
    r"(?:号楼|号院|号|弄|幢|栋|座|单元|室|楼|层|户|组|门)|楼|院|[ \-]?[0-9]{1,4})*"
)
_ROAD = re.compile(r"[省市区县旗镇乡道路街巷弄村里苑园城厦庄屯寨社坊桥]")
_DISTRICT = re.compile(r"[区县](?![别间分域里内长城委政])")
_REGION = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}省)?[\u4e00-\u9fff]{2,3}市[\u4e00-\u9fff]{1,4}[区县]|[\u4e00-\u9fff]{2,3}[区县]|[\u4e00-\u9fff]县"
)
_NO_REGION = re.compile(
    r"(?:开发|高新|[小社校厂学库园景林牧灾专特辖山片街港矿产郊同本跨搬换出外新市城老回该全各邻迁划到此两几分]|隔壁|生鲜|办公|生活|住宅|行政|保税|自贸|工业|经济|"
    r"试验|示范|功能|休息|服务|停车|附近|当地|哪个?|什么|这个?|那个?|我们|[不有的在要去就])[区县]\Z"
)
_WORDY = re.compile(r"[\u4e00-\u9fff0-9A-Za-z\-]*\Z")
HAN = re.compile(r"[\u4e00-\u9fff]*\Z")
_LEAD = re.compile(
    r".*(?:预约|然后|地址(?:是|在|改[成为])?|住址是?|搬[到去]|寄[到去给往]|送[到去]|住[在到]|住|寄|在|到|去|从|位于|就是|改[成为]|应该是|是|叫|生于|转|[我俺咱您你]们?家?|家里|孩子|了|找|开|问|选|换|要)"
)
FARTHEST = 40
"""Characters before its end within which a place begins."""


def addresses(plain: str, text: str) -> Iterator[Span]:
    """Whole addresses: at least a road or a village and a number."""
    end = 0
    for found in _HOUSE.finditer(plain):
        if found.start() < end:
            continue
        begin = begin_of(plain, found.start(), end, _WORDY)
        if _ROAD.search(plain, begin, found.start()) and found.start() - begin >= 2:
            match = _FURTHER.match(plain, found.end())
            end = match.end() if match else found.end()
            yield Span("place", text[begin:end].strip(" ,"), begin, end)


def districts(plain: str, text: str) -> Iterator[Span]:
    """Districts and counties, perhaps with their city."""
    for found in _DISTRICT.finditer(plain):
        begin = begin_of(plain, found.start(), 0, HAN)
        if _REGION.fullmatch(plain, begin, found.end()) and not _NO_REGION.search(plain[begin:found.end()]):
            yield Span("region", text[begin:found.end()], begin, found.end())


def begin_of(plain: str, end: int, least: int, wordy: re.Pattern[str]) -> int:
    """Where the name that ends at ``end`` begins: after the last word that leads to a place."""
    least = max(least, end - FARTHEST)
    head = wordy.search(plain[least:end])
    begin = least + (head.start() if head else end - least)
    lead = _LEAD.match(plain[begin:end])
    return begin + (lead.end() if lead else 0)
