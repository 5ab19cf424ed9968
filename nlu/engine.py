"""The one interface of engines that turn a sentence into a ranking of intents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Ranked(NamedTuple):
    """An intent with its calibrated confidence, 0 to 1."""

    intent: str
    score: float


@dataclass(frozen=True)
class Word:
    """A piece of what was written that spoke for (above 0) or against (below 0) an intent, and how much."""

    text: str
    """As a person reads it: 「退休」, 「读作 tui xiu」, or the name of a concept."""
    weight: float


@dataclass(frozen=True)
class Example:
    """A labelled sentence that resembles what was written; similarity 0 to 1."""

    text: str
    intent: str
    similarity: float


@dataclass(frozen=True)
class Explanation:
    """Why a sentence was read so, for operators. Empty where an engine cannot tell."""

    intent: str
    words: tuple[Word, ...] = ()
    """The weightiest first, whichever way they speak."""
    examples: tuple[Example, ...] = ()
    """The nearest first, of any intent."""


class Engine(Protocol):
    """An engine, ready to read."""

    @property
    def version(self) -> str:
        """Digest of the examples it was trained on."""
        ...

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first. ``text`` is as the citizen wrote it."""
        ...

    def similar(self, text: str, intent: str) -> float:
        """Cosine similarity, 0 to 1, with the nearest example of ``intent``: how near known ground is."""
        ...

    def bar(self, intent: str, errors: float) -> float:
        """The confidence from which on at most this share of what is read as ``intent`` is something else, found on
        sentences that the engine had not seen; 0 where nobody knows."""
        ...

    def explain(self, text: str, intent: str) -> Explanation:
        """The words and the examples that spoke for or against ``intent``; for operators, not for every turn."""
        ...
