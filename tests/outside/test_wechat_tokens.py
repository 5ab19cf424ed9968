"""Four processes of one account: a token is fetched by one of them, and renewed by one of them."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator

import pytest

from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.demo.server import make_app
from integrations.channels.wechat.demo.world import World
from integrations.demo_server import running

PROCESSES, SENDS = 4, 25


async def line(process: Process, says: str) -> None:
    assert process.stdout is not None
    assert (await asyncio.wait_for(process.stdout.readline(), 120)).decode().strip() == says


@pytest.fixture
async def kv(valkey_url: str) -> AsyncIterator[KV]:
    """An empty store that processes share."""
    store = KV.open(valkey_url)
    await store.client.flushdb()
    yield store
    await store.close()


@pytest.mark.parametrize("left", [0, 100])
async def test_a_hundred_sends_of_four_processes_cost_one_token(valkey_url: str, kv: KV, left: int) -> None:
    account = accounts_of(Settings(secret_key="k"))[0]
    world = World((account,))
    world.phones["demo-1"].follows.add(account.app_id)
    if left:
        held = json.dumps([world.ages(account.app_id, left), time.time() + left, time.time() - 7000])
        await kv.put(f"wechat:token:{account.app_id}", held, left)
    async with running(make_app((account,), "http://127.0.0.1:9", world)) as url:
        given = (url, valkey_url, world.openid("demo-1", account.app_id), str(SENDS))
        processes = [await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.outside.sending", *given, stdin=PIPE, stdout=PIPE) for _ in range(PROCESSES)]
        try:
            await asyncio.gather(*(line(one, "ready") for one in processes))
            for one in processes:
                assert one.stdin is not None
                one.stdin.write(b"go\n")
            await asyncio.gather(*(line(one, "sent") for one in processes))
        finally:
            for one in processes:
                if one.returncode is None and one.stdin is not None:
                    one.stdin.close()
            await asyncio.gather(*(asyncio.wait_for(one.wait(), 60) for one in processes))
    assert len(world.phones["demo-1"].chats[account.app_id]) == PROCESSES * SENDS
    assert world.calls.count("/cgi-bin/stable_token") == 1
