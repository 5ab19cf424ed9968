"""Measures of a recogniser, computed from its answers to sentences whose truth is known. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from intents.training.reading import OUTSIDE, Answer

BINS = 10
COVERAGE = 0.9
"""Share of what is ours that is kept when out-of-scope acceptance is measured."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class OfIntent(_Frozen):
    """One intent: how many sentences, how many got it, how many of those rightly."""

    sentences: int
    answered: int
    right: int

    @property
    def recall(self) -> float:
        """Share of its sentences that were read as it."""
        return share(self.right, self.sentences)

    @property
    def precision(self) -> float:
        """Share of what was read as it that is it."""
        return share(self.right, self.answered)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return share(2 * self.right, self.sentences + self.answered)


class Bin(_Frozen):
    """Sentences of one tenth of the confidences."""

    right: int = 0
    """Ours, and the likeliest one-thing is the true one."""
    wrong: int = 0
    """Ours, and it is not."""
    outside: int = 0
    """None of ours."""
    confidence: float = 0.0
    """Mean confidence."""

    @property
    def count(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.outside


class Report(_Frozen):
    """All measures over one set of sentences. Shares are 0 to 1."""

    sentences: int
    outside: int
    """How many of them are none of ours."""
    accuracy: float
    """Share answered as it should be: the right one-thing, or none where it is none of ours."""
    first: float
    """Of what is ours: the likeliest one-thing is the true one."""
    three: float
    """Of what is ours: the true one is among the three likeliest."""
    accepted: float
    """Of what is none of ours: accepted at the confidence that keeps `COVERAGE` of what is ours."""
    threshold: float
    """That confidence."""
    refused: float
    """Of what is ours: refused or not understood."""
    error: float
    """Expected calibration error: how far confidence is from the share that is right, on average."""
    bins: tuple[Bin, ...]
    by_intent: dict[str, OfIntent]
    confused: tuple[tuple[str, str, int], ...]
    """(truth, answer, how many) of wrong answers, the most frequent first."""


def share(part: float, whole: float) -> float:
    """``part`` of ``whole``, 0 when there is nothing."""
    return part / whole if whole else 0.0


def measured(answers: Sequence[Answer]) -> Report | None:
    """All measures; None when there is nothing to measure."""
    known = [one for one in answers if one.truth]
    if not known:
        return None
    ours = [one for one in known if one.truth != OUTSIDE]
    others = [one for one in known if one.truth == OUTSIDE]
    threshold = _threshold(ours)
    bins = tuple(_bin([one for one in known if _place(one.score) == place]) for place in range(BINS))
    return Report(
        sentences=len(known), outside=len(others), accuracy=share(sum(one.right for one in known), len(known)),
        first=share(sum(one.best == one.truth for one in ours), len(ours)),
        three=share(sum(one.truth in one.three for one in ours), len(ours)),
        accepted=share(sum(one.score >= threshold for one in others), len(others)), threshold=threshold,
        refused=share(sum(one.answer == OUTSIDE for one in ours), len(ours)), error=_calibration_error(bins),
        bins=bins, by_intent=_by_intent(known), confused=_confused(known),
    )


def _threshold(ours: Sequence[Answer]) -> float:
    """The highest confidence that still keeps `COVERAGE` of what is ours."""
    scores = sorted((one.score for one in ours), reverse=True)
    keep = -int(-COVERAGE * len(scores) // 1)
    return scores[keep - 1] if scores else 0.0


def _place(score: float) -> int:
    return min(int(score * BINS), BINS - 1)


def _bin(inside: Sequence[Answer]) -> Bin:
    outside = sum(one.truth == OUTSIDE for one in inside)
    right = sum(one.best == one.truth for one in inside)
    return Bin(
        right=right, wrong=len(inside) - right - outside, outside=outside,
        confidence=round(share(sum(one.score for one in inside), len(inside)), 4),
    )


def _calibration_error(bins: Iterable[Bin]) -> float:
    held = [one for one in bins if one.count]
    off = sum(one.count * abs(one.confidence - share(one.right, one.count)) for one in held)
    return share(off, sum(one.count for one in held))


def _by_intent(known: Sequence[Answer]) -> dict[str, OfIntent]:
    sentences, answered = Counter(one.truth for one in known), Counter(one.answer for one in known)
    right = Counter(one.truth for one in known if one.right)
    return {
        intent: OfIntent(sentences=sentences[intent], answered=answered[intent], right=right[intent])
        for intent in sorted({*sentences, *answered})
    }


def _confused(known: Sequence[Answer]) -> tuple[tuple[str, str, int], ...]:
    counted = Counter((one.truth, one.answer) for one in known if not one.right)
    return tuple((truth, answer, count) for (truth, answer), count in sorted(
        counted.items(), key=lambda pair: (-pair[1], pair[0])
    ))
