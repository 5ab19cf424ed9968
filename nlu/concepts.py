"""Words that mean the same to an office, from ``nlu/concepts.yaml``: 媳妇, 老婆, 爱人 are one concept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.content import read
from nlu.pinyin import sound

FILE = Path(__file__).with_name("concepts.yaml")


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """(word, concept) of every word there is."""
    listed = read(FILE).data
    return tuple((str(word).lower(), concept) for concept, words in listed.items() for word in words)


def all_words() -> list[str]:
    """Every word, in the order of the file."""
    return [word for word, _ in _words()]


@lru_cache(maxsize=1)
def _sounds() -> tuple[tuple[str, str], ...]:
    """(how it sounds, concept) of every word of two characters and more."""
    sounds = ((tuple(map(sound, word)), concept) for word, concept in _words() if len(word) > 1)
    return tuple(dict.fromkeys((f" {' '.join(said)} ", concept) for said, concept in sounds if all(said)))


def sounding(syllables: list[str]) -> list[str]:
    """The concepts that one hears, whatever is written: 「腿修」 sounds like 退休."""
    heard = f" {' '.join(syllables)} "
    return sorted({concept for said, concept in _sounds() if said in heard})


def concepts(text: str) -> list[str]:
    """The concepts that a normalised text names, each once, in order of the alphabet."""
    return sorted({concept for word, concept in _words() if word in text})
