"""Which of the choices: 第二个, 2, 后面那个, 最后一个, 前两个, 除了第一个都要."""

from __future__ import annotations

import re

_N = "[0-9一二两三四五六七八九十]{1,2}"
_LEAD, _TAIL = "(?:我?(?:就)?(?:选|要|办|按|点|是)?)", "(?:吧|啊|呀|的|就行|就好|可以|选项)*"
_UNIT = "(?:个|项|号|条|种|样|题|行)"
_PLACE = re.compile(
    rf"(?:我?就?(?:选|点|是)|我?就?(?:要|办)(?=第))?第?\s*({_N})\s*(?:(?<=第.)个|(?<=第..)个|(?<=[选点].)个|[项号条种题行])?{_TAIL}"
)
_FROM_END = re.compile(rf"{_LEAD}(?:倒数第?({_N})|最?(?:后|末|下面|底下)(?:一|的)?){_UNIT}{_TAIL}")
_LAST = re.compile(rf"{_LEAD}(?:最后|最下面|最末|末尾)(?:一|的|那)*{_UNIT}?{_TAIL}")
_FIRST = re.compile(rf"{_LEAD}(?:头一|最前面|最上面|最先|首)(?:的|那|一)*{_UNIT}?{_TAIL}")
_FORMER = re.compile(rf"{_LEAD}(?:前|上|头)(?:面|边|者|头)?(?:的|那|一)*{_UNIT}?{_TAIL}")
_LATTER = re.compile(rf"{_LEAD}(?:后|下|末)(?:面|边|者|头)?(?:的|那|一)*{_UNIT}?{_TAIL}")
_LETTER = re.compile(rf"{_LEAD}([A-Ha-h]){_UNIT}?{_TAIL}")
_RUN = re.compile(rf"{_LEAD}(前|头|后|最后)(?:面)?({_N}){_UNIT}(?:都)?(?:要|办|选)?{_TAIL}")
_EVERY = re.compile(r"(?:[两三四五六七八九几]个|这些|上面的?)(?:全)?都(?:要|办|选|行|可以)(?:吧|啊|的)?")
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _DIGITS.get(said, 0)


def place(said: str, count: int) -> int | None:
    """Which of ``count`` choices is meant, from 1; None when the words name no place; 「后面那个」 wants two."""
    number = 0
    if match := _PLACE.fullmatch(said):
        number = _number(match[1])
    elif match := _LETTER.fullmatch(said):
        number = ord(match[1].lower()) - ord("a") + 1
    elif _FIRST.fullmatch(said) or (count == 2 and _FORMER.fullmatch(said)):
        number = 1
    elif _LAST.fullmatch(said) or (count == 2 and _LATTER.fullmatch(said)):
        number = count
    elif (match := _FROM_END.fullmatch(said)) and match[1]:
        number = count + 1 - _number(match[1])
    return number if 1 <= number <= count else None


def places(said: str, count: int) -> list[int]:
    """Several in a row: 「前两个」, 「后三个」; nothing when the words name no row."""
    match = _RUN.fullmatch(said)
    wanted = _number(match[2]) if match else 0
    if match is None or not 1 <= wanted <= count:
        return []
    return list(range(1, wanted + 1)) if match[1] in ("前", "头") else list(range(count - wanted + 1, count + 1))


def every(said: str) -> bool:
    """「两个都要」: all of them."""
    return bool(_EVERY.fullmatch(said))
