"""Asking sources for real: behind the breakers, framed against broken adapters, every look-up in the audit log."""

from __future__ import annotations

import structlog

from core.audit import record
from core.clock import now
from core.crypto import keyring
from core.errors import YijianshiError
from forms.draft import Draft
from forms.engine import Engine
from forms.filling.breaker import Breakers
from forms.filling.lookups import PlannedLookup
from forms.filling.prefill import OnAnswer, prefill
from forms.filling.recheck import Rechecked, recheck
from integrations.sources.base import Answer, Purpose, Query, Source

log = structlog.get_logger(__name__)


class AuditedSource:
    """Prefill and recheck against one source adapter. One for the process, since the breakers remember."""

    def __init__(self, source: Source, breakers: Breakers | None = None) -> None:
        self._source = source
        self.breakers = breakers or Breakers()
        self._guarded = self.breakers.around(self._framed)

    async def ask(self, query: Query) -> Answer:
        """One look-up behind its breaker, not audited. Never raises for what an adapter does."""
        return await self._guarded(query)

    async def prefill(
        self, engine: Engine, draft: Draft, purpose: Purpose, budget: float, *, actor: str
    ) -> Draft:
        """`forms.filling.prefill.prefill` with every look-up audited as done by ``actor`` (``citizen:<id>``)."""
        return await prefill(engine, draft, self.ask, purpose, budget, _auditing(actor))

    async def recheck(self, engine: Engine, draft: Draft, purpose: Purpose, budget: float, *, actor: str) -> Rechecked:
        """`forms.filling.recheck.recheck` with every look-up audited as done by ``actor``."""
        return await recheck(engine, draft, self.ask, purpose, budget, _auditing(actor))

    async def _framed(self, query: Query) -> Answer:
        """The frame that calls adapters: one that breaks its contract must not take the whole prefill with it."""
        try:
            return await self._source.ask(query)
        except YijianshiError as problem:
            name = problem.code
        except Exception as problem:
            name = type(problem).__name__
            log.exception("source_broke_its_contract", source=query.source)
        return Answer("source_down", "", now(), detail=name)


def _auditing(actor: str) -> OnAnswer:
    async def audit(query: Query, answer: Answer, _planned: tuple[PlannedLookup, ...]) -> None:
        await audit_lookup(actor, query, answer)

    return audit


async def audit_lookup(actor: str, query: Query, answer: Answer) -> None:
    """One line: who asked, about whom (a keyed fingerprint, not the number), which attributes, why, what came."""
    purpose = query.purpose
    details = {
        "source": query.source, "attributes": list(query.attributes), "purpose": purpose.title,
        "items": list(purpose.items), "consent": purpose.consent, "query": answer.query_id, "detail": answer.detail,
        "records": len(answer.records), "took_ms": round(answer.took_ms, 1),
        "whose": {name: keyring().fingerprint(value) for name, value in query.key.items()},
    }
    await record(actor, "lookup", f"draft:{purpose.reference}", outcome=answer.outcome, details=details)
