"""The recheck at submission: what the sources say now, asked in the citizen's name under the consent they gave."""

from __future__ import annotations

from cases.tools import Recheck
from forms.audited import AuditedSource
from forms.drafts import StoredDraft
from forms.engine import Engine
from forms.filling.recheck import Rechecked
from integrations.sources.base import Purpose


def recheck_with(source: AuditedSource, engine: Engine, budget: float) -> Recheck:
    """A recheck within ``budget`` seconds, for `cases.service.CaseService`."""

    async def recheck(held: StoredDraft) -> Rechecked:
        return await source.recheck(
            engine, held.draft, purpose_of(held), budget, actor=f"citizen:{held.citizen_id}"
        )

    return recheck


def purpose_of(held: StoredDraft) -> Purpose:
    """Why the sources are asked: for this draft, under its consent."""
    consent = held.draft.consent
    return Purpose(
        one_thing=held.draft.one_thing, title=consent.purpose if consent else "",
        items=tuple(consent.items) if consent else (), reference=held.id, consent=consent.id if consent else "",
        operator=held.citizen_id,
    )
