"""Numbers of ids, telephones, accounts, companies and passports: written, grouped, or read out digit by digit.

A number that is plainly meant as one but is wrong (a digit too few, a bad check digit) is found as well: whoever takes
it says what is wrong with it. What is found here is also what nobody keeps and no engine reads: `without_numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from core.spoken.folding import fold
from nlu.entities.found import Span
from nlu.entities.numerals import DIGIT, SPOKEN

NumberKind = Literal["id_number", "phone", "card", "code"]
WORDS: dict[NumberKind, str] = {"id_number": "证件号", "phone": "手机号", "card": "卡号", "code": "号码"}
"""What stands in the place of a number that nobody needs to read."""
_TAIL = r"(?:[ \-]?(?:[Xx×叉]|艾克斯))?"
_RUN = re.compile(rf"(?<![0-9])\+?[{DIGIT}](?:[ ,、。.\-—)）]{{0,2}}[{DIGIT}]){{6,}}{_TAIL}")
_GROUP = re.compile(rf"\+?[{DIGIT}]+{_TAIL}")
_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{18}|(?:[0-9A-Za-z]{4}[ \-]){4}[0-9A-Za-z]{2}|[A-Za-z]{1,2}\d{7,9})(?![0-9A-Za-z])"
)
_KNOWN = re.compile(r"[1-9A-GNY][1-9]\d{6}(?=\d*[A-Z])[0-9A-HJ-NPQRTUWXY]{10}(?<!\d{17}X)|[A-Z]{1,2}\d{7,9}")
"""Of a company: register, place, body with a letter (without one it is told from no account); or of a passport."""
_BORN = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OLD_ID = re.compile(r"[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
"""Fifteen digits, as they were until 1999."""
_MOBILE, _LANDLINE = re.compile(r"1[3-9]\d{9}"), re.compile(r"0[1-9]\d{8,10}")
_ABROAD = re.compile(r"(?:0086|86)(?=1[3-9]\d{9}\Z)")
_ID_CUE = re.compile(r"身份证|身份號|证件|身份号|公民号")
_PHONE_CUE = re.compile(r"电话|手机|联系|号码|打给?我|座机")
_CARD_CUE = re.compile(r"(?:卡号|账号|帐号|账户|户头|银行卡|存折)[^0-9]{0,4}$")
_TOGETHER = re.compile(r"[ \-]?")
"""What stands between the groups of one account."""
NEAR = 10
"""A word that says what a number is stands at most this many characters before it."""
MOST_GROUPS = 18
"""Groups that one number may be written in."""
_WHOLE_ID = 18
_CARD = range(16, 20)
_ACCOUNT = range(8, 25)
"""Digits of an account that is said to be one."""
MOST_OF_ACCOUNT = 25
"""Groups looked at for an account, more than any has digits: a longer row is none."""
_FIRST_GROUP = (4, 6)
"""Digits of the first group of a bank card: a telephone number begins with three, or with an area code."""


class Number(NamedTuple):
    """A number between two places of the message."""

    kind: NumberKind
    value: str
    start: int
    end: int


def numbers(plain: str, text: str) -> Iterator[Span]:
    """Id numbers and telephone numbers: what fills fields. None within a longer code or an account."""
    for one in found(plain):
        around = plain[max(0, one.start - 1):one.start] + plain[one.end:one.end + 1]
        if (one.kind == "id_number" or one.kind == "phone") and not re.search(r"[0-9A-Za-z]", around):
            yield Span(one.kind, one.value, one.start, one.end)


def without_numbers(text: str) -> str:
    """The text with every such number as a word, whatever stands around it."""
    for one in reversed(list(found(fold(text)))):
        text = text[:one.start] + WORDS[one.kind] + text[one.end:]
    return text


def found(plain: str) -> Iterator[Number]:
    """All numbers of the folded text, from left to right."""
    runs = [(run.start(), run.end()) for run in _RUN.finditer(plain)]
    if not runs:
        return
    codes = [Number("code", _code(one[0]), one.start(), one.end()) for one in _CODE.finditer(plain)
             if _KNOWN.fullmatch(_code(one[0]))]
    inside = [number for start, end in runs if not any(one.start < end and start < one.end for one in codes)
              for number in _in_run(plain, start, end)]
    yield from sorted([*codes, *inside], key=lambda one: one.start)


def _code(said: str) -> str:
    return re.sub(r"[ \-]", "", said).upper()


def _in_run(plain: str, start: int, end: int) -> Iterator[Number]:
    """Numbers in a run of digits: of neighbouring groups the most that make one number together."""
    groups = [(one.start(), one.end()) for one in _GROUP.finditer(plain, start, end)]
    first = 0
    while first < len(groups):
        one, taken = _account(plain, groups[first:first + MOST_OF_ACCOUNT])
        for last in range(min(len(groups), first + MOST_GROUPS), first, -1) if one is None else ():
            one = _number(plain, groups[first][0], groups[last - 1][1])
            if one is not None:
                taken = last - first
                break
        if one is not None:
            yield one
        first += taken


def _account(plain: str, groups: list[tuple[int, int]]) -> tuple[Number | None, int]:
    """The account that begins with the first group, with the groups it takes: no part of one is a telephone number."""
    chain = 1
    while chain < len(groups) and _TOGETHER.fullmatch(plain, groups[chain - 1][1], groups[chain][0]):
        chain += 1
    start, end = groups[0][0], groups[chain - 1][1]
    own = _number(plain, start, end)
    sizes = [len(_digits(plain[one:other])) for one, other in groups[:chain]]
    told = bool(_CARD_CUE.search(plain[max(0, start - NEAR):start])) and sum(sizes) in _ACCOUNT
    plainly = sum(sizes) in _CARD and (sizes[0] in _FIRST_GROUP or sum(sizes) == chain)
    alone = chain == 1 and sum(sizes) >= _CARD[0]
    phones = any(_MOBILE.fullmatch(_digits(plain[one:other])) for one, other in groups[:chain])
    if own is not None or phones or not (told or plainly or alone):
        return None, 1
    return Number("card", _digits(plain[start:end]), start, end), chain


def _digits(said: str) -> str:
    spoken = said.replace("艾克斯", "X").lower().translate(SPOKEN)
    return "".join(char for char in spoken if char.isdigit() or char == "X")


def _number(plain: str, start: int, end: int) -> Number | None:
    found = _kind(_digits(plain[start:end]), plain[max(0, start - NEAR):start])
    return Number(*found, start, end) if found else None


def _kind(digits: str, before: str) -> tuple[NumberKind, str] | None:
    """What a row of digits is, by itself or by the words before it."""
    if (len(digits) == _WHOLE_ID and _BORN.match(digits, 6)) or _OLD_ID.fullmatch(digits):
        return "id_number", digits
    short = _ABROAD.sub("", digits)
    if _MOBILE.fullmatch(short) or _LANDLINE.fullmatch(digits):
        return "phone", short
    if _ID_CUE.search(before) and 12 <= len(digits) <= 21:
        return "id_number", digits
    if len(digits) == _WHOLE_ID and digits.endswith("X"):
        return "id_number", digits
    return ("phone", digits) if _PHONE_CUE.search(before) and 7 <= len(digits) <= 14 and "X" not in digits else None
