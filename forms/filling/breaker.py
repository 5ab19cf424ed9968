"""A circuit breaker per source: one that fails again and again is left alone for a while, then tried once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from core.breaker import Breaker, Clock, State
from core.clock import now
from integrations.sources.base import Answer, Query

Ask = Callable[[Query], Awaitable[Answer]]

OPEN_DETAIL = "BREAKER_OPEN"
"""`Answer.detail` of a look-up that was not made because the breaker is open."""
LATE_DETAIL = "BUDGET_SPENT"
"""`Answer.detail` of a look-up that the time budget cut off, and what its task is cancelled with."""


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

        A look-up that the time budget cuts off (cancelled with `LATE_DETAIL`) counts as a failure: a source too slow to
        be of use is as good as down. One cancelled otherwise, as when the app stops, says nothing of its source.
        """

        async def guarded(query: Query) -> Answer:
            breaker = self.of(query.source)
            if not breaker.allows():
                self.refused[query.source] = self.refused.get(query.source, 0) + 1
                return Answer("source_down", "", now(), detail=OPEN_DETAIL)
            well: bool | None = False
            try:
                answer = await ask(query)
                well = answer.outcome != "source_down"
                return answer
            except asyncio.CancelledError as stopped:
                well = False if LATE_DETAIL in stopped.args else None
                raise
            finally:
                if well is not None:
                    breaker.succeeded() if well else breaker.failed()

        return guarded
