"""Labels: what operators say sentences mean."""

from __future__ import annotations

from intents.models import Label


async def accepted_labels() -> tuple[Label, ...]:
    """Every label that stands, oldest first; those written into the files already among them."""
    return tuple(await Label.filter(state="accepted").order_by("at", "id"))
