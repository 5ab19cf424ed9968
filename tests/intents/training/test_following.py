"""Every process follows what is published: swapped under load, kept when the new one is broken, right at the start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from core.kv import KV
from core.settings import Settings
from intents.catalogue import Catalogue
from intents.models import ModelPart
from intents.training.files import fetch
from intents.training.following import Follower, begun, following, standings
from intents.training.publishing import publish, roll_back
from nlu.engine import Engine
from nlu.engines.choice import Chosen
from nlu.engines.local.trainable import LocalTrainable
from tests.conftest import Stage
from tests.intents.training.conftest import BERT, BIRTH, Maker

pytestmark = pytest.mark.everywhere
WHY = "为测试发布这个版本"
SENTENCE = BIRTH[0]
TINY, SWAPPED = "newborn_birth", "retirement"


@pytest.fixture
async def stores(stage: Stage, kv: KV) -> AsyncIterator[list[KV]]:
    """The store as two processes have it: each its own client where there is a server."""
    other = KV.open(stage.redis_url) if stage.redis_url else kv
    yield [kv, other]
    if other is not kv:
        await other.close()


async def never() -> Engine:
    raise AssertionError("a published version is there")


async def best(follower: Follower) -> str:
    return (await follower.recogniser.hear(SENTENCE)).ranking[0].code


async def until(follower: Follower, version: int) -> None:
    async with asyncio.timeout(90):
        while follower.version != version:
            await asyncio.sleep(0.005)


async def test_all_processes_change_under_load_and_no_message_is_lost(
    make_version: Maker, settings: Settings, stores: list[KV], catalogue: Catalogue, tmp_path: Path
) -> None:
    first, second = await make_version("tiny"), await make_version("swapped")
    await publish(first, BERT, settings, stores[0], WHY)
    folders = [tmp_path / "one", tmp_path / "two"]
    followers = [await begun(catalogue, kv, folder, never, Chosen(Settings()))
                 for kv, folder in zip(stores, folders, strict=True)]
    heard: list[list[str]] = [[], []]
    stop = asyncio.Event()

    async def ask(number: int) -> None:
        while not stop.is_set():
            heard[number].append(await best(followers[number]))
            await asyncio.sleep(0.001)

    async def hear(code: str) -> None:
        """Until this was the last answer of everybody."""
        async with asyncio.timeout(90):
            while any(answers[-1:] != [code] for answers in heard):
                await asyncio.sleep(0.005)

    async with AsyncExitStack() as stack:
        for follower in followers:
            await stack.enter_async_context(following(follower))
        async with asyncio.TaskGroup() as asking:  # whatever an answer raises fails the test
            tasks = [asking.create_task(ask(number)) for number in (0, 0, 1, 1)]
            await hear(TINY)
            await publish(second, BERT, settings, stores[0], WHY)
            await asyncio.gather(*(until(follower, second.id) for follower in followers))
            await hear(SWAPPED)
            stop.set()
        assert all(task.done() for task in tasks)
        for answers in heard:
            assert (answers[0], answers[-1]) == (TINY, SWAPPED)
            assert set(answers) == {TINY, SWAPPED}
        await roll_back(BERT, stores[1])
        await asyncio.gather(*(until(follower, first.id) for follower in followers))
        assert [await best(follower) for follower in followers] == [TINY, TINY]
        assert {one.version for one in await standings(stores[0])} == {first.id}


async def test_a_version_that_cannot_be_loaded_leaves_the_present_one_and_raises_an_alarm(
    make_version: Maker, settings: Settings, kv: KV, catalogue: Catalogue, tmp_path: Path
) -> None:
    first, second = await make_version("tiny"), await make_version("swapped")
    await publish(first, BERT, settings, kv, WHY)
    follower = await begun(catalogue, kv, tmp_path, never, Chosen(Settings()))
    parts = await ModelPart.filter(digest=second.file)
    await publish(second, BERT, settings, kv, WHY)
    await ModelPart.filter(digest=second.file).delete()
    with capture_logs() as lines:
        assert [await follower.look(), await follower.look()] == [False, False]
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["recogniser.load_failed"]
    assert (follower.version, await best(follower)) == (first.id, TINY)
    told = (await standings(kv))[0]
    assert (told.version, told.problem.startswith(f"{second.id}: ")) == (first.id, True)
    await roll_back(BERT, kv)
    assert (await follower.look(), follower.problem, (await standings(kv))[0].problem) == (False, "", "")
    for part in parts:
        await ModelPart.create(digest=part.digest, number=part.number, of=part.of, data=part.data)
    await roll_back(BERT, kv, second.id)
    assert await follower.look()
    assert (await best(follower), (await standings(kv))[0].problem) == (SWAPPED, "")


async def test_without_a_published_version_the_present_sentences_serve(
    make_version: Maker, settings: Settings, kv: KV, catalogue: Catalogue, tmp_path: Path
) -> None:
    version = await make_version("tiny")

    async def automatic() -> Engine:
        return await LocalTrainable().load(await fetch(version.file, tmp_path))

    follower = await begun(catalogue, kv, tmp_path / "models", automatic, Chosen(Settings()))
    assert (follower.version, await best(follower), await follower.look()) == (0, TINY, False)
    second = await make_version("swapped")
    await publish(second, BERT, settings, kv, WHY)
    assert await follower.look()
    assert await best(follower) == SWAPPED
    await ModelPart.filter(digest=second.file).delete()
    with capture_logs() as lines:
        fresh = await begun(catalogue, kv, tmp_path / "other", automatic, Chosen(Settings()))
    assert (fresh.version, await best(fresh)) == (0, TINY)
    assert [line["event"] for line in lines] == ["recogniser.load_failed"]


async def test_a_process_that_starts_without_the_published_file_reads_with_what_the_others_stay_with(
    make_version: Maker, settings: Settings, kv: KV, catalogue: Catalogue, tmp_path: Path
) -> None:
    first, second = await make_version("tiny"), await make_version("swapped")
    await publish(first, BERT, settings, kv, WHY)
    await publish(second, BERT, settings, kv, WHY)
    parts = await ModelPart.filter(digest=second.file)
    await ModelPart.filter(digest=second.file).delete()
    with capture_logs() as lines:
        fresh = await begun(catalogue, kv, tmp_path, never, Chosen(Settings()))
    assert (fresh.version, await best(fresh)) == (first.id, TINY)
    assert [line["event"] for line in lines] == ["recogniser.load_failed"]
    assert not await fresh.look()
    assert (await standings(kv))[0].problem.startswith(f"{second.id}: ")
    await ModelPart.bulk_create([ModelPart(digest=one.digest, number=one.number, of=one.of, data=one.data)
                                 for one in parts])
    assert await fresh.look()
    assert await best(fresh) == SWAPPED
