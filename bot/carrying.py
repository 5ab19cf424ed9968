"""What a guest said before signing in, taken along into the citizen's own conversation."""

from __future__ import annotations

from typing import Any

from bot.blocks import Block, Card, Options
from bot.models import Conversation
from bot.talk_store import as_data, messages_after

MOST = 20
"""Messages taken along, the newest."""
GREETING = 1
"""Number of the first message: the citizen's own conversation has one too."""


async def messages_of(guest: Conversation) -> list[dict[str, Any]]:
    """The guest's talk without its greeting, as messages to write; buttons nobody has pressed count no longer."""
    said = (await messages_after(guest.id, GREETING))[-MOST:]
    answered = max((one.seq for one in said if one.role == "citizen"), default=0)
    taken: list[dict[str, Any]] = []
    for one in said:
        blocks = [block if one.seq < answered else _spent(block) for block in one.blocks if not _asks_to_sign_in(block)]
        if one.text or blocks:
            taken.append({"role": one.role, "text": one.text, "blocks": as_data(blocks)})
    return taken


def _asks_to_sign_in(block: Block) -> bool:
    return isinstance(block, Card) and any(action.id == "act:login" for action in block.actions)


def _spent(block: Block) -> Block:
    if isinstance(block, Card):
        return block.model_copy(update={"actions": ()})
    return block.model_copy(update={"items": (), "done": None}) if isinstance(block, Options) else block
