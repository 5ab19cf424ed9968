"""Writing into talks: nobody else meanwhile, everything once, and whoever waits for it is woken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

from bot.blocks import Block
from bot.dialogue.state import State
from bot.models import Conversation
from bot.taken import Taken
from bot.talk_store import (
    Said,
    as_data,
    conversation,
    conversation_of,
    messages_after,
    reply_to,
    state_of,
    write,
)
from bot.waiting_room import WaitingRoom
from core.kv import KV


class Talks:
    """What is said in talks, kept. `bot.conversation.Conversations` finds the answers."""

    def __init__(self, kv: KV) -> None:
        self._kv, self.room, self._taken = kv, WaitingRoom(), Taken()
        self.unasked: Callable[[str, int], Awaitable[None]] | None = None
        """Told whose talk something was said in without being asked, and of which event of a case (0 for none), so
        that channels may push it."""

    async def append(self, conversation_id: str | UUID, blocks: Iterable[Block], *, role: str = "bot") -> int:
        """Say something that needs no answer and changes nothing; returns its number."""
        async with self._alone(conversation_id):
            row = await conversation(conversation_id)
            return await self._write(row, state_of(row), [reply_of(blocks) | {"role": role}])

    async def after(self, conversation_id: str | UUID, seq: int, wait: float = 0) -> list[Said]:
        """Messages numbered above ``seq``; when there are none, wait for up to ``wait`` seconds."""
        key = UUID(str(conversation_id))
        return await self.room.wait_for(key, lambda: messages_after(key, seq), wait)

    async def say_once(self, owner: str, blocks: Iterable[Block], key: str, *, role: str = "bot") -> None:
        """Put into a talk what changes nothing in it. ``key`` names it, so that it is said once."""
        row = await conversation_of(owner)
        async with self._alone(row.id):
            row = await conversation(row.id)
            if await self._before(row, key) is None:
                await self._write(row, state_of(row), [reply_of(blocks, client_id=key) | {"role": role}])
        await self._spread(owner)

    def _alone(self, conversation_id: str | UUID) -> AbstractAsyncContextManager[None]:
        """Nobody else writes into the talk meanwhile, in any process."""
        return self._kv.lock(f"talk:{conversation_id}", seconds=60, wait=20)

    async def _spread(self, owner: str, event_id: int = 0) -> None:
        if self.unasked is not None:
            await self.unasked(owner, event_id)

    async def _write(self, row: Conversation, state: State, messages: list[dict[str, object]]) -> int:
        last = await write(row, state, messages)
        self._taken.wrote(row, last, (str(one["client_id"]) for one in messages if one.get("client_id")))
        self.room.wake(row.id)
        return last

    async def _before(self, row: Conversation, client_id: str | None) -> Said | None:
        """What was answered to a message that was taken before."""
        taken = client_id is not None and await self._taken.has(row, client_id)
        return await reply_to(row.id, client_id) if taken else None


def reply_of(blocks: Iterable[Block], *, answers: int | None = None, client_id: str | None = None) -> dict[str, object]:
    """What the bot says, as `Talks` writes it. ``answers`` numbers the message it answers."""
    return {"role": "bot", "blocks": as_data(blocks), "answers": answers, "client_id": client_id}
