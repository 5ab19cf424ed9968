"""One account served by two processes: whichever a push comes to, it is taken once and answered once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
import xmltodict

from bot.house import House
from bot.models import Message
from bot.wechat import door as door_module
from bot.wechat import turning
from bot.wechat.door import Door
from bot.wechat.doors import Doors
from core import claims
from tests.bot.web.wechat.conftest import words
from tests.bot.web.wechat.small import SmallWechat
from tests.journeys.scanner import kv_text

PATIENT = 60.0
Take = Callable[..., Awaitable[str]]


class Thinking:
    """A core that says when it begins to think and goes on when it may."""

    def __init__(self, hears: Any) -> None:
        self._hears, self.begun, self.may = hears, asyncio.Event(), asyncio.Event()
        self.times = 0

    async def hear(self, *given: Any) -> Any:
        self.times += 1
        self.begun.set()
        await self.may.wait()
        return await self._hears.hear(*given)


@pytest.fixture
def thinking(house: House) -> Thinking:
    talks = house.conversations
    made = Thinking(talks.parts.hears)
    talks.parts = replace(talks.parts, hears=made)
    return made


@pytest.fixture
def doors(house: House, wechat: SmallWechat, monkeypatch: pytest.MonkeyPatch) -> tuple[Door, Door]:
    monkeypatch.setattr(door_module, "IN_TIME", PATIENT)
    return house.doors.of("oa"), Doors(house, {"oa": wechat}).of("oa")


async def take(door: Door, text: str = "我要退休", **fields: Any) -> str:
    """A push of one message, always the same."""
    body = {"ToUserName": "gh_1", "FromUserName": "openid-1", "CreateTime": "1714112445", "MsgType": "text",
            "Content": text, "MsgId": "4711"} | fields
    signature = hashlib.sha1("".join(sorted(("token", "1", "n"))).encode()).hexdigest()
    query = {"timestamp": "1", "nonce": "n", "signature": signature}
    return words(await door.take(query, xmltodict.unparse({"xml": body}).encode()))


async def begun(door: Door, **fields: Any) -> asyncio.Task[str]:
    """A push that the door has begun to work on."""
    task = asyncio.create_task(take(door, **fields))
    while not door._running:
        await asyncio.sleep(0.01)
    return task


async def turns() -> int:
    return await Message.filter(client_id__startswith="wx:oa:").count()


@pytest.mark.everywhere
async def test_a_push_that_comes_again_elsewhere_gets_the_answer_of_the_first(
    doors: tuple[Door, Door], thinking: Thinking, wechat: SmallWechat
) -> None:
    here, there = doors
    first = await begun(here)
    await thinking.begun.wait()
    second = await begun(there)
    thinking.may.set()
    answers = [await first, await second, await take(there), await take(here)]
    assert "退休" in answers[0]
    assert len(set(answers)) == 1
    assert (await turns(), thinking.times, wechat.sent) == (1, 1, [])


@pytest.mark.everywhere
async def test_who_was_told_nothing_in_time_is_told_once(
    doors: tuple[Door, Door], thinking: Thinking, wechat: SmallWechat, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = doors
    monkeypatch.setattr(door_module, "IN_TIME", 0.05)
    first = await begun(here)
    await thinking.begun.wait()
    assert [await first, await take(there), await take(there)] == ["success"] * 3
    thinking.may.set()
    await asyncio.gather(here.close(), there.close())
    assert [words for _, words in wechat.sent if "退休" in words] == [words for _, words in wechat.sent]
    assert (len(wechat.sent), await turns()) == (1, 1)
    assert await take(there) == "success", "what was sent is not said again"


@pytest.mark.everywhere
@pytest.mark.parametrize("dies", ["thinking", "told"])
async def test_the_push_of_a_process_that_died_is_taken_by_another(
    doors: tuple[Door, Door], thinking: Thinking, wechat: SmallWechat, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    monkeypatch.setattr(claims, "LEASE", 0.5)
    (here, there), told = doors, asyncio.Event()

    async def hang(*_: Any) -> None:
        told.set()
        await asyncio.Event().wait()

    if dies == "told":
        monkeypatch.setattr(here._once, "keep", hang)
        thinking.may.set()
    first = await begun(here)
    await (told if dies == "told" else thinking.begun).wait()
    second = await begun(there)
    for work in (first, *here._running.values()):
        work.cancel()
    thinking.may.set()
    answer = await second
    assert "退休" in answer
    assert [await take(there), await turns(), wechat.sent] == [answer, 1, []]


@pytest.mark.everywhere
async def test_an_answer_is_kept_but_not_for_others_to_read(
    doors: tuple[Door, Door], thinking: Thinking, house: House
) -> None:
    thinking.may.set()
    answer = await take(doors[0], text="我的手机号是13800000197，想问谁跟谁")
    kept = await kv_text(house.kv)
    assert any(":wechat:reply:" in key for key in kept)
    assert not [key for key, text in kept.items() if "13800000197" in text or answer[:12] in text]
    assert await take(doors[1]) == answer


async def test_a_late_sentence_follows_too(
    doors: tuple[Door, Door], wechat: SmallWechat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_module, "IN_TIME", 0.05)
    may, voice = asyncio.Event(), turning.voice

    async def slow(*given: Any) -> Any:
        await may.wait()
        return await voice(*given)

    monkeypatch.setattr(turning, "voice", slow)
    assert await take(doors[0], MsgType="voice", MediaId="m", Content="") == "success"
    may.set()
    await doors[0].close()
    assert len(wechat.sent) == 1
    assert "打字" in wechat.sent[0][1]
