"""The contract of shared-data sources: ask one source about one key, for one purpose, and get one of four outcomes.

An adapter never raises for an expected outcome: a source that is down, refuses or answers rubbish is an `Answer` with
``source_down`` or ``not_allowed``. *Nothing found* is said only when the source really answered that there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from integrations.health import Health

Outcome = Literal["got", "nothing_found", "not_allowed", "source_down"]


@dataclass(frozen=True)
class Purpose:
    """Why a look-up is made. A gateway refuses or audits look-ups without it."""

    one_thing: str
    title: str
    items: tuple[str, ...]
    reference: str
    """Draft id or case number."""
    consent: str
    """Consent id."""
    operator: str
    """Opaque id of the citizen or staff member who asks; never an id number."""


@dataclass(frozen=True)
class Query:
    """One question: which source, about which key, which attributes (never more than active items need)."""

    source: str
    key: dict[str, str]
    attributes: tuple[str, ...]
    purpose: Purpose


@dataclass(frozen=True)
class Answer:
    """One outcome. ``records`` holds dictionaries of the attributes asked for when the outcome is ``got``."""

    outcome: Outcome
    query_id: str
    fetched_at: datetime
    records: tuple[dict[str, Any], ...] = ()
    valid_until: datetime | None = None
    detail: str = ""
    """For operators' logs: a normalised error name such as ``UPSTREAM_TIMEOUT``; no personal data."""
    took_ms: float = 0.0


class Source(Protocol):
    """An adapter: a shared-data exchange, or one register behind it."""

    async def ask(self, query: Query) -> Answer:
        """Ask once; cancellation-safe, never slower than the adapter's own time limit."""
        ...

    async def check(self) -> Health:
        """Test settings, connection and credentials."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
