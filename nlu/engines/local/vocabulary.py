"""The features a model knows, numbered, and a sentence as numbers of them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlu.engines.local.codes import Coded
from nlu.engines.local.features import CONCEPT, rarity_of

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]


class Sparse(NamedTuple):
    """A sentence: numbers of its features, each once, and their weights, of length one together."""

    numbers: Numbers
    weights: Weights


class Vocabulary:
    """Known features; each has a number and says how telling it is."""

    def __init__(self, names: list[str], rarity: Weights) -> None:
        self.names, self.rarity = names, rarity

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def _coded(self) -> Coded:
        return Coded(self.names)

    @classmethod
    def of(cls, texts: Iterable[dict[str, float]], least: int) -> Vocabulary:
        """All features of these sentences that ``least`` of them hold, and every concept."""
        seen: dict[str, int] = {}
        sentences = 0
        for found in texts:
            sentences += 1
            for feature in found:
                seen[feature] = seen.get(feature, 0) + 1
        names = sorted(name for name, count in seen.items() if count >= least or name.startswith(CONCEPT))
        return cls(names, np.array([rarity_of(seen[name], sentences, name) for name in names], dtype=np.float32))

    def weigh(self, text: str) -> Sparse:
        """How much of each known feature there is, times its rarity; empty when nothing is known."""
        return self._sparse(self._coded.read(text))

    def weighed(self, found: dict[str, float]) -> Sparse:
        """The same, of features that are already found."""
        number = self._numbers
        return self._sparse({number[name]: much for name, much in found.items() if name in number})

    def _sparse(self, found: dict[int, float]) -> Sparse:
        numbers = np.fromiter(found, np.int32, len(found))
        much = np.fromiter(found.values(), np.float64, len(found))
        weights = (self.rarity[numbers] * much).astype(np.float32)
        return Sparse(numbers, weights / np.float32(math.sqrt(weights @ weights) or 1.0))
