"""Which calls of an account are left alone for now: that fail again and again, or that WeChat counts or bars."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

from core.breaker import Breaker
from core.errors import Unavailable
from integrations.channels.wechat.http.failures import kind_of, pause_after

JITTER = 5.0
"""Seconds at most that a call waits beyond the new quota."""
Clock = Callable[[], float]


class Guard:
    """Of one account, by call. ``clock`` gives seconds since 1970."""

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock
        self._breakers: dict[str, Breaker] = {}
        self._paused: dict[str, tuple[float, int]] = {}

    def ask(self, call: str) -> None:
        """Before a call. Raises what the last answer meant while the call is paused, `Unavailable` while its breaker is
        open; ``why`` is ``paused``: nothing was sent."""
        until, code = self._paused.get(call, (0.0, 0))
        left = until - self._clock()
        if left > 0:
            said = f"WeChat said {code} to {call}: it is left alone for {left:.0f} more seconds"
            raise kind_of(code)(said, errcode=code, call=call, why="paused", retry_after=int(left) + 1)
        if not self._breaker(call).allows():
            raise Unavailable(f"{call} failed again and again: it is left alone for a while", call=call, why="paused")

    def answered(self, call: str, code: int) -> None:
        """WeChat answered, whatever it said."""
        self._breaker(call).succeeded()
        at = self._clock()
        seconds = pause_after(code, datetime.fromtimestamp(at, UTC), random.uniform(0, JITTER))
        if seconds:
            self._paused[call] = at + seconds, code

    def failed(self, call: str) -> None:
        """No answer that could be used."""
        self._breaker(call).failed()

    def _breaker(self, call: str) -> Breaker:
        return self._breakers.setdefault(call, Breaker(clock=self._clock))
