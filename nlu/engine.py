"""The one interface of engines that turn a sentence into a ranking of intents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Ranked:
    """An intent with its calibrated confidence, 0 to 1."""

    intent: str
    score: float


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
