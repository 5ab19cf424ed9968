"""The labelled examples, turned about: from a feature to the examples that hold it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlu.engines.local.vocabulary import Numbers, Sparse, Weights

TELLING = 48
"""Features of a sentence that are compared with the examples, the weightiest first: the rest is 的, 了 and the like."""


class Nearest:
    """Cosine similarity of a sentence with every example."""

    def __init__(self, starts: Numbers, holders: Numbers, weights: Weights, examples: int) -> None:
        """Feature n is held by ``holders[starts[n]:starts[n + 1]]``, with ``weights`` at the same places."""
        self.starts, self.holders, self.weights, self.examples = starts, holders, weights, examples
        self._places: list[int] = starts.tolist()

    @classmethod
    def of(cls, sentences: list[Sparse], features: int) -> Nearest:
        """From the examples themselves, in their order."""
        numbers = np.concatenate([s.numbers for s in sentences] or [np.zeros(0, np.int32)])
        weights = np.concatenate([s.weights for s in sentences] or [np.zeros(0, np.float32)])
        holders = np.repeat(np.arange(len(sentences)), [len(s.numbers) for s in sentences])
        order = np.argsort(numbers, kind="stable")
        starts = np.searchsorted(numbers[order], np.arange(features + 1)).astype(np.int32)
        return cls(starts, holders[order].astype(np.int32), weights[order].astype(np.float16).astype(np.float32),
                   len(sentences))

    def similarities(self, sentence: Sparse) -> NDArray[np.float64]:
        """Similarity with every example, 0 to 1."""
        numbers, weights = sentence
        if len(numbers) > TELLING:
            telling = np.argpartition(-weights, TELLING)[:TELLING]
            numbers, weights = numbers[telling], weights[telling]
        places = [slice(self._places[n], self._places[n + 1]) for n in numbers.tolist()]
        if not places:
            return np.zeros(self.examples)
        holders = np.concatenate([self.holders[place] for place in places])
        shares = np.concatenate([self.weights[place] * w for place, w in zip(places, weights, strict=True)])
        return np.bincount(holders, shares, self.examples).astype(np.float64)
