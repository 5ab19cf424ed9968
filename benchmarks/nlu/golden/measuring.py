"""What comes out of reading the golden sentences, in the numbers people compare."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.measure import quantile
from benchmarks.nlu.golden.sentences import Sentence
from intents.understand import Understander
from intents.understanding import Understanding

COVERAGE = 0.9
"""Share of sentences of ours that are still accepted where out-of-scope ones are counted."""
BINS = 10
SHORT = 60
"""Characters up to which the time of a reading is held against its limit."""


@dataclass(frozen=True)
class Read:
    """A sentence and how it was understood, in so many milliseconds on the wall and of the processor."""

    sentence: Sentence
    heard: Understanding
    ms: float
    cpu_ms: float

    @property
    def first(self) -> str:
        """The best one-thing."""
        return self.heard.ranking[0].code

    @property
    def score(self) -> float:
        """How sure the best one-thing is."""
        return self.heard.ranking[0].score

    @property
    def right(self) -> bool:
        """Whether the best one-thing is one that was asked for."""
        return self.first in self.sentence.labels

    @property
    def refused(self) -> bool:
        """Whether the citizen is told that it is none of ours, or not understood."""
        return self.heard.band in ("out_of_scope", "unknown")


async def read(understander: Understander, given: Iterable[Sentence]) -> list[Read]:
    """Read every sentence once, cold."""
    done = []
    for sentence in given:
        began, cpu = time.perf_counter(), time.thread_time()
        heard = await understander.hear(sentence.text)
        took, used = time.perf_counter() - began, time.thread_time() - cpu
        done.append(Read(sentence, heard, took * 1000, used * 1000))
    return done


def share(hits: Iterable[bool]) -> float:
    """The part of them that is true, in percent."""
    counted = list(hits)
    return 100 * sum(counted) / len(counted) if counted else 0.0


def among_first(done: Sequence[Read], places: int) -> float:
    """Percent whose label is among the first ``places``."""
    return share(any(one.code in r.sentence.labels for one in r.heard.ranking[:places]) for r in done)


def accepted(inside: Sequence[Read], outside: Sequence[Read]) -> float:
    """Percent of out-of-scope sentences at or above the score that keeps `COVERAGE` of ours."""
    bar = quantile([r.score for r in inside], 1 - COVERAGE)
    return share(r.score >= bar for r in outside)


def calibration_error(done: Sequence[Read]) -> float:
    """Expected difference between confidence and being right, over ten bins; out of scope is never right."""
    error = 0.0
    for number in range(BINS):
        bin_ = [r for r in done if number == min(BINS - 1, int(r.score * BINS))]
        error += abs(sum(r.score - r.right for r in bin_)) / len(done)
    return error


def both_found(done: Sequence[Read]) -> float:
    """Percent of sentences with two matters in which both were found."""
    return share(set(r.sentence.labels) <= set(r.heard.matters) for r in done)


def times(done: Sequence[Read], cpu: bool = False) -> tuple[float, float]:
    """Median and 95th percentile of the milliseconds of short messages."""
    taken = [r.cpu_ms if cpu else r.ms for r in done if len(r.sentence.text) <= SHORT]
    return quantile(taken, 0.5), quantile(taken, 0.95)
