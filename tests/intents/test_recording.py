"""The recorder: nobody waits for it, it keeps what it promised to keep, and what it keeps is forgotten in time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from core.clock import now, today
from intents import recording
from intents.heard import Came, Utterance, forget_heard, key_of
from intents.models import Heard
from intents.recording import Recorder
from intents.understanding import Context, Scored, Understanding


@contextmanager
def tomorrow(days: int = 1) -> Iterator[None]:
    with time_machine.travel(now() + timedelta(days=days), tick=True):
        yield


def utterance(text: str = "孩子的证咋整", score: float = 0.5) -> Utterance:
    read = Understanding(text, (Scored("newborn_birth", score), Scored("open_clinic", 0.1)), "confirm", near=0.4)
    return Utterance(uuid4(), read, Context(), "open")


@pytest.mark.everywhere
async def test_what_is_put_is_written_in_the_background(database: TortoiseContext, monkeypatch) -> None:
    monkeypatch.setattr(recording, "PAUSE", 0.01)
    recorder, said = Recorder(), utterance()
    recorder.start()
    recorder.put(said)
    async with asyncio.timeout(90):
        while not await Heard.exists(id=said.id):
            await asyncio.sleep(0.01)
    recorder.put(Came(said.id, "denied"))
    await recorder.stop()
    row = await Heard.get(id=said.id)
    assert (row.outcome, row.day, row.state) == ("denied", today(), "new")
    assert row.value > 90


@pytest.mark.everywhere
async def test_an_outcome_in_the_same_breath_needs_no_second_write(database: TortoiseContext) -> None:
    recorder, said = Recorder(), utterance()
    recorder.put(said, Came(said.id, "confirmed", "newborn_birth"))
    await recorder.stop()
    row = await Heard.get(id=said.id)
    assert (row.outcome, row.chosen) == ("confirmed", "newborn_birth")


async def test_an_outcome_that_comes_before_its_row_waits_for_it(database: TortoiseContext, monkeypatch) -> None:
    """Two processes: the other one has not written the row yet."""
    monkeypatch.setattr(recording, "PAUSE", 0.01)
    here, there, said = Recorder(), Recorder(), utterance()
    here.start()
    here.put(Came(said.id, "denied"))
    await here.flush()
    there.put(said)
    await there.stop()
    async with asyncio.timeout(90):
        while (await Heard.get(id=said.id)).outcome != "denied":
            await asyncio.sleep(0.01)
    await here.stop()


async def test_while_nothing_can_be_written_entries_wait_and_the_oldest_give_way(
    database: TortoiseContext, monkeypatch,
) -> None:
    monkeypatch.setattr(recording, "ROOM", 3)
    recorder = Recorder()
    write = recorder._write

    async def broken(part: object) -> None:
        raise OperationalError("down")

    monkeypatch.setattr(recorder, "_write", broken)
    said = [utterance(f"第{number}句") for number in range(5)]
    recorder.put(*said[:2])
    await recorder.flush()
    recorder.put(*said[2:])
    monkeypatch.setattr(recorder, "_write", write)
    await recorder.flush()
    assert recorder.dropped == 2
    assert {row.id for row in await Heard.all()} == {one.id for one in said[2:]}


@pytest.mark.everywhere
async def test_utterances_are_forgotten_and_what_nothing_came_of_is_abandoned(database: TortoiseContext) -> None:
    recorder, said = Recorder(), utterance()
    recorder.put(said)
    await recorder.flush()
    assert await forget_heard(30) == 0
    assert (await Heard.get(id=said.id)).outcome == "open", "today is not over"
    with tomorrow():
        assert await forget_heard(30) == 0
        assert (await Heard.get(id=said.id)).outcome == "abandoned"
    with tomorrow(32):
        assert await forget_heard(30) == 1


def test_the_same_words_have_the_same_key() -> None:
    assert key_of("孩子 出生，办证？") == key_of("孩子出生办证吗".replace("吗", "")) == key_of("孩子出生，办證")
    assert key_of("孩子出生") != key_of("孩子上学")
