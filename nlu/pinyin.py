"""How Chinese sounds: syllables without tones, from characters and from pinyin typed as letters.

Sounds that people mix up are one: zh and z, n and l, a final -ng and -n. So 「退修」,
「tuixiu」 and 「退休」 read alike.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from array import array
from functools import lru_cache
from typing import NamedTuple

_PIECE = re.compile(r"[a-z]+|[\u4e00-\u9fff]|\d+")
_LETTERS = re.compile(r"[a-z]{2,}")
_LONGEST = 6
"""Letters of the longest syllable, as in zhuang."""
_FIRST, _LAST = 0x3007, 0x9FFF
"""The characters whose sound is looked up."""


class _Table(NamedTuple):
    """All syllables there are; how characters sound, once each; and which of these each character has."""

    known: frozenset[str]
    sounds: list[str]
    of: array[int]


@lru_cache(maxsize=1)
def _table() -> _Table:
    """From the package's table of single readings, which is forgotten again: it is two hundred times as large."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    bare = {reading: _bare(reading) for reading in set(pinyin_dict.values())}
    sounds = ["", *sorted({merged(one) for one in bare.values()} - {""})]
    places = {one: place for place, one in enumerate(sounds)}
    readings = (pinyin_dict.get(code) for code in range(_FIRST, _LAST + 1))
    of = array("H", (places[merged(bare[one])] if one else 0 for one in readings))
    for name in [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
        del sys.modules[name]
    return _Table(frozenset({*bare.values(), "nv", "lv"} - {""}), sounds, of)


def _bare(reading: str) -> str:
    """The first reading of a character, without its tone; ü as u."""
    letters = unicodedata.normalize("NFD", reading.split(",", 1)[0])
    return "".join(char for char in letters if char.isascii() and char.isalpha())


@lru_cache(maxsize=8192)
def sound(char: str) -> str:
    """The syllable of a Chinese character, with sounds that are mixed up made one; empty for anything else."""
    table, code = _table(), ord(char)
    return table.sounds[table.of[code - _FIRST]] if _FIRST <= code <= _LAST else ""


def merged(syllable: str) -> str:
    """A syllable with sounds that are mixed up made one."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable.endswith("ng"):
        syllable = syllable[:-1]
    return "n" + syllable[1:] if syllable.startswith("l") else syllable


@lru_cache(maxsize=4096)
def split(letters: str) -> tuple[str, ...]:
    """Pinyin letters cut into the fewest syllables; empty when they are not pinyin."""
    known = _table().known
    best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
    for start in range(len(letters)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
            other = best[end]
            if letters[start:end] in known and (other is None or len(before) + 1 < len(other)):
                best[end] = (*before, letters[start:end])
    found = best[-1] or ()
    return found if len(found) < len(letters) else ()


def syllables(text: str) -> list[str]:
    """The syllables of a normalised text; numbers are ``#``, letters that are no pinyin are spelled out."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if not piece.isascii():
            if spoken := "#" if piece.isdigit() else sound(piece):
                found.append(spoken)
        elif piece.isdigit():
            found.append("#")
        else:
            found += map(merged, split(piece)) if split(piece) else [f"~{char}" for char in piece]
    return found


def without_pinyin(text: str) -> str:
    """The text without letters that are pinyin: how they sound is known, how they are spelled tells nothing more."""
    return _LETTERS.sub(lambda match: " " if split(match.group()) else match.group(), text)
