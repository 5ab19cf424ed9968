"""Id numbers and telephone numbers: written, spaced, full width, or read out digit by digit.

A number that is plainly meant as one but is wrong (a digit too few, a bad check digit) is found as well: whoever takes
it says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Kind, Span
from nlu.entities.numerals import DIGIT, SPOKEN

_RUN = re.compile(rf"(?<![0-9A-Za-z])\+?[{DIGIT}](?:[ ,、。.\-—]{{0,2}}[{DIGIT}]){{6,}}(?:[ \-]?(?:[Xx×叉]|艾克斯))?")
_GROUP = re.compile(rf"\+?[{DIGIT}]+(?:[ \-]?(?:[Xx×叉]|艾克斯))?")
_BORN = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MOBILE, _LANDLINE = re.compile(r"1[3-9]\d{9}"), re.compile(r"0[1-9]\d{8,10}")
_ABROAD = re.compile(r"(?:0086|86)(?=1[3-9]\d{9}\Z)")
_ID_CUE = re.compile(r"身份证|身份號|证件|身份号|公民号")
_PHONE_CUE = re.compile(r"电话|手机|联系|号码|打给?我|座机")
NEAR = 10
"""A word that says what a number is stands at most this many characters before it."""
MOST_GROUPS = 8
"""Groups that one number may be written in."""
_WHOLE_ID = 18


def numbers(plain: str, text: str) -> Iterator[Span]:
    """Id numbers and telephone numbers."""
    for run in _RUN.finditer(plain):
        after = plain[run.end():run.end() + 1]
        if not (after.isascii() and after.isalnum()):
            yield from _in_run(plain, run.start(), run.end())


def _in_run(plain: str, start: int, end: int) -> Iterator[Span]:
    """Numbers in a run of digits: of neighbouring groups the most that make one number together."""
    groups = [(one.start(), one.end()) for one in _GROUP.finditer(plain, start, end)]
    first = 0
    while first < len(groups):
        for last in range(min(len(groups), first + MOST_GROUPS), first, -1):
            span = _number(plain, groups[first][0], groups[last - 1][1])
            if span is not None:
                yield span
                first = last
                break
        else:
            first += 1


def _number(plain: str, start: int, end: int) -> Span | None:
    said = plain[start:end].replace("艾克斯", "X").lower().translate(SPOKEN)
    digits = "".join(char for char in said if char.isdigit() or char == "X")
    found = _kind(digits, plain[max(0, start - NEAR):start])
    return Span(*found, start, end) if found else None


def _kind(digits: str, before: str) -> tuple[Kind, str] | None:
    """What a row of digits is, by itself or by the words before it."""
    if len(digits) == _WHOLE_ID and _BORN.match(digits, 6):
        return "id_number", digits
    short = _ABROAD.sub("", digits)
    if _MOBILE.fullmatch(short) or _LANDLINE.fullmatch(digits):
        return "phone", short
    if _ID_CUE.search(before) and 12 <= len(digits) <= 21:
        return "id_number", digits
    if len(digits) == _WHOLE_ID and digits.endswith("X"):
        return "id_number", digits
    return ("phone", digits) if _PHONE_CUE.search(before) and 7 <= len(digits) <= 14 and "X" not in digits else None
