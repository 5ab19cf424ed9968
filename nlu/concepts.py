"""Words that mean the same to an office, from ``nlu/concepts.yaml``: 媳妇, 老婆, 爱人 are one concept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from core.content import read
from nlu.pinyin import sound

FILE = Path(__file__).with_name("concepts.yaml")
Begun = dict[str, tuple[tuple[str, str], ...]]
"""(word, concept) by how the word begins: most of the thousand words need not be looked for in a message."""


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """(word, concept) of every word there is."""
    listed = read(FILE).data
    return tuple((str(word).lower(), concept) for concept, words in listed.items() for word in words)


def all_words() -> list[str]:
    """Every word, in the order of the file."""
    return [word for word, _ in _words()]


@lru_cache(maxsize=1)
def _by_start() -> Begun:
    """The words by their first two characters, or by the only one."""
    return _grouped((word[:2], word, concept) for word, concept in _words())


@lru_cache(maxsize=1)
def _by_sound() -> Begun:
    """How words of two characters and more sound, by their first two syllables."""
    sounds = ((tuple(map(sound, word)), concept) for word, concept in _words() if len(word) > 1)
    return _grouped((" ".join(said[:2]), f" {' '.join(said)} ", concept) for said, concept in sounds if all(said))


def _grouped(rows: Iterable[tuple[str, str, str]]) -> Begun:
    found: dict[str, dict[tuple[str, str], None]] = {}
    for start, word, concept in rows:
        found.setdefault(start, {})[word, concept] = None
    return {start: tuple(words) for start, words in found.items()}


def sounding(syllables: Sequence[str]) -> list[str]:
    """The concepts that one hears, whatever is written: 「腿修」 sounds like 退休."""
    starts = _by_sound().keys() & set(map(" ".join, pairwise(syllables)))
    heard = f" {' '.join(syllables)} " if starts else ""
    return sorted({concept for start in starts for said, concept in _by_sound()[start] if said in heard})


def concepts(text: str) -> list[str]:
    """The concepts that a normalised text names, each once, in order of the alphabet."""
    starts = _by_start().keys() & {*text, *map("".join, pairwise(text))}
    return sorted({concept for start in starts for word, concept in _by_start()[start] if word in text})
