"""Names said in parts or spelt out: 姓陈，叫小满; 单名一个满字，姓陈; 陈小满，耳东陈; 耳东陈，大小的小，满月的满.

How a name is spelt is no part of it, but belongs to its place in the message: no day or age is looked for there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlu.entities.found import Span
from nlu.entities.surnames import HAN, SURNAME

_STROKES = {
    "陈": "耳东", "张": "弓长", "李": "木子", "章": "立早", "林": "双木", "吴": "口天", "胡": "古月", "许": "言午",
    "黄": "草头", "王": "三横", "于": "干勾", "何": "人可", "赵": "走肖", "姚": "女兆", "孙": "子小", "徐": "双人",
    "杨": "木易", "刘": "文刀", "郑": "关耳", "余": "人未", "董": "草重", "叶": "口十", "吕": "双口", "江": "水工",
    "魏": "委鬼",
    "岳": "丘山", "裴": "非衣", "时": "日寸", "崔": "山佳", "杜": "木土", "邱": "丘耳", "谢": "言射",
    "贾": "西贝", "潘": "水番", "罗": "四夕", "蒋": "草将", "付": "人寸", "舒": "舍予", "冯": "两马",
}
"""What people say a surname is made of."""
_APART = "[ ,。、;]*"
_OF_SURNAME = f"(?:{'|'.join(f'{said}{name}' for name, said in _STROKES.items())})"
_OF_WORD = rf"(?:[{HAN}]是)?[{HAN}]{{1,4}}的[{HAN}]字?"
_SPELT = rf"(?:(?:[{HAN}]是|姓)?{_OF_SURNAME}|{_OF_WORD})"
_WITH_SPELLING = re.compile(
    rf"(?P<name>{SURNAME}[{HAN}]{{1,2}}){_APART}(?P<spelt>{_SPELT}(?:{_APART}{_SPELT}){{0,2}})(?=[^{HAN}]|$)"
)
_SPELT_OUT = re.compile(
    rf"(?:姓)?(?P<surname>{_OF_SURNAME}){_APART}(?P<given>{_OF_WORD}(?:{_APART}{_OF_WORD})?)(?=[^{HAN}]|$)"
)
_ONE_WORD = re.compile(rf"(?:[{HAN}]是)?(?P<word>[{HAN}]{{1,4}})的(?P<char>[{HAN}])")
_ONE_SURNAME = re.compile(_OF_SURNAME)
_END = rf"(?:字)?(?=$|[^{HAN}]|吧|啦|了|的|呢|啊|跟|随|户口|今年|小名|乳名|大小|出生|[昨今前]天|[0-9])"
_SURNAME_FIRST = re.compile(
    rf"姓(?P<surname>{SURNAME})[ ,、的]*(?:单?名字?(?:一个|就?[叫是]|为)?|大名(?:就?叫)?|就?叫)[ :]*"
    rf"(?P<given>[{HAN}]{{1,2}}?){_END}"
)
_SURNAME_LAST = re.compile(
    rf"(?:单?名(?:字?(?:一个|就?[叫是]|为))|单名|就?叫)[ :]*(?P<given>[{HAN}]{{1,2}}?)字?"
    rf"[ ,、]+就?是?姓(?P<surname>{SURNAME})(?=$|[^{HAN}]|吧|啦|的)"
)
_NICKNAME = re.compile(r"(?:小名|乳名|昵称|网名|曾用名|原名)就?\Z")
_CUE = re.compile(rf"姓|的[{HAN}]|{_OF_SURNAME}")
"""Text without any of these holds no name in parts."""
Sound = Callable[[str], bool]


def composed(plain: str, text: str, sound: Sound) -> Iterator[Span]:
    """Names in parts; ``sound`` tells of a name put together whether it may be one."""
    if not _CUE.search(plain):
        return
    for found in _WITH_SPELLING.finditer(plain):
        if sound(found["name"]) and set(_spelt(found["spelt"])) <= set(found["name"]) and _spelt(found["spelt"]):
            yield Span("name", text[found.start("name"):found.end("name")], found.start(), found.end())
    for found in _SPELT_OUT.finditer(plain):
        given = _spelt(found["given"])
        if given and len(given) == found["given"].count("的"):
            yield Span("name", found["surname"][-1] + "".join(given), found.start(), found.end())
    for pattern in (_SURNAME_FIRST, _SURNAME_LAST):
        for found in pattern.finditer(plain):
            yield from _together(found, plain, text, sound)


def _together(found: re.Match[str], plain: str, text: str, sound: Sound) -> Iterator[Span]:
    """The surname and the given name that were said apart; the word 姓 before them tells of somebody's surname."""
    surname, given = text[found.start("surname"):found.end("surname")], text[found.start("given"):found.end("given")]
    name = given if given.startswith(surname) and len(given) > len(surname) else surname + given
    start = min(found.start("surname"), found.start("given"))
    if sound(name) and not _NICKNAME.search(plain, 0, found.start()):
        yield Span("name", name, start, found.end())


def _spelt(said: str) -> list[str]:
    """The characters that were spelt; nothing where a word does not hold its character: 「我的人」."""
    words = list(_ONE_WORD.finditer(said))
    if any(one["char"] not in one["word"] for one in words):
        return []
    surname = _ONE_SURNAME.search(said)
    return [*([surname[0][-1]] if surname else []), *(one["char"] for one in words)]
