"""How long departments may fetch the files of a package: while its case is open, and some days after its end."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cases.models import Case
from core.clock import now


async def may_fetch(draft_id: UUID, days: int) -> bool:
    """Whether the files of a draft are still handed out: it became a case, which is open or ended lately."""
    case = await Case.get_or_none(draft_id=draft_id)
    return case is not None and (case.ended_at is None or now() - case.ended_at <= timedelta(days=days))
