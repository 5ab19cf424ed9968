"""Words that mean the same to an office, from ``nlu/concepts.yaml``: 媳妇, 老婆, 爱人 are one concept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.content import read

FILE = Path(__file__).with_name("concepts.yaml")


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """(word, concept) of every word there is."""
    listed = read(FILE).data
    return tuple((str(word).lower(), concept) for concept, words in listed.items() for word in words)


def concepts(text: str) -> list[str]:
    """The concepts that a normalised text names, each once, in order of the alphabet."""
    return sorted({concept for word, concept in _words() if word in text})
