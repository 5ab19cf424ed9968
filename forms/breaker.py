"""A circuit breaker per source: one that fails again and again is left alone for a while, then tried once.

Pure: time comes from a clock that the caller may replace.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from core.clock import now
from integrations.sources.base import Answer, Query

State = Literal["closed", "open", "half_open"]
Clock = Callable[[], float]
Ask = Callable[[Query], Awaitable[Answer]]

OPEN_DETAIL = "BREAKER_OPEN"
"""`Answer.detail` of a look-up that was not made because the breaker is open."""


@dataclass
class Breaker:
    """The breaker of one source. ``failures`` in a row open it; after ``pause`` seconds one trial is let through."""

    failures: int = 5
    pause: float = 30.0
    clock: Clock = time.monotonic
    _failed: int = 0
    _opened: float | None = None
    _trial: float | None = None

    @property
    def state(self) -> State:
        """``closed`` lets all through, ``open`` none, ``half_open`` one trial at a time."""
        if self._opened is None:
            return "closed"
        return "half_open" if self.clock() - self._opened >= self.pause else "open"

    def allows(self) -> bool:
        """Whether a look-up may be made now; a True in ``half_open`` is the trial, and must be reported back.

        A trial that nobody reports (its caller was cancelled) lapses after another ``pause``.
        """
        if self.state != "half_open":
            return self.state == "closed"
        if self._trial is not None and self.clock() - self._trial < self.pause:
            return False
        self._trial = self.clock()
        return True

    def succeeded(self) -> None:
        """The source answered, whatever it said."""
        self._failed, self._opened, self._trial = 0, None, None

    def failed(self) -> None:
        """The source did not answer. A failed trial opens the breaker for another ``pause``."""
        self._failed += 1
        if self._failed >= self.failures or self._opened is not None:
            self._opened, self._trial = self.clock(), None


@dataclass
class Breakers:
    """The breakers of a process, one a source, and the number of look-ups each refused."""

    failures: int = 5
    pause: float = 30.0
    clock: Clock = time.monotonic
    refused: dict[str, int] = field(default_factory=dict)
    _by_source: dict[str, Breaker] = field(default_factory=dict)

    def of(self, source: str) -> Breaker:
        """The breaker of one source."""
        return self._by_source.setdefault(source, Breaker(self.failures, self.pause, self.clock))

    def states(self) -> dict[str, State]:
        """Every source seen so far with the state of its breaker."""
        return {source: breaker.state for source, breaker in sorted(self._by_source.items())}

    def around(self, ask: Ask) -> Ask:
        """``ask`` behind the breakers: a look-up that may not be made is answered ``source_down`` at once.

        A look-up that is cancelled (the time budget ran out) counts as a failure: a source too slow to be of use
        is as good as down.
        """

        async def guarded(query: Query) -> Answer:
            breaker = self.of(query.source)
            if not breaker.allows():
                self.refused[query.source] = self.refused.get(query.source, 0) + 1
                return Answer("source_down", "", now(), detail=OPEN_DETAIL)
            answered = False
            try:
                answer = await ask(query)
                answered = answer.outcome != "source_down"
                return answer
            finally:
                breaker.succeeded() if answered else breaker.failed()

        return guarded
