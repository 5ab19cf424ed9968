"""Prefill within a talk: asking the sources for the draft in hand, every look-up audited."""

from __future__ import annotations

from bot.desks import Table
from bot.parts import Parts
from core.errors import NotNow
from forms.draft import Draft
from forms.drafts import StoredDraft
from integrations.sources.base import Purpose

TRIES = 3


async def look_up(parts: Parts, table: Table) -> None:
    """Prefill and save. When the draft was changed elsewhere meanwhile, it is read again and prefilled anew."""
    for attempt in range(TRIES):
        filled = await parts.sources.prefill(
            parts.engine, table.draft, purpose_of(table.held), parts.prefill_budget, actor=table.actor
        )
        if await _saved(table, filled, last=attempt == TRIES - 1):
            return


def purpose_of(held: StoredDraft) -> Purpose:
    """Why look-ups are made for a draft."""
    draft, consent = held.draft, held.draft.consent
    return Purpose(
        one_thing=draft.one_thing, title=consent.purpose if consent else "", reference=held.id,
        items=tuple(consent.items) if consent else (), consent=consent.id if consent else "", operator=held.citizen_id,
    )


async def _saved(table: Table, filled: Draft, *, last: bool) -> bool:
    try:
        await table.save(filled)
    except NotNow as problem:
        if last or problem.details.get("reason") != "stale":
            raise
        await table.load(table.draft_id)
        return False
    return True
