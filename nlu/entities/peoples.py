"""Names of other peoples: 买买提·艾力, 阿依古丽, 扎西顿珠; and names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span
from nlu.entities.kin import KIN_WORD
from nlu.entities.surnames import FOREIGN, HAN

_MARK = rf"[^{HAN}A-Za-z·]"
_END = (
    rf"(?=$|{_MARK}|吧|啦|了|的|呢|啊|是|在|今年|出生|生于|户口|医保|电话|手机|身份证|证件|联系|号码|住|跟|随|和|[我俺您你]"
    rf"|{KIN_WORD}|[昨今前]天|小名|男|女)"
)
_DOTTED = re.compile(rf"[{HAN}]{{1,12}}·(?:[{HAN}]{{1,12}}·){{0,3}}[{HAN}]{{1,12}}?{_END}")
_LEAD = re.compile(
    rf".*(?:名字|姓名|大名|叫做|叫|是|[:：]|我|俺|本人|户主|法人|代表|负责人|联系人|收件人|经办人|申请人|{KIN_WORD}|改成|改为|给|替|帮)"
)
_COMMON = (
    "扎西|卓玛|尼玛|央金|次仁|达瓦|洛桑|拉姆|丹增|平措|旺堆|白玛|格桑|古丽|巴图|其其格|斯琴|乌兰|娜仁|吐尔逊|买买提|帕提曼"
)
_CUE = r"名字(?:就?是|就?叫|[:： ])|姓名(?:是|[:： ])|大名(?:是|叫)?|取名叫?|起名叫?|(?<![打小乳])(?<!小名)(?<!乳名)叫"
_CALLED = re.compile(rf"(?:{_CUE})[ :]*(?P<name>(?:{_COMMON})|[{FOREIGN}][{HAN}]{{2,7}}?){_END}")
_ASKED = re.compile(r"什么|什麼|[啥谁哪怎咋吗呢么的]|不知|没想|还没|不行|不对|不是|阿姨|阿婆|阿公|努力|达到|玛丽医")
_LATIN = re.compile(
    r"(?:名字(?:就?是|就?叫)?|姓名(?:是)?|护照(?:上的?)?(?:名字|姓名)?是?|叫|我是|本人)[ :]*"
    r"(?P<name>[A-Z][A-Za-z'\-]+(?: [A-Z][A-Za-z'.\-]*){0,4})(?![A-Za-z0-9])"
)


def peoples(plain: str, text: str) -> Iterator[Span]:
    """Names of other peoples, from the most to the least certain."""
    if "·" in plain:
        yield from _dotted(plain)
    for found in _CALLED.finditer(plain):
        if not _ASKED.search(found["name"]):
            yield Span("name", text[found.start("name"):found.end("name")], found.start(), found.end())
    for found in _LATIN.finditer(plain):
        if not found["name"].isupper() or " " in found["name"]:
            yield Span("name", found["name"], found.start(), found.end())


def _dotted(plain: str) -> Iterator[Span]:
    for found in _DOTTED.finditer(plain):
        first, _, _ = found[0].partition("·")
        lead = _LEAD.match(first)
        begin = found.start() + (lead.end() if lead else 0)
        if found.start() + len(first) > begin:
            yield Span("name", plain[begin:found.end()], begin, found.end())
