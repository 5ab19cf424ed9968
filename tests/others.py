"""Everybody else whom a draft waits for confirms on their own phone: for tests that are about something else."""

from __future__ import annotations

from forms.confirmation.confirmations import Confirmations
from forms.draft import Login
from forms.engine import Engine
from forms.service import FormService

PHONE = "55555555-5555-5555-5555-555555555555"
"""Citizen id of whoever confirms."""


async def others_confirm(confirmations: Confirmations, engine: Engine, forms: FormService, draft_id: str) -> int:
    """Each of them signs in and confirms; returns how many did."""
    held = await forms.get(draft_id)
    missing = [who for who in engine.confirmations(held.draft) if who.state in ("open", "stale")]
    for who in missing:
        link = await confirmations.ask(draft_id, held.citizen_id, who.key)
        login = Login(name=who.name, id_number=who.id_number, level=3)
        read = await confirmations.read(link.token, PHONE, login)
        await confirmations.decide(link.token, PHONE, login, "confirmed", read.seen)
    return len(missing)
