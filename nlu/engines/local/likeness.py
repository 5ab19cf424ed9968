"""How like a sentence is, by its meaning, to what was taught: to the nearest example of ours, and of none of ours.

Margins say which side of a plane a sentence lies on, and a sentence that lies far from everything may lie on any side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.engines.local.confidence import OUT, Alike, sides

Rows = NDArray[np.float32]
DIRECTIONS = 64
"""In how many directions meanings are compared: those in which the examples differ most."""


class Likeness:
    """The meanings of the examples, turned and of length one. What is none of ours is compared all at once and stands
    in columns; of ours those of one intent are, and they stand in rows, so that these are side by side."""

    def __init__(self, turn: Rows, columns: Rows, labels: Sequence[str]) -> None:
        """``turn`` takes a meaning to the directions of ``columns``, of which each is an example, what is none of ours
        behind the others; ``labels`` are their intents, each in one run, in the order in which they were given."""
        ordered = _ordered(labels)
        count = sum(not label.startswith(OUT) for label in ordered)
        self.turn = turn
        self._ours, self._others = np.ascontiguousarray(columns[:, :count].T), np.ascontiguousarray(columns[:, count:])
        self._places: dict[str, slice] = {}
        for number, label in enumerate(ordered):
            first = self._places.get(label)
            self._places[label] = slice(first.start if first else number, number + 1)

    @property
    def columns(self) -> Rows:
        """The examples, a column each, ours first."""
        return np.concatenate((self._ours.T, self._others), axis=1)

    @classmethod
    def of(cls, meant: Rows, labels: Sequence[str]) -> Likeness:
        """From the meanings of the examples, a row each, in their order."""
        _, _, directions = np.linalg.svd(meant.astype(np.float64), full_matrices=False)
        turn = directions[:DIRECTIONS].T.astype(np.float16).astype(np.float32)  # as it will be read from the file
        order = sorted(range(len(labels)), key=lambda number: labels[number].startswith(OUT))
        return cls(turn, _unit(meant[order] @ turn).astype(np.float16).astype(np.float32).T, labels)

    def to(self, meant: Rows, best: str) -> Alike:
        """How like one meaning is to the examples of the intent ``best``, and to those that are none of ours.

        No `@` with the examples: it wakes threads, which wait for one another on a busy machine.
        """
        turned = meant @ self.turn
        wanted = turned / np.float32(math.sqrt(np.einsum("i,i", turned, turned)) or 1.0)
        ours = np.einsum("ij,j->i", self._ours[self._places.get(best, slice(0, 0))], wanted)
        others = np.einsum("ij,i->j", self._others, wanted)
        return Alike(float(ours.max(initial=0.0)), float(others.max(initial=0.0)))


def _ordered(labels: Sequence[str]) -> list[str]:
    """Those of ours first; sorting keeps the order otherwise."""
    return sorted(labels, key=lambda label: label.startswith(OUT))


def best_of_ours(intents: Sequence[str], margins: NDArray[np.float64]) -> list[str]:
    """For each row of margins, a column an intent, the intent of ours that fits best; empty where none is ours."""
    ours, _ = sides(tuple(intents))
    return [intents[ours[place]] for place in margins[:, ours].argmax(axis=1).tolist()] if ours else [""] * len(margins)


def held_out(
    meant: Rows, labels: NDArray[np.str_], best: Sequence[str], folds: NDArray[np.intp],
) -> NDArray[np.float64]:
    """For each example, how like it is to those of the other folds: a row of two numbers each. ``best`` are the intents
    that fit best, as a model that had not seen the example says."""
    found = np.zeros((len(meant), 2))
    for fold in sorted(set(folds.tolist())):
        held = folds == fold
        if not held.all():
            likeness = Likeness.of(meant[~held], labels[~held].tolist())
            found[held] = [likeness.to(meant[place], best[place]) for place in held.nonzero()[0].tolist()]
    return found


def _unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
