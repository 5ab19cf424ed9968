"""The local engine at run time: a linear model in plain Python.

It needs no numeric library and loads in milliseconds.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from nlu.engine import Ranked
from nlu.engines.local.features import weigh


@dataclass
class LocalEngine:
    """Scores per intent are a sum over n-grams; confidence is a softmax at the calibrated temperature."""

    version: str
    intents: list[str]
    rarity: dict[str, float]
    weights: dict[str, list[float]]
    """N-gram to one weight per intent."""
    bias: list[float]
    temperature: float
    examples: dict[str, list[str]] = field(default_factory=dict)
    _holders: dict[str, dict[str, list[tuple[int, float]]]] = field(default_factory=dict, repr=False)
    """Intent to n-gram to the examples that hold it, each with the weight it has there."""
    _weighed: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

    def scores(self, text: str) -> list[float]:
        """The raw score of every intent."""
        totals = list(self.bias)
        for gram, value in self._weigh(text).items():
            for number, weight in enumerate(self.weights[gram]):
                totals[number] += weight * value
        return totals

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first."""
        scaled = [score / self.temperature for score in self.scores(text)]
        top = max(scaled)
        shares = [math.exp(score - top) for score in scaled]
        whole = sum(shares)
        ranked = [Ranked(intent, share / whole) for intent, share in zip(self.intents, shares, strict=True)]
        return tuple(sorted(ranked, key=lambda one: -one.score))

    def similar(self, text: str, intent: str) -> float:
        """Cosine similarity with the nearest example of ``intent``."""
        if intent not in self._holders:
            holders: dict[str, list[tuple[int, float]]] = {}
            self._holders[intent] = holders
            for number, example in enumerate(self.examples.get(intent, [])):
                for gram, weight in weigh(example, self.rarity).items():
                    holders.setdefault(gram, []).append((number, weight))
        alike: dict[int, float] = {}
        for gram, value in self._weigh(text).items():
            for number, weight in self._holders[intent].get(gram, ()):
                alike[number] = alike.get(number, 0.0) + value * weight
        return max(alike.values(), default=0.0)

    def _weigh(self, text: str) -> dict[str, float]:
        """The features of a sentence; those of the last one are kept, since it is scored and compared."""
        if text not in self._weighed:
            self._weighed = {text: weigh(text, self.rarity)}
        return self._weighed[text]

    def save(self, path: Path) -> None:
        """Write the model as JSON, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {key: value for key, value in vars(self).items() if not key.startswith("_")}
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> LocalEngine:
        """Read a model. Raises ``OSError``, ``ValueError`` or ``TypeError`` when it is not one."""
        return cls(**json.loads(path.read_text("utf-8")))
