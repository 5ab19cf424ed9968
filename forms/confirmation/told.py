"""Telling whoever asked what others decided: kept with the decision until it is told, asked for again when lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from core.clock import now
from forms.confirmation.links import Links
from forms.models import ConfirmationRow


class Told(Links):
    """The side for the machine: what was decided, and who has still to hear of it."""

    async def given_by(self, citizen_id: str) -> list[dict[str, str]]:
        """What a citizen decided for others, for their own export."""
        rows = await ConfirmationRow.filter(decided_by=citizen_id).order_by("decided_at")
        return [
            {"one_thing": row.one_thing, "text": row.text, "decision": row.state, "reason": row.reason or "",
             "at": row.decided_at.isoformat() if row.decided_at else ""}
            for row in rows
        ]

    async def to_tell(self, confirmation_id: str) -> ConfirmationRow | None:
        """A decision that whoever asked was not told of yet; None when they were."""
        row = await ConfirmationRow.get_or_none(id=UUID(confirmation_id))
        return row if row is not None and row.tell_at is not None else None

    async def told(self, confirmation_id: str) -> None:
        """They were told."""
        await ConfirmationRow.filter(id=UUID(confirmation_id)).update(tell_at=None)

    async def nudge(self, limit: int = 50) -> None:
        """Ask once more for those who were not told."""
        late = ConfirmationRow.filter(tell_at__lt=now() - timedelta(seconds=10)).order_by("tell_at").limit(limit)
        for row_id in await late.values_list("id", flat=True):
            await self.jobs.ask("confirmed", confirmation_id=str(row_id))
