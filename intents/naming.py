"""Where people are named in a sentence, as far as it gives them away; for masking alone.

Stronger and weaker signs: what stands before (a relative, 「从」, 「法人」), what stands after (「名下」, 「去世」),
what given names are made of, and what words merely look like names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from core.spoken.folding import fold
from intents.given_names import (
    AFTER,
    BEFORE,
    CALLED,
    COMMON,
    DOUBTFUL,
    GIVEN,
    KIN,
    NEVER_LAST,
    NOT_NAMES,
    PEOPLE,
    STARTS,
    TITLES,
)
from nlu.entities.surnames import COMPOUND, NOT_A_NAME, SINGLE

_HAN = re.compile(r"[\u3400-\u9fff]+")
_COMPOUND = frozenset(COMPOUND.split("|")) - {"东方", "东门", "西门", "南门", "百里", "第五", "太史"}
_SINGLE = (frozenset(SINGLE) | frozenset("展茅鞠冼郜晁逄鹿奚")) - frozenset("由和")
_WORDS = NOT_A_NAME | NOT_NAMES


def _one_of(*words: str) -> str:
    return "|".join(sorted({word for group in words for word in group.split()}, key=len, reverse=True))


_CALLED = re.compile(rf"(?:{_one_of(CALLED)})[:： ]?\Z")
_KIN = re.compile(rf"(?:{_one_of(KIN, PEOPLE)})(?:是|叫|名叫|姓名)?[:： ]?\Z")
_BEFORE = re.compile(rf"(?:{_one_of(BEFORE)})\Z")
_AFTER = re.compile(_one_of(AFTER))
_TITLE = re.compile(_one_of(TITLES))
_LONGEST_CUE = 8
_COUNTS = {"万": "0123456789一二两三四五六七八九十百千几多来", "张": "换补领办拿发几每两半", "童": "儿", "伍": "退入",
           "程": "工课流过进日", "管": "雷城保"}
"""Surnames that are none after these characters: 「三万平」, 「换张三代卡」, 「退伍老兵」."""
_GOES_ON = frozenset("的想要和跟与户身名社医房公结离死退办交是")
"""What follows a short or doubtful name that begins a sentence."""


class _Sides(NamedTuple):
    """What the words before and after a place say: how strongly a name is expected there."""

    kin: bool
    called: bool
    before: bool
    begins: bool


def people(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name, from left to right, none over another."""
    plain = fold(text)
    for run in _HAN.finditer(plain):
        at = run.start()
        while at < run.end() - 1:
            end = _name(plain, at, run.start(), run.end())
            if end:
                yield at, end
            at = end or at + 1


def _name(plain: str, at: int, first: int, last: int) -> int:
    """Where the name that begins at ``at`` in the run ``first`` to ``last`` ends; 0 when none does."""
    if at > 0 and plain[at - 1] in _COUNTS.get(plain[at], ""):
        return 0
    long = plain[at:at + 2] in _COMPOUND
    if not long and plain[at] not in _SINGLE:
        return 0
    given = at + (2 if long else 1)
    if given >= last or _TITLE.match(plain, given):
        return 0
    before = plain[max(first, at - _LONGEST_CUE):at]
    sides = _Sides(
        kin=bool(_KIN.search(before)), called=bool(_CALLED.search(before)), before=bool(_BEFORE.search(before)),
        begins=at == first,
    )
    usual = long or plain[at] in COMMON
    if not long and (plain[at] in DOUBTFUL or plain[at:at + 2] in _WORDS):
        begins = sides.begins and plain[given + 2:given + 3] in _GOES_ON and plain[at:at + 2] not in _WORDS
        return given + 2 if (sides.kin or sides.called or begins) and _whole(plain[given:last]) else 0
    length = _length(plain[given:last], sides, usual=usual, long=long)
    return given + length if length else 0


def _length(rest: str, sides: _Sides, *, usual: bool, long: bool) -> int:
    """How many characters of ``rest`` are the given name; 0 when it is none."""
    sure = long or sides.kin or sides.called
    cued = sure or sides.before
    expected = sure or (sides.before and usual)
    both, some, one = _made(rest, 2, all), _made(rest, 2, any), _made(rest, 1, all)
    if both and (expected or ((cued or usual) and _ends(rest[2:])) or _AFTER.match(rest, 2)):
        return 2
    if one and _AFTER.match(rest, 1) and (cued or (usual and sides.begins)):
        return 1
    if one and _ends(rest[1:]) and (expected or (usual and sides.begins and rest[1:2] in _GOES_ON)):
        return 1
    if some and ((cued and _ends(rest[2:])) or (usual and _AFTER.match(rest, 2))):
        return 2
    return 0


def _whole(rest: str) -> bool:
    """Whether ``rest`` begins with two characters of given names, and the name may end there."""
    return _made(rest, 2, all) and _ends(rest[2:])


def _made(rest: str, size: int, enough: Callable[[Iterable[bool]], bool]) -> bool:
    """Whether ``rest`` begins with ``size`` characters, (all or any of) which given names are made of."""
    given = rest[:size]
    return len(given) == size and given[-1] not in NEVER_LAST and enough([char in GIVEN for char in given])


def _ends(rest: str) -> bool:
    """Whether a name may end before ``rest``."""
    return not rest or rest[0] in STARTS or bool(_AFTER.match(rest))
