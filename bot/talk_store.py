"""Messages and states of conversations in the database: written together, numbered without gaps, taken once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tortoise.exceptions import IntegrityError

from bot.blocks import BLOCKS, Block
from bot.dialogue.stages import WithPerson
from bot.dialogue.state import State
from bot.models import Conversation, Message
from core.clock import now
from core.errors import NotFound, NotNow
from core.rows import find
from core.together import added, changed, make_all


@dataclass(frozen=True)
class Said:
    """One message as it is shown."""

    seq: int
    role: str
    text: str
    blocks: tuple[Block, ...]
    at: datetime
    client_id: str | None = None


async def conversation_of(owner: str) -> Conversation:
    """The conversation of an owner (``citizen:<id>`` or ``guest:<session id>``), begun if there is none."""
    row = await find(Conversation, owner=owner)
    if row is not None:
        return row
    try:
        return await Conversation.create(id=uuid4(), owner=owner, updated_at=now())
    except IntegrityError:  # two first messages at once: the other one was first
        return await Conversation.get(owner=owner)


async def conversation(conversation_id: str | UUID) -> Conversation:
    """One conversation. Raises `NotFound`."""
    row = await find(Conversation, id=conversation_id)
    if row is None:
        raise NotFound()
    return row


def state_of(row: Conversation) -> State:
    """The state of a conversation; a fresh one when none was kept."""
    return State.model_validate(row.state) if row.state else State()


async def reply_to(conversation_id: UUID, client_id: str | None) -> Said | None:
    """What was answered to a message sent before with the same client id."""
    if client_id is None:
        return None
    taken = await Message.get_or_none(conversation_id=conversation_id, client_id=client_id)
    if taken is None:
        return None
    reply = await Message.get_or_none(conversation_id=conversation_id, answers=taken.seq)
    return shown(reply) if reply else shown(taken)


async def write(row: Conversation, state: State, messages: Sequence[dict[str, Any]]) -> int:
    """Write messages and the state they led to, all or nothing; returns the last number.

    Raises `NotNow` (``reason=talk_moved``) when the conversation moved in between.
    """
    last, moment = row.seq + len(messages), now()
    fresh = {"state": state.model_dump(mode="json"), "seq": last, "updated_at": moment,
             "with_person": isinstance(state.stage, WithPerson)}
    said = [{"conversation_id": row.id, "seq": row.seq + place, "at": moment, **message}
            for place, message in enumerate(messages, 1)]
    talk = changed(Conversation, fresh, id=row.id, seq=row.seq)
    if not await make_all(talk, *([added(Message, *said)] if said else [])):
        raise NotNow(reason="talk_moved")
    return last


async def messages_after(conversation_id: UUID, seq: int, at_most: int = 200) -> list[Said]:
    """Messages numbered above ``seq``, oldest first."""
    rows = Message.filter(conversation_id=conversation_id, seq__gt=seq).order_by("seq").limit(at_most)
    return [shown(row) for row in await rows]


def shown(row: Message) -> Said:
    """A stored message as it is shown."""
    blocks = tuple(BLOCKS.validate_python(row.blocks or []))
    return Said(row.seq, row.role, row.text, blocks, row.at, row.client_id)


def as_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as JSON data."""
    return [block.model_dump(mode="json") for block in blocks]
