"""What a sentence means, from what its words mean: what was taught with 「饭馆」 is known with 「餐厅」.

The numbers stand beside the features of a sentence, whose length together is one; theirs is `LENGTH`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nlu.normalise import normalise
from nlu.scope import weighed
from nlu.word_vectors import packaged

Numbers = NDArray[np.float32]
LENGTH = 0.8
"""How much meaning counts beside what is written; found by cross-validation, on our sentences and on public ones."""


def by_word(text: str) -> tuple[list[str], Numbers]:
    """The words of a text that are known, and what each brings to its meaning, a row a word: what is only background
    (`nlu.scope`) brings less. The rows together are the meaning, of `LENGTH`, or nothing where no word is known."""
    words, numbers, weights = _read(text)
    each = packaged().meanings(numbers) * np.array(weights, dtype=np.float32).reshape(-1, 1)
    length = math.sqrt(sum(much * much for much in each.sum(axis=0).tolist()))
    return words, each * np.float32(LENGTH / length) if length else each


def meaning(text: str) -> Numbers:
    """The numbers of the whole text: the sum of `by_word`, found with less ado."""
    _, numbers, weights = _read(text)
    found = packaged().together(numbers, weights)
    length = math.sqrt(np.einsum("i,i", found, found))
    return found * np.float32(LENGTH / length) if length else found


def _read(text: str) -> tuple[list[str], list[int], list[float]]:
    """Words, their numbers, and how much each counts."""
    found = [(*one, weight) for said, weight in weighed(normalise(text)) for one in packaged().words(said)]
    return [word for word, _, _ in found], [number for _, number, _ in found], [weight for _, _, weight in found]
