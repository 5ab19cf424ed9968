from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
import structlog

from bot.models import Citizen, Conversation, Message, WechatUser
from bot.render.basics import text
from bot.web.metrics import REGISTRY
from bot.web.routes.wechat import BEGUN
from bot.wechat import door
from core.errors import OutsideError
from integrations.channels.wechat.base import WechatPerson, WindowClosed
from tests.bot.web.wechat.conftest import Phone, post

EVENT = {"MsgType": "event", "ToUserName": "gh_1", "CreateTime": "1"}


async def test_following_greets_and_words_begin_a_matter(phone: Phone) -> None:
    hello = await phone.push("event", Event="subscribe", EventKey="")
    assert "您好" in hello
    assert "msgmenuid=act:begin:" in hello
    asked = await phone.say("我媳妇刚生了，要办啥手续")
    assert "新生儿" in asked
    assert '/wx/oa/open?to=%2F">' in asked  # signing in is done on a page


async def test_a_push_that_comes_again_gets_the_same_answer_and_is_taken_once(phone: Phone) -> None:
    first = await phone.say("我要退休", MsgId="77")
    assert await phone.say("我要退休", MsgId="77") == first
    assert await Message.filter(client_id__startswith="wx:oa:").count() == 1
    assert await Conversation.all().count() == 1


async def test_pushes_that_come_again_at_once_are_one(phone: Phone) -> None:
    one, two, three = await asyncio.gather(*(phone.say("我要退休", MsgId="78") for _ in range(3)))
    assert one == two == three
    assert await Message.filter(client_id__startswith="wx:oa:").count() == 1


async def test_a_number_and_a_tapped_link_choose(phone: Phone) -> None:
    shown = await phone.push("event", Event="subscribe")
    by_number = await phone.say("1")
    other = Phone(phone.client, "openid-of-another")
    label = re.search(r'1\. <a href="[^"]*">([^<]*)</a>', shown)[1]
    assert await other.tap(await other.push("event", Event="subscribe"), label) == by_number


@pytest.mark.parametrize(("kind", "fields", "says"), [
    ("voice", {"MediaId": "m", "Recognition": ""}, "打字"), ("video", {"MediaId": "m"}, "打字"),
    ("link", {"Title": "x", "Url": "https://a.example"}, "打字"), ("location", {"Location_X": "1"}, "地址"),
    ("image", {"MediaId": "m"}, "照片"),
])
async def test_other_kinds_are_answered(phone: Phone, kind: str, fields: dict[str, str], says: str) -> None:
    assert says in await phone.push(kind, **fields)


@pytest.mark.parametrize("event", ["VIEW", "TEMPLATESENDJOBFINISH", "hologram", "kf_create_session", "LOCATION"])
async def test_events_that_mean_nothing_to_us(phone: Phone, event: str) -> None:
    assert await phone.push("event", Event=event) == "success"
    assert await Conversation.all().count() == 0


async def test_late_answers_follow_once(phone: Phone, wechat, house, monkeypatch) -> None:
    monkeypatch.setattr(door, "IN_TIME", 0.05)
    monkeypatch.setattr(door, "TYPING_AFTER", 0.01)
    hears, gate = house.conversations.parts.hears, asyncio.Event()

    class Slow:
        async def hear(self, *given):
            await gate.wait()
            return await hears.hear(*given)

    monkeypatch.setattr(house.conversations, "parts", type(house.conversations.parts)(
        **{**vars(house.conversations.parts), "hears": Slow()}))
    assert await phone.say("我要退休", MsgId="79") == "success"
    assert await phone.say("我要退休", MsgId="79") == "success"
    async with asyncio.timeout(60):
        while not wechat.typed:
            await asyncio.sleep(0.01)
    gate.set()
    await house.doors.close()
    assert len(wechat.sent) == 1
    assert "退休" in wechat.sent[0][1]
    assert wechat.typed == [phone.openid]


async def test_what_could_not_be_sent_comes_with_the_next_answer(phone: Phone, wechat, house) -> None:
    await phone.say("你好")
    user = await WechatUser.get()
    wechat.fails = [WindowClosed()]
    row = await house.conversations.of(f"guest:{user.id}")
    await house.conversations.append(row.id, [text("社保卡办好了")])
    await house.doors.tell(f"guest:{user.id}")
    assert wechat.sent == []
    assert "社保卡办好了" in await phone.say("谢谢")
    assert "社保卡办好了" not in await phone.say("谢谢")


async def test_in_the_account_too_the_bot_is_silent_while_a_person_has_the_word(phone: Phone, wechat, house) -> None:
    assert "12345" in await phone.say("人工")
    assert await phone.say("1") == "success"
    assert await phone.say("我要退休") == "success"
    wechat.pictures["m"] = ("image/png", b"x")
    assert "工作人员" in await phone.push("image", MediaId="m")
    assert wechat.sent == []
    assert "接着由我来帮您" in await phone.say("回到机器人")


async def test_leaving_unbinds_and_nothing_more_is_sent(phone: Phone, wechat, house) -> None:
    await phone.say("你好")
    await phone.push("event", Event="unsubscribe")
    user = await WechatUser.get()
    assert not user.follows
    await house.doors.tell(f"guest:{user.id}")
    assert wechat.sent == []


async def test_what_was_allowed_is_taken_back(phone: Phone) -> None:
    await phone.say("我媳妇刚生了")
    await phone.push("event", Event="user_authorization_revoke")
    user = await WechatUser.get()
    assert (user.openid, user.citizen_id) == ("", None)
    assert await Message.all().count() == 0


@pytest.mark.parametrize("query", [{"signature": "0" * 40}, {"nonce": "x", "signature": "é"}])
async def test_who_is_not_wechat_is_refused(phone: Phone, query: dict[str, str]) -> None:
    status, text = await post(phone.client, EVENT | {"FromUserName": "o", "Event": "VIEW"}, **query)
    assert status == 403
    assert "forged_push" in text


async def test_junk_is_no_fault_of_ours(phone: Phone) -> None:
    assert (await post(phone.client, {"a": "b"}))[0] == 400
    async with phone.client.post("/wx/nobody", data=b"x") as answer:
        assert answer.status == 404


async def test_a_page_opened_from_the_chat_signs_in_the_same_person(phone: Phone, wechat, someone) -> None:
    """The father begins in the account, signs in on the page, and goes on in the account as himself."""
    await phone.say("我媳妇刚生了，要办啥手续")
    wechat.people["code-1"] = WechatPerson(phone.openid)
    async with someone.client.get("/wx/oa/open", params={"to": "/form"}, allow_redirects=False) as answer:
        state = answer.headers["Location"].partition("state=")[2].partition("#")[0]
        assert answer.headers["Location"].startswith("http://127.0.0.1:8003/connect/oauth2/authorize?appid=wx1111111111")
    async with someone.client.get(
        "/wx/oa/back", params={"code": "code-1", "state": state}, allow_redirects=False
    ) as answer:
        assert answer.headers["Location"] == "/form"
    await someone.sign_in("family_01_three-1")
    user, citizen = await WechatUser.get(), await Citizen.get()
    assert user.citizen_id == citizen.id
    said = await phone.say("同意")
    assert "户口" in said


async def test_a_foreign_code_signs_nobody_in(phone: Phone, wechat, someone) -> None:
    wechat.people["code-1"] = WechatPerson("openid-of-a-stranger")
    async with someone.client.get(
        "/wx/oa/back", params={"code": "code-1", "state": "guessed"}, allow_redirects=False
    ) as answer:
        assert "again" in answer.headers["Location"]
        assert "yjs_session" not in answer.cookies


async def _opening(someone, wechat, openid: str, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a browser brings back after a link in a chat was opened, and its cookies."""
    wechat.people[code] = WechatPerson(openid)
    async with someone.client.get("/wx/oa/open", params={"to": "/form"}, allow_redirects=False) as answer:
        state = answer.headers["Location"].partition("state=")[2].partition("#")[0]
        return {"code": code, "state": state}, {BEGUN: answer.cookies[BEGUN].value}


async def test_an_opening_serves_once(phone: Phone, wechat, someone) -> None:
    given, cookies = await _opening(someone, wechat, phone.openid, "code-1")
    async with someone.client.get("/wx/oa/back", params=given, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/form"
        assert answer.cookies["yjs_session"].value
    wechat.people["code-1"] = WechatPerson(phone.openid)  # even if WeChat took the code twice
    async with someone.client.get("/wx/oa/back", params=given, cookies=cookies, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/?sign_in=again"
        assert "yjs_session" not in answer.cookies
    given, _ = await _opening(someone, wechat, phone.openid, "code-2")
    wechat.people.clear()
    async with someone.client.get("/wx/oa/back", params=given, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/?sign_in=again"


async def test_a_link_that_was_passed_on_opens_as_whoever_opens_it(phone: Phone, wechat, someone, another) -> None:
    await phone.say("我媳妇刚生了，要办啥手续")
    given, _ = await _opening(another, wechat, "openid-of-a-friend", "code-1")
    async with another.client.get("/wx/oa/back", params=given, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/form"
    said = (await another.get("/api/v1/messages"))["messages"]
    assert [one for one in said if one["role"] == "citizen"] == []


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/api/v1/me", "/form/../x", ""])
async def test_pages_elsewhere_are_not_opened(phone: Phone, someone, wechat, to: str) -> None:
    wechat.people["code-1"] = WechatPerson(phone.openid)
    async with someone.client.get("/wx/oa/open", params={"to": to}, allow_redirects=False) as answer:
        state = answer.headers["Location"].partition("state=")[2].partition("#")[0]
    async with someone.client.get(
        "/wx/oa/back", params={"code": "code-1", "state": state}, allow_redirects=False
    ) as answer:
        assert answer.headers["Location"] == "/"


@pytest.fixture
def everything_logged() -> Iterator[None]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    yield
    structlog.configure(**before)


async def test_pushes_are_counted_and_nobody_stands_in_the_log(
    phone: Phone, wechat, house, everything_logged, caplog, capsys
) -> None:
    def counted(kind: str, outcome: str) -> float:
        return REGISTRY.get_sample_value("yjs_wechat_pushes_total", {
            "account": "oa", "kind": kind, "outcome": outcome}) or 0.0

    before = counted("text", "taken"), counted("text", "again"), counted("unknown", "refused")
    with caplog.at_level("DEBUG"):
        await phone.say("我要退休，手机13800000101", MsgId="91")
        await phone.say("我要退休，手机13800000101", MsgId="91")
        await post(phone.client, EVENT | {"FromUserName": phone.openid}, signature="0" * 40)
        user = await WechatUser.get()
        wechat.fails = [OutsideError()]
        row = await house.conversations.of(f"guest:{user.id}")
        await house.conversations.append(row.id, [text("社保卡办好了")])
        await house.doors.tell(f"guest:{user.id}")
    after = counted("text", "taken"), counted("text", "again"), counted("unknown", "refused")
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 1]
    logged = caplog.text + "".join(capsys.readouterr())
    assert "not_sent" in logged
    for private in (phone.openid, "退休", "13800000101", "社保卡"):
        assert private not in logged
