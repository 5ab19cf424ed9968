"""What a guest said before signing in, taken along into the citizen's own conversation."""

from __future__ import annotations

from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from bot.blocks import Block, Card, Options
from bot.models import Conversation, Message
from bot.talk_store import as_data, messages_after

MOST = 20
"""Messages taken along, the newest."""
GREETING = 1
"""Number of the first message: the citizen's own conversation has one too."""


async def messages_of(guest: Conversation, *, live: bool = False) -> list[dict[str, Any]]:
    """The guest's talk without its greeting, as messages to write.

    Buttons nobody has pressed count no longer, unless the talk goes on where it is (``live``).
    """
    said = (await messages_after(guest.id, GREETING))[-MOST:]
    answered = max((one.seq for one in said if one.role == "citizen"), default=0)
    taken: list[dict[str, Any]] = []
    for one in said:
        blocks = list(one.blocks) if live else [
            block if one.seq < answered else _spent(block) for block in one.blocks if not _asks_to_sign_in(block)
        ]
        if one.text or blocks:
            taken.append({"role": one.role, "text": one.text, "blocks": as_data(blocks)})
    return taken


async def renamed(guest: Conversation, owner: str) -> bool:
    """Give the whole talk to somebody who has said nothing yet; False when they have a talk of their own."""
    mine = await Conversation.get_or_none(owner=owner)
    if mine is not None and mine.seq > GREETING:
        return False
    try:
        async with in_transaction():
            if mine is not None:
                await Message.filter(conversation_id=mine.id).delete()
                await Conversation.filter(id=mine.id).delete()
            await Conversation.filter(id=guest.id).update(owner=owner)
    except IntegrityError:  # their own talk began in this very moment
        return False
    return True


def _asks_to_sign_in(block: Block) -> bool:
    return isinstance(block, Card) and any(action.id == "act:login" for action in block.actions)


def _spent(block: Block) -> Block:
    if isinstance(block, Card):
        return block.model_copy(update={"actions": ()})
    return block.model_copy(update={"items": (), "done": None}) if isinstance(block, Options) else block
