"""The labelled examples, turned about: from a feature to the examples that hold it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.engines.local.vocabulary import Sparse, Weights

Holdings = NDArray[Any]
"""Whole numbers of 32 bits where they are enough, else of 64."""
TELLING = 48
"""Features of a sentence that are compared with the examples, the weightiest first: the rest is 的, 了 and the like."""


class Nearest:
    """Cosine similarity of a sentence with examples that stand side by side."""

    def __init__(self, holdings: Holdings, weights: Weights, examples: int) -> None:
        """Which example holds which feature: ``feature * examples + example``, rising, with weights at the same
        places. So what some neighbouring examples hold of one feature stands side by side."""
        self.holdings, self.weights, self.examples = holdings, weights, examples

    @classmethod
    def of(cls, sentences: list[Sparse], features: int) -> Nearest:
        """From the examples themselves, in their order."""
        numbers = np.concatenate([s.numbers for s in sentences] or [np.zeros(0, np.int32)])
        weights = np.concatenate([s.weights for s in sentences] or [np.zeros(0, np.float32)])
        holders = np.repeat(np.arange(len(sentences)), [len(s.numbers) for s in sentences])
        holdings = numbers.astype(np.int64) * len(sentences) + holders
        order = np.argsort(holdings)
        small = features * len(sentences) < np.iinfo(np.int32).max
        rounded = weights[order].astype(np.float16).astype(np.float32)  # as they will be read from the file
        return cls(holdings[order].astype(np.int32 if small else np.int64), rounded, len(sentences))

    def similarities(self, sentence: Sparse, among: slice) -> NDArray[np.float64]:
        """Similarity with each of these examples, 0 to 1."""
        numbers, weights = _telling(sentence)
        whole = self.holdings.dtype.type  # of another size the search would turn all of them into it first
        feature = numbers.astype(whole) * whole(self.examples)
        first = self.holdings.searchsorted(feature + whole(among.start))
        lengths = self.holdings.searchsorted(feature + whole(among.stop)) - first
        ends = lengths.cumsum()
        places = np.arange(ends[-1] if len(ends) else 0) + (first - ends + lengths).repeat(lengths)
        holders = self.holdings[places] - (feature + whole(among.start)).repeat(lengths)
        shares = self.weights[places] * weights.repeat(lengths)
        return np.asarray(np.bincount(holders, shares, among.stop - among.start), dtype=np.float64)


def _telling(sentence: Sparse) -> tuple[NDArray[np.int32], Weights]:
    """The weightiest features."""
    numbers, weights = sentence
    if len(numbers) <= TELLING:
        return numbers, weights
    telling = np.argpartition(-weights, TELLING)[:TELLING]
    return numbers[telling], weights[telling]
