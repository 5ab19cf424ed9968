"""The local engine at run time: a linear model in plain Python.

It needs no numeric library and loads in milliseconds.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from nlu.engine import Ranked
from nlu.engines.local.features import weigh

TELLING = 48
"""Features of a sentence that are compared with the examples, the weightiest first: the rest is 的, 了 and the like."""
OUT = "out_of_scope."
"""What labels of sentences begin with that are none of our one-things."""


@dataclass
class LocalEngine:
    """Margins are sums over features. One margin says whether a sentence is known ground at all, the others which
    intent it is. Confidence is the chance of known ground times the share of the intent among those of its ground."""

    version: str
    intents: list[str]
    rarity: dict[str, float]
    weights: dict[str, Sequence[float]]
    """Feature to one weight per intent, and the weight for known ground at the end."""
    bias: list[float]
    temperature: float
    """What margins are divided by before they become shares."""
    ground: tuple[float, float]
    """Slope and offset from the margin of known ground to its chance."""
    examples: dict[str, list[str]] = field(default_factory=dict)
    _holders: dict[str, dict[str, list[tuple[int, float]]]] = field(default_factory=dict, repr=False)
    """Intent to n-gram to the examples that hold it, each with the weight it has there."""
    _weighed: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)
    _alike: dict[tuple[str, str], float] = field(default_factory=dict, repr=False)

    def margins(self, text: str) -> list[float]:
        """The margin of every intent, and that of known ground at the end."""
        totals = list(self.bias)
        for feature, value in self._weigh(text).items():
            for number, weight in enumerate(self.weights[feature]):
                totals[number] += weight * value
        return totals

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first."""
        *margins, known = self.margins(text)
        slope, offset = self.ground
        inside = 1 / (1 + math.exp(-slope * known - offset))
        ranked = [
            *self._shares({i: m for i, m in zip(self.intents, margins, strict=True) if not i.startswith(OUT)}, inside),
            *self._shares({i: m for i, m in zip(self.intents, margins, strict=True) if i.startswith(OUT)}, 1 - inside),
        ]
        return tuple(sorted(ranked, key=lambda one: -one.score))

    def _shares(self, margins: dict[str, float], whole: float) -> list[Ranked]:
        """``whole`` dealt out by margins."""
        top = max(margins.values(), default=0.0)
        shares = {intent: math.exp((margin - top) / self.temperature) for intent, margin in margins.items()}
        total = sum(shares.values())
        return [Ranked(intent, whole * share / total) for intent, share in shares.items()]

    def similar(self, text: str, intent: str) -> float:
        """Cosine similarity with the nearest example of ``intent``."""
        if (text, intent) not in self._alike:
            self._alike = {(text, intent): self._nearest(text, intent)}
        return self._alike[text, intent]

    def _nearest(self, text: str, intent: str) -> float:
        if intent not in self._holders:
            holders: dict[str, list[tuple[int, float]]] = {}
            self._holders[intent] = holders
            for number, example in enumerate(self.examples.get(intent, [])):
                for gram, weight in weigh(example, self.rarity).items():
                    holders.setdefault(gram, []).append((number, weight))
        alike: dict[int, float] = {}
        telling = sorted(self._weigh(text).items(), key=lambda pair: -pair[1])[:TELLING]
        for feature, value in telling:
            for number, weight in self._holders[intent].get(feature, ()):
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
        data["weights"] = {feature: [round(weight, 4) for weight in row] for feature, row in self.weights.items()}
        partial = path.with_suffix(".part")
        partial.write_bytes(orjson.dumps(data))
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> LocalEngine:
        """Read a model. Raises ``OSError``, ``ValueError``, ``TypeError`` or ``KeyError`` when it is not one."""
        data = orjson.loads(path.read_bytes())
        weights: dict[str, Sequence[float]] = {feature: array("d", row) for feature, row in data.pop("weights").items()}
        return cls(**data, weights=weights)
