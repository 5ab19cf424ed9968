"""How Chinese sounds: syllables without tones, from characters and from pinyin typed as letters.

Sounds that people mix up are one: zh and z, n and l, a final -ng and -n. So 「退修」,
「tuixiu」 and 「退休」 read alike.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # the table of single characters is all we need of it
from pypinyin.pinyin_dict import pinyin_dict

_PIECE = re.compile(r"[a-z]+|[\u4e00-\u9fff]|\d+")
_LONGEST = 6
"""Letters of the longest syllable, as in zhuang."""


def _bare(reading: str) -> str:
    """The first reading of a character, without its tone; ü as u."""
    letters = unicodedata.normalize("NFD", reading.split(",", 1)[0])
    return "".join(char for char in letters if char.isascii() and char.isalpha())


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """All syllables there are."""
    return frozenset({_bare(reading) for reading in pinyin_dict.values()} - {""} | {"nv", "lv"})


@lru_cache(maxsize=8192)
def sound(char: str) -> str:
    """The syllable of a Chinese character, with sounds that are mixed up made one; empty for anything else."""
    reading = pinyin_dict.get(ord(char))
    return merged(_bare(reading)) if reading else ""


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
    best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
    for start in range(len(letters)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
            known = best[end]
            if letters[start:end] in _known() and (known is None or len(before) + 1 < len(known)):
                best[end] = (*before, letters[start:end])
    found = best[-1] or ()
    return found if len(found) < len(letters) else ()


def syllables(text: str) -> list[str]:
    """The syllables of a normalised text; numbers are ``#``, letters that are no pinyin are spelled out."""
    found: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece.isdigit():
            found.append("#")
        elif piece.isascii():
            cut = split(piece)
            found += [merged(one) for one in cut] or [f"~{char}" for char in piece]
        elif spoken := sound(piece):
            found.append(spoken)
    return found


def without_pinyin(text: str) -> str:
    """The text without letters that are pinyin: how they sound is known, how they are spelled tells nothing more."""
    return re.sub(r"[a-z]{2,}", lambda match: " " if split(match.group()) else match.group(), text)
