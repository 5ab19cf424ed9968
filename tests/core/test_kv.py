import asyncio
from typing import Any

import pytest
from redis.asyncio.lock import Lock
from redis.exceptions import TimeoutError as RedisTimeout

from core.errors import TooMany
from core.kv import KV

pytestmark = pytest.mark.everywhere


async def test_only_one_is_first(kv: KV) -> None:
    answers = await asyncio.gather(*(kv.first("message", 5) for _ in range(20)))
    assert sorted(answers) == [False] * 19 + [True]


async def test_a_lock_lets_one_in_at_a_time(kv: KV) -> None:
    inside, most = 0, 0

    async def enter() -> None:
        nonlocal inside, most
        async with kv.lock("door"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(10)))
    assert most == 1


async def test_a_lock_that_is_not_free_in_time_says_so(kv: KV) -> None:
    async with kv.lock("door"):
        with pytest.raises(TooMany):
            async with kv.lock("door", wait=0.05):
                pass


async def test_the_limit_names_when_to_come_back(kv: KV) -> None:
    await kv.limit("person", 1)
    with pytest.raises(TooMany) as refused:
        await kv.limit("person", 1)
    assert 1 <= int(str(refused.value.details["retry_after"])) <= 60


async def test_a_count_that_lost_its_end_gets_a_new_one(kv: KV) -> None:
    """Whoever counted first may have died before the window was set: nobody is shut out for ever."""
    await kv.client.incr("yjs:limit:person")
    await kv.limit("person", 5)
    assert 0 < await kv.client.ttl("yjs:limit:person") <= 60


async def test_a_lock_is_prolonged_while_its_holder_lives_and_free_soon_after_it_died(
    kv: KV, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.kv.LEASE", 3.0)
    async with kv.lock("door", seconds=60):
        if kv._here is None:  # a store of one process has no locks of the dead
            await _prolonged(kv)
        with pytest.raises(TooMany):
            async with kv.lock("door", wait=0.01):
                pass
    if kv._here is None:
        await kv.client.set("yjs:lock:door", "a process that died", px=600)
        async with kv.lock("door", wait=30):
            pass


async def test_a_lock_is_prolonged_when_the_store_was_away_for_a_moment(
    kv: KV, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kv._here is not None:
        return  # nothing is prolonged in a store of one process
    monkeypatch.setattr("core.kv.LEASE", 4.0)
    extend, away = Lock.extend, [RedisTimeout(), OSError()]

    async def shaky(*given: Any, **named: Any) -> bool:
        if away:
            raise away.pop()
        return await extend(*given, **named)

    monkeypatch.setattr(Lock, "extend", shaky)
    async with kv.lock("door", seconds=60):
        await _prolonged(kv, at_least=1)
    assert away == []


async def _prolonged(kv: KV, at_least: int = 2) -> None:
    """Until the time left of the lock has grown again so often; it must never be gone."""
    left, times = await kv.client.pttl("yjs:lock:door"), 0
    async with asyncio.timeout(60):
        while times < at_least:
            await asyncio.sleep(0.02)
            before, left = left, await kv.client.pttl("yjs:lock:door")
            assert left > 0, "it ran out while its holder lived"
            times += left > before
