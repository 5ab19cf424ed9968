"""A circuit breaker: what fails again and again is left alone for a while, then tried once.

Pure: time comes from a clock that the caller may replace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["closed", "open", "half_open"]
Clock = Callable[[], float]


@dataclass
class Breaker:
    """The breaker of one neighbour. ``failures`` in a row open it; after ``pause`` seconds one trial is let through."""

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
        """Whether it may be asked now; a True in ``half_open`` is the trial, and must be reported back.

        A trial that nobody reports (its caller was cancelled) lapses after another ``pause``.
        """
        if self.state != "half_open":
            return self.state == "closed"
        if self._trial is not None and self.clock() - self._trial < self.pause:
            return False
        self._trial = self.clock()
        return True

    def succeeded(self) -> None:
        """It answered, whatever it said."""
        self._failed, self._opened, self._trial = 0, None, None

    def failed(self) -> None:
        """It did not answer. A failed trial opens the breaker for another ``pause``."""
        self._failed += 1
        if self._failed >= self.failures or self._opened is not None:
            self._opened, self._trial = self.clock(), None
