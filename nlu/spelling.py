"""What people type in letters, turned into the characters it stands for: pinyin of known words, and their initials.

「wo yao tuixiu」 becomes 「我要退休」, 「办yyzz」 becomes 「办营业执照」. Letters that are no pinyin stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.content import read
from nlu.concepts import all_words
from nlu.pinyin import merged, sound, split

FILE = Path(__file__).with_name("spelling.yaml")
_LETTERS = re.compile(r"(?<![a-z0-9@._/-])[a-z]+(?:[ '][a-z]+)*(?![a-z0-9@._/-])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 7
"""Syllables of the longest word that is looked for."""


@lru_cache(maxsize=1)
def _listed() -> dict[str, Any]:
    return dict(read(FILE).data)


@lru_cache(maxsize=1)
def _initials() -> dict[str, str]:
    """Letters to the word they stand for."""
    return {str(letters): str(word) for word, all_ in _listed()["initials"].items() for letters in all_}


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, ...], str]:
    """Syllables to the word that sounds so; the first listed where several do."""
    found: dict[tuple[str, ...], str] = {}
    listed = [str(word) for row in _listed()["words"] for word in row]
    for word in (*listed, *_initials().values(), *all_words()):
        syllables = tuple(map(sound, word))
        if all(syllables) and len(syllables) <= _LONGEST:
            found.setdefault(syllables, word)
    return found


def spelled(text: str) -> str:
    """The normalised text with pinyin and initials as characters, as far as they are known words."""
    if not _HAN.search(text) and not _whole(text):
        return text
    return _LETTERS.sub(lambda match: _read(match.group()), text)


def _whole(text: str) -> bool:
    """Whether a text without characters is pinyin and initials throughout, and not another language."""
    return all(piece in _initials() or split(piece) for piece in re.findall(r"[a-z]+", text))


@lru_cache(maxsize=4096)
def _read(letters: str) -> str:
    """A run of letters: initials where the list has them, else the longest known words from the left."""
    pieces = re.split(r"[ ']", letters)
    if all(piece in _initials() or _syllables(piece) for piece in pieces):
        if any(piece in _initials() for piece in pieces):
            return "".join(_initials().get(piece) or _known(_syllables(piece), piece) for piece in pieces)
        return _known(tuple(one for piece in pieces for one in _syllables(piece)), letters)
    return " ".join(_initials().get(piece) or _known(_syllables(piece), piece) for piece in pieces)


def _syllables(piece: str) -> tuple[str, ...]:
    return tuple(map(merged, split(piece)))


def _known(syllables: tuple[str, ...], as_typed: str) -> str:
    """The words that these syllables are; the letters as typed where there is none among them."""
    found, at, hit = [], 0, False
    while at < len(syllables):
        for length in range(min(_LONGEST, len(syllables) - at), 0, -1):
            word = _words().get(syllables[at : at + length])
            if word:
                found.append(word)
                at, hit = at + length, True
                break
        else:
            found.append(syllables[at])
            at += 1
    return "".join(found) if hit else as_typed
