"""The demo data with a difference: what sources say otherwise in one worked case, so that no family stands for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core import clock
from integrations.sources.base import Answer, Query
from integrations.sources.demo.people import in_words

Ask = Callable[[Query], Awaitable[Answer]]
Difference = Mapping[str, Any] | None
"""Attributes that every record of a source has instead, or None for a source that finds nothing."""


class Told:
    """Asks, and changes what comes back. Days such as ``{-3d}`` count from today, as they do in the demo data."""

    def __init__(self, ask: Ask, differences: Mapping[str, Difference]) -> None:
        self._ask = ask
        self._differences = {source: in_words(said, clock.today()) for source, said in differences.items()}

    async def ask(self, query: Query) -> Answer:
        """The answer to one question. A source that found nothing, and is said to hold something, found it."""
        answer = await self._ask(query)
        if query.source not in self._differences or answer.outcome not in ("got", "nothing_found"):
            return answer
        said = self._differences[query.source]
        if said is None:
            return replace(answer, outcome="nothing_found", records=(), valid_until=None)
        wanted = {name: value for name, value in said.items() if name in query.attributes}
        records = tuple({**record, **wanted} for record in answer.records or ({},))
        return replace(answer, outcome="got", records=records, valid_until=clock.now() + timedelta(days=1))
