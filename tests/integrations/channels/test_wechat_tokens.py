"""The access token: one for all, renewed behind the calls that use the old one."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from core.errors import Unavailable
from core.kv import KV
from integrations.channels.wechat.http.tokens import EARLY, LAST, Tokens

KEY = "wechat:token:wx"


class Wechat:
    """Gives tokens when it may."""

    def __init__(self) -> None:
        self.asked, self.may, self.fails = 0, asyncio.Event(), False

    async def token(self) -> tuple[str, int]:
        self.asked += 1
        await self.may.wait()
        if self.fails:
            raise Unavailable("down")
        return f"new-{self.asked}", 7200


async def held(kv: KV, left: float) -> None:
    """A token that all know, with so many seconds left."""
    await kv.put(KEY, json.dumps(["old", time.time() + left, time.time() - 7200 + left]), max(left, 1))


@pytest.mark.everywhere
async def test_calls_go_on_with_the_old_token_while_one_process_renews_it(kv: KV) -> None:
    wechat = Wechat()
    several = [Tokens(kv, "wx", wechat.token) for _ in range(4)]
    await held(kv, EARLY - 100)
    assert {await one.get() for one in several for _ in range(25)} == {"old"}, "nobody waits"
    wechat.may.set()
    await asyncio.gather(*(one._renewing for one in several if one._renewing))
    assert {await one.get() for one in several} == {"new-1"}
    assert wechat.asked == 1
    for one in several:
        await one.close()


@pytest.mark.everywhere
async def test_a_token_that_has_ended_is_waited_for_by_all_and_fetched_once(kv: KV) -> None:
    wechat = Wechat()
    wechat.may.set()
    await held(kv, LAST - 5)
    several = [Tokens(kv, "wx", wechat.token) for _ in range(4)]
    found = await asyncio.gather(*(one.get() for one in several for _ in range(25)))
    assert (set(found), wechat.asked) == ({"new-1"}, 1)


async def test_a_renewal_that_fails_harms_nobody_and_is_not_tried_all_the_time(kv: KV) -> None:
    wechat, seen = Wechat(), list[float]()
    wechat.fails = True
    wechat.may.set()
    tokens = Tokens(kv, "wx", wechat.token, seen.append)
    await held(kv, EARLY - 100)
    for _ in range(10):
        assert await tokens.get() == "old"
        assert tokens._renewing is not None
        await tokens._renewing
    assert wechat.asked == 1
    assert 7000 < time.time() - seen[0] < 7300, "its age is known"


async def test_only_the_token_that_failed_is_thrown_away(kv: KV) -> None:
    wechat = Wechat()
    wechat.may.set()
    tokens = Tokens(kv, "wx", wechat.token)
    assert await tokens.get() == "new-1"
    await tokens.wrong("an older one")
    assert await tokens.get() == "new-1"
    await tokens.wrong("new-1")
    assert await tokens.get() == "new-2"
