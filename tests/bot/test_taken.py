from __future__ import annotations

from uuid import uuid4

import pytest

from bot import taken
from bot.dialogue.state import State
from bot.models import Conversation, Message
from bot.taken import Taken
from bot.talk_store import conversation, write
from core.clock import now


@pytest.fixture
async def row(database) -> Conversation:
    return await Conversation.create(id=uuid4(), owner=f"guest:{uuid4().hex}", updated_at=now())


async def wrote(row: Conversation, *ids: str) -> Conversation:
    """The row after messages with these ids were written by some process."""
    await write(row, State(), [{"role": "citizen", "client_id": one} for one in ids])
    return await conversation(row.id)


async def test_what_another_process_took_is_known(row) -> None:
    mine = Taken()
    assert not await mine.has(row, "a")
    row = await wrote(row, "a", "b")
    assert await mine.has(row, "b")
    assert not await mine.has(row, "c")


async def test_what_was_written_here_is_known_without_reading(row, monkeypatch) -> None:
    mine = Taken()
    assert not await mine.has(row, "a")
    before, row = row, await wrote(row, "a")
    mine.wrote(before, row.seq, ["a"])
    monkeypatch.setattr(Message, "filter", None)
    assert await mine.has(row, "a")
    assert not await mine.has(row, "b")


async def test_a_write_that_came_after_anothers_is_read_again(row) -> None:
    mine = Taken()
    assert not await mine.has(row, "a")
    between = await wrote(row, "other")
    mine.wrote(between, between.seq + 1, ["a"])
    row = await wrote(between, "a")
    assert await mine.has(row, "other")
    assert await mine.has(row, "a")


async def test_talks_forgotten_are_read_again(row, monkeypatch) -> None:
    monkeypatch.setattr(taken, "TALKS", 1)
    mine, row = Taken(), await wrote(row, "a")
    other = await Conversation.create(id=uuid4(), owner="guest:2", updated_at=now())
    assert await mine.has(row, "a")
    assert not await mine.has(other, "a")
    assert await mine.has(row, "a")
