"""Messages that leave open which one-thing is meant, from ``intents/vague.yaml``: 「孩子的证件」, 「公司搬了」.

A recogniser that has to say one of them says it with confidence; whoever asks so has to be asked back. A message is
vague when every word of it stands in the table, and more than one one-thing is what they have in common.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from core.content import read
from intents.understanding import Scored

FILE = Path(__file__).with_name("vague.yaml")
LONGEST = 16
"""Characters above which a message says more than a table of words knows."""
SHARED = 0.6
"""Confidence that what is in common shares, by what the recogniser thinks of each."""
_LEAST = 0.05
"""What one that the recogniser did not think of counts beside the others."""
_MARKS = re.compile(r"[\s,，。.;；!！?？、~～…:：“”\"']+")


class _Table(NamedTuple):
    pieces: re.Pattern[str]
    may_be: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    listed = read(FILE).data
    may_be: dict[str, tuple[str, ...]] = {}
    for row in listed["words"]:
        for word in row["words"]:  # a word of two rows may be about what either says
            may_be[str(word)] = tuple(dict.fromkeys((*may_be.get(str(word), ()), *map(str, row["may_be"]))))
    words = sorted({*may_be, *map(str, listed["filler"])}, key=len, reverse=True)
    return _Table(re.compile("|".join(map(re.escape, words))), may_be)


def known_codes() -> set[str]:
    """Every one-thing that the table names."""
    return {code for codes in _table().may_be.values() for code in codes}


def names_any(plain: str) -> bool:
    """Whether a message holds a noun of the table, whatever else it holds: 「社保怎么上」."""
    return any(len(word) > 1 and word in _table().may_be for word in _table().pieces.findall(plain))


@lru_cache(maxsize=512)
def says_nothing(plain: str) -> bool:
    """Whether a message holds nothing but filler: 「能不能」, 「我想问一下」."""
    said = _MARKS.sub("", plain)
    pieces = _table().pieces
    return bool(said) and len(said) <= LONGEST and not pieces.sub("", said) and not any(
        word in _table().may_be for word in pieces.findall(said))


@lru_cache(maxsize=512)
def may_be(plain: str) -> tuple[str, ...]:
    """The one-things that a normalised message may be about; none when it says more than the table knows."""
    said = _MARKS.sub("", plain)
    if not said or len(said) > LONGEST or _table().pieces.sub("", said):
        return ()
    named = [_table().may_be[word] for word in _table().pieces.findall(said) if word in _table().may_be]
    return tuple(code for code in named[0] if all(code in codes for codes in named)) if named else ()


def shared(ranked: tuple[Scored, ...], codes: Collection[str]) -> tuple[Scored, ...]:
    """The ranking with these first: none of them is sure, and nothing else is surer than they."""
    own = [one for one in ranked if one.code in codes]
    whole = sum(one.score + _LEAST for one in own)
    first = [Scored(one.code, SHARED * (one.score + _LEAST) / whole) for one in own]
    least = min((one.score for one in first), default=1.0)
    return (*first, *(Scored(one.code, min(one.score, least / 2)) for one in ranked if one.code not in codes))
