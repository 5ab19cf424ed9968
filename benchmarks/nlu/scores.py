"""What a contender made of a task, in the numbers people compare."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.nlu.tasks import OUT, OUTSIDE, Pairs

Ranking = Sequence[tuple[str, float]]
"""(label, confidence), best first."""
KEPT, COVERAGE = 0.95, 0.9
"""Shares of what is ours that are still taken where refusing is counted."""
RIGHT = 0.92
"""The share of what is ours that is to be right at the second threshold, while as much as can be is refused."""


@dataclass(frozen=True)
class Scores:
    """Shares, 0 to 1; those about refusing are None where nothing is outside."""

    right: float
    """The best label of ours is the true one, of what is ours."""
    among_three: float
    auroc: float | None
    """Chance that something of ours is held for ours more surely than something outside."""
    refused: float | None
    """Outside, refused at the confidence that keeps 95 of 100 of ours."""
    accepted: float | None
    """Outside, taken for ours at the confidence that keeps 90 of 100 of ours."""


def of(truths: Sequence[str], rankings: Sequence[Ranking]) -> Scores:
    """All numbers of one reading."""
    ours = [(truth, inside(ranking)) for truth, ranking in zip(truths, rankings, strict=True) if truth != OUTSIDE]
    beyond = [sure(inside(ranking)) for truth, ranking in zip(truths, rankings, strict=True) if truth == OUTSIDE]
    known = sorted(sure(ranking) for _, ranking in ours)
    return Scores(
        right=share([names(ranking, 1) == [truth] for truth, ranking in ours]),
        among_three=share([truth in names(ranking, 3) for truth, ranking in ours]),
        auroc=auroc(known, beyond) if beyond else None,
        refused=share([score < at(known, 1 - KEPT) for score in beyond]) if beyond else None,
        accepted=share([score >= at(known, 1 - COVERAGE) for score in beyond]) if beyond else None,
    )


def inside(ranking: Ranking) -> Ranking:
    """What of a ranking is ours."""
    return [row for row in ranking if not row[0].startswith(OUT)]


def sure(ranking: Ranking) -> float:
    """How sure the best label is."""
    return ranking[0][1] if ranking else 0.0


def names(ranking: Ranking, count: int) -> list[str]:
    """The first labels."""
    return [label for label, _ in ranking[:count]]


def share(hits: Sequence[bool]) -> float:
    """The part that is true."""
    return sum(hits) / len(hits) if hits else 0.0


def at(ordered: Sequence[float], part: float) -> float:
    """The value below which ``part`` of the ordered values lie."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def auroc(known: Sequence[float], beyond: Sequence[float]) -> float:
    """The area under the curve, ties counted half."""
    rows = sorted([(score, True) for score in known] + [(score, False) for score in beyond])
    below, wins, place = 0, 0.0, 0
    while place < len(rows):
        end = place
        while end < len(rows) and rows[end][0] == rows[place][0]:
            end += 1
        ours = sum(mine for _, mine in rows[place:end])
        wins += ours * (below + (end - place - ours) / 2)
        below += end - place - ours
        place = end
    return wins / (len(known) * len(beyond))


def by_threshold(tune: Pairs, tuned: Sequence[Ranking], test: Pairs, read: Sequence[Ranking]) -> tuple[float, ...]:
    """(accuracy on what is ours, share of what is outside that is refused) in the test, at two thresholds chosen on the
    tuning sentences: the one that is right most often there, and the highest that leaves `RIGHT` of ours right. A
    sentence of ours that is refused counts as wrong."""
    truths = [truth for _, truth in tune]
    return (*_at(_threshold(truths, tuned), test, read), *_at(_refusing(truths, tuned), test, read))


def _at(bar: float, test: Pairs, read: Sequence[Ranking]) -> tuple[float, float]:
    ours = [sure(ranking) >= bar and names(ranking, 1) == [truth]
            for (_, truth), ranking in zip(test, read, strict=True) if truth != OUTSIDE]
    beyond = [sure(ranking) < bar for (_, truth), ranking in zip(test, read, strict=True) if truth == OUTSIDE]
    return share(ours), share(beyond)


def _refusing(truths: Sequence[str], rankings: Sequence[Ranking]) -> float:
    """The highest bar that leaves `RIGHT` of ours right; 0 where they are not even without one."""
    ours = [(truth, ranking) for truth, ranking in zip(truths, rankings, strict=True) if truth != OUTSIDE]
    right = sorted((sure(ranking) for truth, ranking in ours if names(ranking, 1) == [truth]), reverse=True)
    needed = math.ceil(RIGHT * len(ours))
    return right[needed - 1] if 0 < needed <= len(right) else 0.0


def _threshold(truths: Sequence[str], rankings: Sequence[Ranking]) -> float:
    rows = sorted(
        (sure(ranking), (truth == OUTSIDE) - (names(ranking, 1) == [truth]))
        for truth, ranking in zip(truths, rankings, strict=True)
    )
    best, gain, most = 0.0, 0, 0
    for place, (score, change) in enumerate(rows):  # raising the bar past a row refuses it
        gain += change
        if gain > most:
            above = rows[place + 1][0] if place + 1 < len(rows) else 1.01
            best, most = (score + above) / 2, gain
    return best
