"""What is kept of talks: exported on request, erased on request, forgotten after a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tortoise.transactions import in_transaction

from bot.models import Conversation, Message, Session
from bot.talk_store import shown
from cases.talks.waiting import no_longer_waits
from core.audit import record
from core.clock import now


async def export_talk(owner: str) -> list[dict[str, Any]]:
    """Every message of an owner's conversation, oldest first, as data."""
    row = await Conversation.get_or_none(owner=owner)
    if row is None:
        return []
    said = [shown(one) for one in await Message.filter(conversation_id=row.id).order_by("seq")]
    return [
        {"seq": one.seq, "role": one.role, "at": one.at.isoformat(),
         "text": one.text or "\n".join(block.plain for block in one.blocks)}
        for one in said
    ]


async def erase_talk(owner: str) -> int:
    """Delete an owner's conversation; returns how many messages went with it."""
    await no_longer_waits(owner)
    row = await Conversation.get_or_none(owner=owner)
    if row is None:
        return 0
    async with in_transaction():
        gone = await Message.filter(conversation_id=row.id).delete()
        await row.delete()
        await record(owner, "talk.erase", f"talk:{row.id}", details={"messages": gone})
    return gone


async def forget_said(days: int) -> int:
    """Delete what was said in talks more than ``days`` ago; 0 keeps it. The state of a talk stays. Returns how many."""
    return await Message.filter(at__lt=now() - timedelta(days=days)).delete() if days else 0


async def forget_sessions() -> int:
    """Delete sessions that have ended; returns how many."""
    return await Session.filter(expires__lt=now()).delete()


async def forget_guests(days: int = 2) -> int:
    """Delete conversations of guests that nobody touched for ``days``; returns how many."""
    rows = await Conversation.filter(owner__startswith="guest:", updated_at__lt=now() - timedelta(days=days))
    for row in rows:
        await erase_talk(row.owner)
    return len(rows)
