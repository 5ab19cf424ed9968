"""Names of people: after a cue (叫, 名字是, 本人, 我老公 ...), or with the ``·`` of other peoples' names.

A surname and one or two characters would fit far too much, so that without a cue nothing is a name; the form takes a
whole message as one where it asks for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.composed import composed
from nlu.entities.found import Span
from nlu.entities.kin import KIN_WORD
from nlu.entities.peoples import peoples
from nlu.entities.surnames import COMPOUND, HAN, NOT_A_NAME, SINGLE, SURNAME

_MARK = rf"[^{HAN}0-9A-Za-z·]"
_SIBLING = "哥哥|弟弟|姐姐|妹妹|老大|老二|老三|大的|小的|大宝|二宝|儿子|女儿|男孩|女孩|男宝|女宝|一个|另一个"
_AFTER = (
    rf"(?=$|{_MARK}|吧|啦|了|的|呢|啊|哈|是|在|今年|小名|乳名|曾用名|出生|生于|户口|医保|电话|手机|身份证|证件|联系|号码|住|跟|随|"
    rf"[他她我俺您你]|[和与跟及同][他她我俺]|[和与跟及](?:{COMPOUND}|[{SINGLE}])[{HAN}]"
    rf"|{_SIBLING}|爸爸|妈妈|老公|老婆|[0-9一幺]{{6,}}|"
    rf"这个|这名|[昨今前]天|[昨今]晚|[0-9]{{1,2}}月|就行|就好|可以|去世|过世|病故|身故|走了|死了|退休|要|已经|行不|好不|好吗|不改)"
)
_STRONG = (
    "名字(?:就?是|就?叫|定了叫|取好了叫|改[成为]|写成?|[:： ])|姓名(?:是|叫|改[成为]|[:： ])|大名(?:是|就?叫|[:： ])?|"
    "(?:取名|起名|取的?名字|起的?名字|全名|本名|真名|户名|学名)(?:字)?(?:是|叫|为)?|就叫|叫做|叫作|名叫"
)
_WEAK = (
    "(?<=[,。 ])是|(?<![^,。 ])就?是|名字|姓名|我叫|俺叫|叫|本人姓名|本人|我是|俺是|这是|"
    "应该?是|应为|改成|改为|换成|不是|而是|"
    "(?:收件人|收货人|收款人|联系人|经办人|法人|法人代表|法定代表人|负责人|户主|老板|老板娘|申请人|持卡人|"
    "房东|房主|卖方|买方|卖家|买家|监护人|委托人|担保人|逝者|死者|继承人|患者|员工)(?:是|叫|写|[:： ])?"
)
_CUED = re.compile(
    rf"(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK})|"
    rf"(?:我|俺|他|她|您)?(?:{KIN_WORD})(?:的?名字)?(?:是|叫|名叫|就叫|姓名|[:： ])?)[ :]*"
    rf"(?P<name>{SURNAME}[{HAN}]{{1,3}}?(?P<tail>[0-9A-Za-z]{{1,5}}(?![0-9A-Za-z]))?){_AFTER}"
)
_BARE = re.compile(
    rf"(?:^|(?<=[\n;,。]))[ ]*(?P<name>{SURNAME}[{HAN}]{{1,2}})"
    rf"(?=[ ,、:(]*(?:不是|身份证|证件号|电话|手机|联系方式|[0-9〇零一幺二三四五六七八九]{{6,}}|1[3-9][0-9]|"
    rf"[男女](?![{HAN}]))|就?是(?:我|俺|孩子的?|他|她)的?(?:{KIN_WORD})(?:[,。的]|$))"
)
_NOT_NOW = re.compile(r"(?:小名|乳名|昵称|网名|曾用名|原名|以前|原来)(?:就|是|叫|[: ])*\Z")
"""What stands before a name that is not the one in the papers."""
_ASKED = re.compile(r"什么|什麼|[啥谁哪怎咋吗呢么]|不知|没想|还没|不行|不对|不是")
_CUE = re.compile(rf"叫|名|是|改|换|应为|人|老板|户主|房东|房主|[卖买][方家]|者|员工|·|{KIN_WORD}")
_PLACES = frozenset("村镇乡院")
"""What a name does not end in, but a place does: 「我是刘家村的」."""
_ROADS = frozenset("路街巷道区县市省城园店厂")
"""What a name without a cue does not end in either."""
_PARTICLES = frozenset("由和查")
"""Rare surnames that mean something else after any cue: 「由家长办」, 「查来的」."""
_USUAL = frozenset("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔")
"""Surnames of which two may stand in one name, one of each parent."""
LONGEST_GIVEN = 2
"""Characters after the surname; of a surname of two there may be one more in all."""


def names(plain: str, text: str) -> Iterator[Span]:
    """Names of people, from the most to the least certain."""
    if _CUE.search(plain):
        yield from _cued(plain, text)
    yield from _bare(plain, text)
    yield from peoples(plain, text)


def parted(plain: str, text: str) -> Iterator[Span]:
    """Names in parts or spelt out; looked for before days and ages, which may stand in how they are spelt."""
    yield from composed(plain, text, is_name)


def _cued(plain: str, text: str) -> Iterator[Span]:
    for found in _CUED.finditer(plain):
        strong = bool(found["strong"])
        if found["weak"] == "不是" and "是" not in plain[found.end():]:
            continue  # denied, and none is said instead
        before = plain[max(0, found.start() - 6):found.start("name")]
        if is_name(found["name"], strong=strong) and not _NOT_NOW.search(before):
            start = found.start() if strong or found["weak"] else found.start("name")
            yield Span("name", text[found.start("name"):found.end("name")], start, found.end())


def _bare(plain: str, text: str) -> Iterator[Span]:
    """A name that begins a message, with what tells of somebody: 「李小红，身份证…」, 「李小红是我媳妇」."""
    for found in _BARE.finditer(plain):
        if is_name(found["name"]) and found["name"][-1] not in _ROADS:
            yield Span("name", text[found.start("name"):found.end("name")], found.start("name"), found.end("name"))


def is_name(value: str, *, strong: bool = False) -> bool:
    """Whether a surname with what follows may be a name: no question and no common word."""
    given = value[2:] if value[:2] in _COMPOUND_NAMES else value[1:]
    if given[-1:] in _PLACES or value[0] in _PARTICLES:
        return False
    long = len(given.rstrip("0123456789")) > LONGEST_GIVEN and given[0] not in _USUAL
    if _ASKED.search(value) or (long and not strong):
        return False
    return (strong and len(value) > 2) or not (value in NOT_A_NAME or value[:2] in NOT_A_NAME)


_COMPOUND_NAMES = frozenset(COMPOUND.split("|"))


def may_be_name(text: str) -> bool:
    """Whether a whole message looks like nothing but a name: a surname and one or two characters."""
    return bool(_WHOLE.fullmatch(text)) and text[:2] not in NOT_A_NAME and not _ASKED.search(text)


_WHOLE = re.compile(
    rf"(?:(?:{COMPOUND})[{HAN}]{{1,2}}|[{SINGLE}][{HAN}]{{1,2}}|[{HAN}]{{2,8}}(?:·[{HAN}]{{1,8}})+)"
)
