"""How like a sentence is, by its meaning, to what was taught: to the nearest example of ours, and of none of ours.

Margins say which side of a plane a sentence lies on, and a sentence that lies far from everything may lie on any side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
DIRECTIONS = 64
"""In how many directions meanings are compared: those in which the examples differ most."""


class Alike(NamedTuple):
    """Cosine similarity with the nearest example of ours, and with that of what is none of ours; 0 without one."""

    ours: float
    others: float


class Likeness:
    """The meanings of the examples, turned and of length one, those of ours first."""

    def __init__(self, turn: Rows, columns: Rows, ours: int) -> None:
        """``turn`` takes a meaning to the directions of ``columns``, of which the first ``ours`` are of ours."""
        self.turn, self.columns, self.ours = turn, columns, ours

    @classmethod
    def of(cls, meant: Rows, inside: NDArray[np.bool_]) -> Likeness:
        """From the meanings of the examples, a row each, and whether each is of ours."""
        _, _, directions = np.linalg.svd(meant.astype(np.float64), full_matrices=False)
        turn = directions[:DIRECTIONS].T.astype(np.float16).astype(np.float32)  # as it will be read from the file
        rows = _unit(np.concatenate((meant[inside], meant[~inside])) @ turn).astype(np.float16).astype(np.float32)
        return cls(turn, np.ascontiguousarray(rows.T), int(inside.sum()))

    def to(self, meant: Rows) -> Alike:
        """How like one meaning is. No `@` here: it wakes threads, which wait for one another on a busy machine."""
        wanted = _unit((meant @ self.turn).reshape(1, -1))[0]
        found = np.einsum("ij,i->j", self.columns, wanted)
        ours, others = found[: self.ours], found[self.ours :]
        return Alike(float(ours.max()) if len(ours) else 0.0, float(others.max()) if len(others) else 0.0)


def held_out(meant: Rows, inside: NDArray[np.bool_], folds: NDArray[np.intp]) -> NDArray[np.float64]:
    """For each example, how like it is to those of the other folds: a row of two numbers each."""
    found = np.zeros((len(meant), 2))
    for fold in sorted(set(folds.tolist())):
        held = folds == fold
        if not held.all():
            likeness = Likeness.of(meant[~held], inside[~held])
            found[held] = [likeness.to(one) for one in meant[held]]
    return found


def _unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
