"""Prefill within a talk: asking the sources for the draft in hand, every look-up audited."""

from __future__ import annotations

from bot.desks import Table
from bot.parts import Parts
from core.errors import NotNow
from forms.draft import Draft
from integrations.sources.base import Purpose

TRIES = 3


async def look_up(parts: Parts, table: Table) -> None:
    """Prefill and save. When the draft was changed elsewhere meanwhile, it is read again and prefilled anew."""
    for attempt in range(TRIES):
        filled = await parts.sources.prefill(
            parts.engine, table.draft, purpose_of(table), parts.prefill_budget, actor=table.actor
        )
        if await _saved(table, filled, last=attempt == TRIES - 1):
            return


def purpose_of(table: Table) -> Purpose:
    """Why look-ups are made for the draft in hand."""
    draft = table.draft
    consent = draft.consent
    return Purpose(
        one_thing=draft.one_thing, title=consent.purpose if consent else "", reference=table.draft_id,
        items=tuple(consent.items) if consent else (), consent=consent.id if consent else "", operator=table.citizen_id,
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
