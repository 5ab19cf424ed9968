"""How a version stands beside all that were in force lately, from the steps of their publications. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A publication: what took the place of what, and by how much it answers the same golden sentences better."""

    version: int
    before: int
    risen: float


def lead_over(base: int, steps: Iterable[Step]) -> float:
    """By how much ``base`` answers worse than the best of ``steps``, oldest first; 0 when it is the best.

    The golden set grows meanwhile: each step was measured on the same sentences, so the steps add up where accuracies
    of different years could not be compared.
    """
    heights: dict[int, float] = {}
    for step in steps:
        heights.setdefault(step.before, 0.0)
        heights[step.version] = heights[step.before] + step.risen
    return max(heights.values()) - heights[base] if base in heights else 0.0
