"""A source that counts its answers for the metrics, around any other source."""

from __future__ import annotations

from bot.web.metrics import LOOKUPS
from integrations.health import Health
from integrations.sources.base import Answer, Query, Source


class Counted:
    """Passes everything on and counts look-ups by source and outcome."""

    def __init__(self, source: Source) -> None:
        self._source = source

    async def ask(self, query: Query) -> Answer:
        """Ask, and count."""
        answer = await self._source.ask(query)
        LOOKUPS.labels(query.source, answer.outcome).inc()
        return answer

    async def check(self) -> Health:
        """The source's own check."""
        return await self._source.check()

    async def close(self) -> None:
        """Close the source."""
        await self._source.close()
