"""Prefill: what the government already holds is fetched, so that the citizen need not type it.

Key attributes open sources whose answers open further sources. A look-up starts as soon as its key is known: all that
are possible run at once, inside one time budget. What did not answer in time is ``source_down``; what did is used.
Pure: `ask` does the talking, and whoever gives it audits.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from core.clock import now
from forms.draft import Draft
from forms.engine import Engine
from forms.filling.breaker import LATE_DETAIL
from forms.filling.lookups import PlannedLookup
from integrations.sources.base import Answer, Purpose, Query

Ask = Callable[[Query], Awaitable[Answer]]
OnAnswer = Callable[[Query, Answer, tuple[PlannedLookup, ...]], Awaitable[None]]
Key = tuple[str, tuple[tuple[str, str], ...]]
"""A source and what it is asked about."""


async def prefill(
    engine: Engine, draft: Draft, ask: Ask, purpose: Purpose, budget: float, on_answer: OnAnswer | None = None,
) -> Draft:
    """The draft with everything that could be fetched within ``budget`` seconds.

    Without given consent nothing is asked and the draft comes back as it was. Sources that were down are asked once
    more when that is due. ``on_answer`` is awaited for every answer, late ones included, with the look-ups it serves.
    """
    if draft.consent is None or not draft.consent.given:
        return draft
    run = _Run(engine, engine.again(draft, due=True), ask, purpose, time.monotonic() + budget, on_answer)
    try:
        await run.through()
    finally:
        await run.stop()
    return run.draft


@dataclass
class _Run:
    """One prefill under way. Every (source, key) is asked once; an answer serves all the look-ups that wanted it."""

    engine: Engine
    draft: Draft
    ask: Ask
    purpose: Purpose
    until: float
    on_answer: OnAnswer | None
    running: dict[asyncio.Task[Answer], tuple[Query, list[PlannedLookup]]] = field(default_factory=dict)
    answered: dict[Key, tuple[frozenset[str], Answer]] = field(default_factory=dict)
    given: set[tuple[str, Key, tuple[str, ...]]] = field(default_factory=set)

    async def through(self) -> None:
        """Until there is nothing left to ask, or no time."""
        self._launch()
        while self.running:
            left = self.until - time.monotonic()
            done, _ = await asyncio.wait(self.running, timeout=max(left, 0), return_when=asyncio.FIRST_COMPLETED)
            if not done:
                await self._give_up()
                return
            # In the order they were asked, so that the same answers always make the same draft.
            came = [(*self.running.pop(task), task.result()) for task in list(self.running) if task in done]
            await self._take(came)
            self._launch()

    async def stop(self, why: str | None = None) -> None:
        """Leave nothing running behind, whatever happened; ``why`` is told to what is cut off."""
        left = list(self.running)
        self.running.clear()
        for task in left:
            task.cancel(why)
        await asyncio.gather(*left, return_exceptions=True)

    def _launch(self) -> None:
        """Ask what can be asked now, grouped by source and key."""
        groups: dict[Key, list[PlannedLookup]] = {}
        busy = {_key(query) for query, _ in self.running.values()}
        for planned in self._unanswered():
            if _key(planned) not in busy:
                groups.setdefault(_key(planned), []).append(planned)
        for (source, key), group in groups.items():
            attributes = tuple(dict.fromkeys(name for planned in group for name in planned.attributes))
            query = Query(source, dict(key), attributes, self.purpose)
            self.running[asyncio.ensure_future(self.ask(query))] = (query, group)

    def _unanswered(self) -> list[PlannedLookup]:
        """What can be asked now. Look-ups that an answer given before serves are served on the way."""
        while True:
            planned = [one for one in self.engine.lookups(self.draft) if _name(one) not in self.given]
            served = [(one, answer) for one in planned if (answer := self._before(one)) is not None]
            self._give(served)
            if not served:
                return planned

    def _before(self, planned: PlannedLookup) -> Answer | None:
        """What its source said before, where that is enough."""
        asked, answer = self.answered.get(_key(planned), (frozenset[str](), None))
        if answer is None or (answer.outcome == "got" and not asked.issuperset(planned.attributes)):
            return None
        return answer

    def _give(self, answered: list[tuple[PlannedLookup, Answer]]) -> None:
        self.given.update(_name(planned) for planned, _ in answered)
        parts = [(planned, _part(answer, planned.attributes)) for planned, answer in answered]
        if parts:
            self.draft = self.engine.take_all(self.draft, parts)

    async def _take(self, came: list[tuple[Query, list[PlannedLookup], Answer]]) -> None:
        for query, _, answer in came:
            self.answered[_key(query)] = (frozenset(query.attributes), answer)
        self._give([(planned, answer) for _, group, answer in came for planned in group])
        if self.on_answer is not None:
            for query, group, answer in came:
                await self.on_answer(query, answer, tuple(group))

    async def _give_up(self) -> None:
        late = list(self.running.items())
        await self.stop(LATE_DETAIL)
        await self._take(
            [(query, group, Answer("source_down", "", now(), detail=LATE_DETAIL)) for _, (query, group) in late]
        )


def _key(asked: Query | PlannedLookup) -> Key:
    return asked.source, tuple(sorted(asked.key.items()))


def _name(planned: PlannedLookup) -> tuple[str, Key, tuple[str, ...]]:
    """A look-up that comes again with more attributes is another one; the very same is not given twice."""
    return planned.code, _key(planned), planned.attributes


def _part(answer: Answer, attributes: tuple[str, ...]) -> Answer:
    """The answer with no more than one look-up asked for."""
    records = tuple({name: record[name] for name in attributes if name in record} for record in answer.records)
    return replace(answer, records=records)
