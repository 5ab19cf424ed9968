"""The API client against the demo WeChat, over HTTP."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.wechat.fitting import fitted
from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import Account, accounts_of, written
from integrations.channels.wechat.base import AddressDead, Choice, CodeUsed, Unsure, WechatApi, WindowClosed
from integrations.channels.wechat.demo import gate
from integrations.channels.wechat.demo.fields import refused
from integrations.channels.wechat.demo.screens import PICTURES, SCREENS, picture_of
from integrations.channels.wechat.demo.server import make_app
from integrations.channels.wechat.demo.world import World
from integrations.channels.wechat.http.api import HttpApi
from integrations.demo_server import running

OFFICIAL, MINI = accounts_of(Settings(secret_key="k"))
WHO = "demo-1"


@pytest.fixture
def world() -> World:
    return World((OFFICIAL, MINI))


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    async with running(make_app((OFFICIAL, MINI), "http://127.0.0.1:9", world)) as address:
        yield address


@pytest.fixture
async def api(url: str, kv: KV) -> AsyncIterator[WechatApi]:
    made = HttpApi(url, OFFICIAL, kv, timeout=60)
    yield made
    await made.close()


@pytest.fixture
async def mini(url: str, kv: KV) -> AsyncIterator[WechatApi]:
    made = HttpApi(url, MINI, kv, timeout=60)
    yield made
    await made.close()


@pytest.fixture
def openid(world: World) -> str:
    """Of somebody who follows the account and just wrote to it."""
    phone = world.phones[WHO]
    phone.follows.add(OFFICIAL.app_id)
    world.acted(phone, OFFICIAL.app_id, "message")
    return world.openid(WHO, OFFICIAL.app_id)


def chat(world: World, account: Account = OFFICIAL) -> list[str]:
    return [one.text for one in world.phones[WHO].chats.get(account.app_id, [])]


async def test_words_and_menus_arrive(api: WechatApi, world: World, openid: str) -> None:
    await api.say(openid, "办好了")
    await api.offer(openid, "选一个", [Choice("act:yes", "是")], "谢谢")
    await api.typing(openid)
    assert chat(world) == ["办好了", "选一个"]
    assert world.phones[WHO].chats[OFFICIAL.app_id][1].choices == (("act:yes", "是"),)


async def test_the_quota_is_wechats(api: WechatApi, openid: str) -> None:
    for number in range(5):
        await api.say(openid, str(number))
    with pytest.raises(WindowClosed):
        await api.say(openid, "6")


async def test_nobody_who_left_is_written_to(api: WechatApi, world: World, openid: str) -> None:
    world.phones[WHO].follows.clear()
    with pytest.raises(AddressDead):
        await api.say(openid, "x")
    with pytest.raises(AddressDead):
        await api.say("nobody", "x")


async def test_templates_and_subscriptions(api: WechatApi, mini: WechatApi, world: World, openid: str) -> None:
    await api.inform(openid, "demo-case", {"thing1": "新生儿出生", "phrase2": "已受理"}, url="http://a.example/1")
    world.choose(world.phones[WHO], MINI.app_id, "demo-case", yes=True)
    await mini.inform(world.openid(WHO, MINI.app_id), "demo-case", {"thing1": "新生儿出生"}, page="pages/case")
    assert chat(world) == ["新生儿出生\n已受理"]
    assert chat(world, MINI) == ["新生儿出生"]
    world.phones[WHO].refuses.add("demo-case")
    with pytest.raises(AddressDead):
        await api.inform(openid, "demo-case", {"thing1": "x"})


async def test_a_permission_is_good_for_one_message(mini: WechatApi, world: World) -> None:
    phone, openid = world.phones[WHO], world.openid(WHO, MINI.app_id)
    world.choose(phone, MINI.app_id, "demo-case", yes=True)
    with pytest.raises(Refused):
        await mini.inform(openid, "demo-case", {"thing1": "一" * 21})  # a wrong one uses nothing up
    await mini.inform(openid, "demo-case", {"thing1": "已受理"})
    with pytest.raises(AddressDead) as used:
        await mini.inform(openid, "demo-case", {"thing1": "已办好"})
    assert used.value.details["errcode"] == 43101
    for _ in range(2):
        world.choose(phone, MINI.app_id, "demo-case", yes=True)
    world.choose(phone, MINI.app_id, "demo-case", yes=False)
    with pytest.raises(AddressDead):
        await mini.inform(openid, "demo-case", {"thing1": "已办好"})


@pytest.mark.parametrize(("field", "right", "wrong"), [
    ("thing1", "一" * 20, "一" * 21), ("phrase2", "全部办好", "有一项没有办好"), ("phrase2", "办好", "OK"),
    ("name3", "陈小雨", "陈" * 11), ("character_string4", "330106X", "编号330106"), ("number5", "12", "12个"),
    ("date6", "2026年3月2日", "明天"), ("time7", "2026-03-02 09:30", "上午"), ("amount8", "¥100.50", "一百元"),
    ("phone_number9", "0571-12345", "电话"), ("letter10", "AB", "A1"), ("symbol11", "!", "a"), ("thing12", "无", ""),
])
async def test_fields_that_wechat_does_not_take(
    api: WechatApi, openid: str, field: str, right: str, wrong: str
) -> None:
    await api.inform(openid, "demo-case", {field: right})
    with pytest.raises(Refused) as no:
        await api.inform(openid, "demo-case", {field: wrong})
    assert no.value.details["errcode"] == 47003


@pytest.mark.parametrize("words", [
    "", "新生儿出生（一件事）：材料 3 份，OK!", "一" * 50, "330106X 330106X" * 4, "!!!!!!!", " \n",
])
@pytest.mark.parametrize("kind", ["thing", "phrase", "name", "character_string", "number", "letter", "symbol"])
def test_what_we_fit_in_is_taken(kind: str, words: str) -> None:
    field = f"{kind}1"
    assert refused({field: {"value": fitted(field, words)}}) == "", fitted(field, words)


def test_who_follows_still_does_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "new" / "wechat.json"
    before = World((OFFICIAL, MINI), file=file)
    phone = before.phones[WHO]
    before.follow(phone, OFFICIAL.app_id)
    before.acted(phone, OFFICIAL.app_id, "message")
    assert before.may_write(phone, OFFICIAL.app_id) == 0
    before.choose(phone, MINI.app_id, "demo-case", yes=True)
    after = World((OFFICIAL, MINI), file=file).phones[WHO]
    assert (after.follows, after.accepts, after.left) == (phone.follows, phone.accepts, phone.left)
    assert [count for count, _ in after.left.values()] == [4]
    before.follow(phone, OFFICIAL.app_id, on=False)
    assert World((OFFICIAL, MINI), file=file).phones[WHO].follows == set()
    file.write_text("{broken", "utf-8")
    assert World((OFFICIAL, MINI), file=file).phones[WHO].follows == set()


async def test_codes_work_once_and_for_their_account(api: WechatApi, mini: WechatApi, world: World) -> None:
    person = await api.person(world.code("web", WHO, OFFICIAL.app_id))
    assert person.openid == world.openid(WHO, OFFICIAL.app_id)
    code = world.code("login", WHO, MINI.app_id)
    also = await mini.person(code)
    assert (also.unionid, also.openid != person.openid) == (person.unionid, True)
    for api_, wrong in ((mini, code), (api, world.code("login", WHO, MINI.app_id)), (mini, "junk")):
        with pytest.raises(CodeUsed) as no:
            await api_.person(wrong)
        assert no.value.details["errcode"] == (40163 if wrong == code else 40029)
    given = world.code("phone", WHO, MINI.app_id)
    with pytest.raises(CodeUsed):
        await mini.phone(given, world.openid("demo-2", MINI.app_id))  # somebody else's
    assert (await mini.phone(given, also.openid)).startswith("1380000")
    with pytest.raises(CodeUsed):
        await mini.phone(given, also.openid)


async def test_pictures(api: WechatApi, world: World) -> None:
    world.media["m"] = ("image/png", b"\x89PNG")
    assert await api.media("m") == ("image/png", b"\x89PNG")
    with pytest.raises(OutsideError):
        await api.media("other")


@pytest.mark.everywhere
async def test_one_token_for_all(url: str, kv: KV, world: World, openid: str) -> None:
    world.acted(world.phones[WHO], OFFICIAL.app_id, "click")
    apis = [HttpApi(url, OFFICIAL, kv, timeout=60) for _ in range(4)]
    await asyncio.gather(*(one.typing(openid) for one in apis for _ in range(20)))
    assert world.calls.count("/cgi-bin/stable_token") == 1
    for one in apis:
        await one.close()


@pytest.mark.everywhere
async def test_a_token_that_somebody_ended_is_fetched_once_more(api: WechatApi, world: World, openid: str) -> None:
    await api.typing(openid)
    world.token(OFFICIAL.app_id, fresh=True)  # the old call, from somewhere else
    await asyncio.gather(*(api.typing(openid) for _ in range(20)))
    assert world.calls.count("/cgi-bin/stable_token") == 2


async def test_a_token_that_is_never_taken_costs_two_calls(api: WechatApi, world: World, openid: str) -> None:
    world.fault = "token"
    with pytest.raises(NotAuthorised):
        await api.say(openid, "x")
    assert world.calls.count("/cgi-bin/message/custom/send") == 2


@pytest.mark.parametrize(("fault", "error"), [
    ("down", Unavailable), ("garbled", Garbled), ("busy", Unavailable), ("quota", Unavailable),
])
async def test_what_goes_wrong_before_it_is_sent_has_a_name(
    api: WechatApi, world: World, fault: str, error: type[OutsideError]
) -> None:
    world.fault = fault
    with pytest.raises(error):
        await api.typing("x")


@pytest.mark.parametrize("fault", ["down", "garbled", "slow"])
async def test_nobody_knows_whether_it_was_sent(
    url: str, api: WechatApi, kv: KV, world: World, openid: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "SLOW_SECONDS", 60)
    await api.typing(openid)  # the token is there: what fails is the message
    asked = HttpApi(url, OFFICIAL, kv, timeout=0.5 if fault == "slow" else 60)
    world.fault = fault
    before = len(world.calls)
    with pytest.raises(Unsure):
        await asked.say(openid, "x")
    async with asyncio.timeout(60):
        while len(world.calls) == before:
            await asyncio.sleep(0.01)
    assert len(world.calls) == before + 1
    await asked.close()


async def test_a_wrong_secret_is_an_alarm(url: str, kv: KV) -> None:
    wrong = HttpApi(url, OFFICIAL.model_copy(update={"secret": MINI.secret}), kv)
    with pytest.raises(NotAuthorised):
        await wrong.typing("x")
    assert not (await wrong.check()).ok
    await wrong.close()


async def test_it_can_be_checked(api: WechatApi) -> None:
    assert (await api.check()).ok


def test_accounts_travel_to_the_demo_whole() -> None:
    assert accounts_of(Settings(wechat_accounts=written((OFFICIAL, MINI)))) == (OFFICIAL, MINI)


async def test_the_mini_program_is_shown_as_pictures(url: str) -> None:
    async with ClientSession() as client:
        async with client.get(f"{url}/") as answer:
            assert 'href="/mini"' in await answer.text()
        for look, end in (("", ".webp"), ("?look=large", "-large.webp")):
            async with client.get(f"{url}/mini{look}") as answer:
                shown = re.findall(r'src="(/mini/[^"]+)"', await answer.text())
            assert len(shown) == len(SCREENS)
            for one in shown:
                assert one.endswith(end)
                async with client.get(url + one) as answer:
                    assert answer.content_type == "image/webp"
                    assert (await answer.read()).startswith(b"RIFF")
        for wrong in ("/mini/..%2Fphone.html", "/mini/nothing.webp"):
            async with client.get(url + wrong) as answer:
                assert answer.status == 404


def test_pictures_are_packaged_and_none_is_left_over() -> None:
    assert {one.name for one in PICTURES.iterdir()} == {
        picture_of(name, large=large) for name in SCREENS for large in (False, True)}
