"""What a sentence means, from what its words mean: what was taught with 「饭馆」 is known with 「餐厅」.

The numbers stand beside the features of a sentence, whose length together is one; theirs is `LENGTH`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlu.normalise import normalise
from nlu.scope import parts
from nlu.word_vectors import packaged

Numbers = NDArray[np.float32]
LENGTH = 0.8
"""How much meaning counts beside what is written; found by cross-validation, on our sentences and on public ones."""


def by_word(text: str) -> tuple[list[str], Numbers]:
    """The words of a text that are known, and what each brings to its meaning, a row a word: what is only background
    (`nlu.scope`) brings less. The rows together are the meaning, of `LENGTH`, or nothing where no word is known."""
    table = packaged()
    words, rows = list[str](), [np.zeros((0, table.size), dtype=np.float32)]
    for part in parts(normalise(text)):
        found, vectors = table.read(part.text)
        words += found
        rows.append(vectors * np.float32(part.weight))
    each = np.concatenate(rows)
    length = float(np.linalg.norm(each.sum(axis=0)))
    return words, each * np.float32(LENGTH / length) if length else each


def meaning(text: str) -> Numbers:
    """The numbers of the whole text."""
    return np.asarray(by_word(text)[1].sum(axis=0), dtype=np.float32)
