"""The talk over HTTP."""

import asyncio
from typing import Any

import pytest

from bot.house import House
from bot.talk_store import Said
from bot.web.typed import LONGEST_MESSAGE
from tests.bot.web.conftest import FATHER, Person


async def test_a_guest_is_greeted_and_understood(someone: Person) -> None:
    await someone.post("/api/v1/session")
    greeting = await someone.get("/api/v1/messages")
    assert greeting["messages"][0]["role"] == "bot"
    assert "一件事" in greeting["messages"][0]["blocks"][0]["plain"]
    reply = await someone.say("我媳妇刚生了，要办啥手续")
    assert any("新生儿出生" in block["plain"] for block in reply["blocks"])
    assert reply["stage"] == "login"


async def test_without_a_session_nothing_is_said(someone: Person) -> None:
    problem = await someone.post("/api/v1/messages", {"client_id": "a", "text": "你好"}, 401)
    assert problem["code"] == "not_signed_in"
    assert problem["detail"] == "请先登录。"


async def test_a_message_sent_twice_is_taken_once(signed: Person) -> None:
    first = await signed.say("我媳妇刚生了，要办啥手续", "same-id")
    again = await signed.say("我媳妇刚生了，要办啥手续", "same-id")
    assert (first["seq"], first["blocks"]) == (again["seq"], again["blocks"])
    said = (await signed.get("/api/v1/messages"))["messages"]
    assert [one["client_id"] for one in said if one["role"] == "citizen"] == ["same-id"]


async def test_two_presses_at_once_are_one_message(signed: Person) -> None:
    replies = await asyncio.gather(*(signed.say("退休", "both") for _ in range(3)))
    assert len({reply["seq"] for reply in replies}) == 1


async def test_the_long_poll_waits_for_what_is_said(signed: Person) -> None:
    seq = (await signed.get("/api/v1/messages"))["seq"]
    waiting = asyncio.create_task(signed.get(f"/api/v1/messages?after={seq}&wait=25"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await signed.say("你好")
    heard = await asyncio.wait_for(waiting, 20)
    assert [one["role"] for one in heard["messages"]] == ["citizen", "bot"]


async def test_those_who_listen_are_answered_before_the_app_stops(
    signed: Person, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    listens, wait_for = asyncio.Event(), house.conversations.room.wait_for

    async def noted(*wanted: Any) -> list[Said]:
        listens.set()
        return await wait_for(*wanted)

    seq = (await signed.get("/api/v1/messages"))["seq"]
    monkeypatch.setattr(house.conversations.room, "wait_for", noted)
    waiting = asyncio.create_task(signed.get(f"/api/v1/messages?after={seq}&wait=25"))
    await asyncio.wait_for(listens.wait(), 20)
    assert signed.client.app is not None
    await signed.client.app.shutdown()
    assert (await asyncio.wait_for(waiting, 20))["messages"] == []


async def test_the_long_poll_gives_up_in_time(signed: Person) -> None:
    seq = (await signed.get("/api/v1/messages"))["seq"]
    assert (await signed.get(f"/api/v1/messages?after={seq}&wait=0.2"))["messages"] == []


@pytest.mark.parametrize("query", ["after=-1", "wait=26", "wait=x", "after=99999999999", "other=1", "after=%00"])
async def test_an_unreadable_poll_is_refused(signed: Person, query: str) -> None:
    assert (await signed.get(f"/api/v1/messages?{query}", 422))["code"] == "unreadable_body"


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE bot_message; --", "<script>alert(1)</script>", "\x00\x01\x1b[31m", "😀🎉", "　", "\u202eabc",
        "{{7*7}}", "act:begin:newborn_birth", "x" * LONGEST_MESSAGE, "生" * LONGEST_MESSAGE,
    ],
)
async def test_hostile_words_get_a_polite_answer(signed: Person, text: str) -> None:
    reply = await signed.say(text)
    assert reply["blocks"]
    assert all("<script" not in block["plain"] for block in reply["blocks"])


async def test_more_than_may_be_said_is_refused(signed: Person) -> None:
    body = {"client_id": "a", "text": "x" * (LONGEST_MESSAGE + 1)}
    assert (await signed.post("/api/v1/messages", body, 422))["code"] == "unreadable_body"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"client_id": "a"}, {"client_id": "a", "text": "a", "action": "act:no"}, {"client_id": "", "text": "a"},
        {"client_id": "a b", "text": "a"}, {"client_id": "a", "text": 1}, {"client_id": "a", "text": "a", "x": 1}, [],
        "x",
    ],
)
async def test_an_unreadable_message_is_refused(signed: Person, body: object) -> None:
    assert (await signed.post("/api/v1/messages", body, 422))["problems"]


async def test_numbers_come_back_masked(signed: Person) -> None:
    await signed.say("我的身份证是330106199307120316")
    said = (await signed.get("/api/v1/messages"))["messages"]
    assert [one["text"] for one in said if one["role"] == "citizen"] == ["我的身份证是330***********0316"]


async def test_a_button_comes_back_as_its_action(signed: Person) -> None:
    await signed.press("act:begin:newborn_birth")
    said = (await signed.get("/api/v1/messages"))["messages"]
    mine = [one for one in said if one["role"] == "citizen"]
    assert [(one["text"], one["action"]) for one in mine] == [("", "act:begin:newborn_birth")]


@pytest.mark.parametrize("action", ["act:", "act:nothing", "x", "act:begin:../../etc",
                                    "act:resume:0f6d2c52-3a1e-4c52-9d57-6b7de4c1a111",
                                    "act:rate:33010620261122870476984=5", "act:fix:1", "act:withdraw:1"])
async def test_a_button_nobody_drew_does_no_harm(signed: Person, action: str) -> None:
    assert (await signed.press(action))["blocks"]


async def test_what_a_guest_began_goes_on_after_signing_in(someone: Person) -> None:
    await someone.post("/api/v1/session")
    await someone.say("我媳妇刚生了，要办啥手续")
    await someone.sign_in(FATHER)
    heard = await someone.get("/api/v1/messages")
    assert heard["stage"] == "consenting"
    assert heard["draft"]


async def test_somebody_elses_talk_is_not_heard(signed: Person, another: Person) -> None:
    await signed.say("秘密的话")
    await another.post("/api/v1/session")
    assert "秘密的话" not in str(await another.get("/api/v1/messages"))


async def test_too_many_messages_are_told_to_wait(signed: Person, house: object) -> None:
    house.settings = house.settings.model_copy(update={"rate_per_person": 2})  # type: ignore[attr-defined]
    await signed.say("一")
    await signed.say("二")
    problem = await signed.post("/api/v1/messages", {"client_id": "c", "text": "三"}, 429)
    assert problem["retry_after"] >= 1


async def test_what_a_guest_said_stands_in_the_citizens_talk(someone: Person) -> None:
    await someone.post("/api/v1/session")
    await someone.say("我媳妇刚生了，要办啥手续")
    await someone.sign_in(FATHER)
    said = (await someone.get("/api/v1/messages"))["messages"]
    assert [one["text"] for one in said if one["role"] == "citizen"] == ["我媳妇刚生了，要办啥手续"]
    assert "act:login" not in str(said)
