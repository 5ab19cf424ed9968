"""The mini-program over HTTP: who its user is, what goes on when they are known, their phone, what they allow."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from bot.models import Citizen, Conversation, Session, WechatUser
from bot.wechat import grants
from bot.wechat.users import bind
from core.models import AuditEvent
from core.settings import Settings
from integrations.channels.wechat.base import WechatPerson
from tests.bot.web.conftest import FATHER, MOTHER, Person
from tests.bot.web.wechat.conftest import ACCOUNTS, Phone
from tests.bot.web.wechat.small import SmallWechat

ASKED = "我媳妇刚生了，要办啥手续"
TEMPLATES = ACCOUNTS.replace('"kind": "mini",', '"kind": "mini", "templates": {"case": "t-1", "correction": "t-2"},')


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={
        "demo": True, "wechat_accounts": type(settings.wechat_accounts)(TEMPLATES),
    })


@pytest.fixture
def wechat(wechat: SmallWechat) -> SmallWechat:
    wechat.people = {
        "code-1": WechatPerson("openid-1", "union-1"), "code-2": WechatPerson("openid-1", "union-1"),
        "other": WechatPerson("openid-2", "union-2"),
    }
    return wechat


class Mini:
    """The client: one token, sent along."""

    def __init__(self, person: Person) -> None:
        self.person, self.token = person, ""

    async def ask(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        self.person.client.session.cookie_jar.clear()  # a mini-program keeps no cookies
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = await self.person.ask(method, f"/api/v1{path}", body, status, headers=headers)
        self.token = answer.get("token") or self.token
        return answer

    async def login(self, code: str, status: int = 200) -> Any:
        return await self.ask("POST", "/session/wechat", {"code": code}, status)

    async def say(self, text: str) -> Any:
        return await self.ask("POST", "/messages", {"client_id": uuid4().hex, "text": text})

    async def heard(self) -> list[dict[str, Any]]:
        return list((await self.ask("GET", "/messages?after=0"))["messages"])


@pytest.fixture
async def mini(someone: Person) -> Mini:
    return Mini(someone)


async def test_a_code_that_comes_again_is_the_same_user(mini: Mini) -> None:
    first = await mini.login("code-1")
    assert first["token"]
    assert not first["signed_in"]
    again = await mini.login("code-1")
    assert again["token"] != first["token"]
    assert await WechatUser.all().count() == 1
    assert len({one.wechat_user_id for one in await Session.all()}) == 1


async def test_two_exchanges_of_one_code_at_once(mini: Mini, another: Person) -> None:
    one, two = await asyncio.gather(mini.login("code-1"), Mini(another).login("code-1"))
    assert one["token"] != two["token"]
    assert await WechatUser.all().count() == 1


async def test_a_wrong_code_asks_for_a_new_one(mini: Mini) -> None:
    refused = await mini.login("unknown", 409)
    assert refused["code"] == "wechat_code_used"
    assert "再点一次" in refused["detail"]


async def test_openid_never_leaves(mini: Mini) -> None:
    answer = await mini.login("code-1")
    user = await WechatUser.get()
    assert "openid-1" not in str(answer)
    assert str(user.id) not in str(answer)
    assert await Session.filter(token_hash=answer["token"]).count() == 0


async def test_what_a_guest_said_goes_on_when_wechat_knows_them(mini: Mini) -> None:
    await mini.ask("POST", "/session")
    await mini.say(ASKED)
    before = [one["seq"] for one in await mini.heard()]
    await mini.login("code-1")
    said = await mini.heard()
    assert [one["seq"] for one in said] == before
    assert ASKED in [one.get("text") for one in said]


async def test_a_second_guest_talk_is_added_to_the_first(mini: Mini) -> None:
    await mini.login("code-1")
    await mini.say("我下个月到退休年龄了")
    mini.token = ""
    await mini.ask("POST", "/session")
    await mini.say(ASKED)
    await mini.login("code-2")
    said = [one.get("text") for one in await mini.heard()]
    assert "我下个月到退休年龄了" in said
    assert ASKED in said
    assert (await mini.heard())[-1]["blocks"]
    assert await Conversation.filter(owner=f"guest:{(await WechatUser.get()).id}").count() == 1


async def test_signing_in_is_remembered_by_the_phone_and_by_nobody_elses(mini: Mini) -> None:
    await mini.login("code-1")
    me = await mini.ask("POST", "/demo/login", {"who": FATHER})
    assert me["signed_in"]
    mini.token = ""
    assert (await mini.login("code-2"))["signed_in"]
    mini.token = ""
    assert not (await mini.login("other"))["signed_in"]


async def test_a_citizen_who_signed_in_first_is_known_to_the_phone(mini: Mini) -> None:
    await mini.ask("POST", "/demo/login", {"who": FATHER})
    assert (await mini.login("code-1"))["signed_in"]


async def test_elder_mode_stays(mini: Mini) -> None:
    await mini.ask("POST", "/session")
    await mini.ask("POST", "/prefs", {"elder": True, "scale": 150})
    answer = await mini.login("code-1")
    assert (answer["elder"], answer["scale"]) == (True, 150)


async def test_the_phone_number_is_given_and_that_is_kept(mini: Mini) -> None:
    await mini.login("code-1")
    assert (await mini.ask("POST", "/session/phone", {"code": "p"}))["phone"] == "13800000101"
    line = await AuditEvent.filter(action="wechat.phone").get()
    assert "138" not in str(dict(line))


async def test_a_browser_has_no_phone_button(mini: Mini) -> None:
    await mini.ask("POST", "/session")
    refused = await mini.ask("POST", "/session/phone", {"code": "p"}, 409)
    assert "小程序" in refused["detail"]
    await mini.ask("POST", "/subscriptions", {"answers": {"t-1": "accept"}}, 409)


async def test_what_was_allowed_and_refused_is_remembered(mini: Mini, house: Any) -> None:
    await mini.login("code-1")
    asked = await mini.ask("GET", "/subscriptions")
    assert [(one["template"], one["refused"]) for one in asked["topics"]] == [("t-1", False), ("t-2", False)]
    answers = {"t-1": "reject", "t-2": "acceptWithAlert", "of-another": "reject"}
    after = await mini.ask("POST", "/subscriptions", {"answers": answers})
    assert [one["refused"] for one in after["topics"]] == [True, False]
    assert not await grants.refused((await WechatUser.get()).id, "of-another")
    await mini.ask("POST", "/subscriptions", {"answers": {"t-1": "accept", "t-2": "filter"}})
    assert [one["refused"] for one in (await mini.ask("GET", "/subscriptions"))["topics"]] == [False, False]


async def test_a_change_may_be_posted_where_patch_cannot(mini: Mini) -> None:
    await mini.ask("POST", "/demo/login", {"who": FATHER})
    draft = await mini.ask("POST", "/drafts", {"one_thing": "newborn_birth"}, 201)
    body = {"revision": draft["revision"], "path": "situation:hukou_follow", "value": "father"}
    changed = await mini.ask("POST", f"/drafts/{draft['id']}/changes", body)
    assert next(one["value"] for one in changed["situations"] if one["key"] == body["path"]) == "father"


async def test_a_guide_comes_laid_out(mini: Mini) -> None:
    guide = await mini.ask("GET", "/guides/newborn_birth/sections")
    assert guide["title"]
    assert {"materials", "steps"} <= {one["code"] for one in guide["sections"]}


async def test_signing_out_is_remembered_by_the_phone(mini: Mini) -> None:
    await mini.ask("POST", "/session")
    await mini.say(ASKED)
    await mini.login("code-1")
    await mini.ask("POST", "/demo/login", {"who": FATHER})
    await mini.ask("DELETE", "/session")
    user = await WechatUser.get()
    assert user.citizen_id is not None  # they still hear of their cases
    mini.token = ""
    assert not (await mini.login("code-2"))["signed_in"]
    assert ASKED not in [one.get("text") for one in await mini.heard()]
    assert (await mini.ask("POST", "/demo/login", {"who": FATHER}))["signed_in"]
    mini.token = ""
    assert (await mini.login("code-2"))["signed_in"]


async def test_a_second_person_on_the_phone_is_kept_apart(mini: Mini, wechat: SmallWechat) -> None:
    await mini.login("code-1")
    first = await mini.ask("POST", "/demo/login", {"who": FATHER})
    await mini.say("我要退休")
    firsts, mini.token = mini.token, ""
    await mini.ask("POST", "/session")
    await mini.say(ASKED)
    second = await mini.ask("POST", "/demo/login", {"who": MOTHER})
    assert (await mini.login("code-2"))["name"] == second["name"] != first["name"]
    assert "我要退休" not in [one.get("text") for one in await mini.heard()]
    mini.token = firsts
    await mini.ask("GET", "/me/consents", status=401)  # whoever was signed in before is not any more


async def test_unbinding_lets_no_wechat_know_the_citizen(
    mini: Mini, another: Person, wechat: SmallWechat, house: Any
) -> None:
    account = Phone(mini.person.client, "openid-oa")
    await account.say("你好")
    await mini.login("code-1")
    me = await mini.ask("POST", "/demo/login", {"who": FATHER})
    assert me["wechat"]
    citizen = (await WechatUser.get(app_id="wx2222222222")).citizen_id
    await bind(str((await WechatUser.get(app_id="wx1111111111")).id), str(citizen))
    await another.sign_in(FATHER)
    assert (await another.get("/api/v1/session"))["wechat"]
    assert await mini.ask("DELETE", "/me/wechat") == {"unbound": 2, "signed_out": True}
    await mini.ask("GET", "/me/consents", status=401)
    assert await WechatUser.filter(citizen_id=citizen).count() == 0
    mini.token = ""
    assert not (await mini.login("code-2"))["signed_in"]
    assert not (await another.get("/api/v1/session"))["wechat"]
    assert await another.ask("DELETE", "/api/v1/me/wechat") == {"unbound": 0, "signed_out": False}
    wechat.sent.clear()
    await house.doors.tell(f"citizen:{citizen}")
    assert wechat.sent == []


async def test_in_the_account_it_is_asked_for_by_words(mini: Mini, wechat: SmallWechat) -> None:
    account = Phone(mini.person.client, "openid-oa")
    assert "不用解除" in await account.say("解除绑定")
    await mini.ask("POST", "/demo/login", {"who": FATHER})
    user = await WechatUser.get()
    await bind(str(user.id), str((await Citizen.get()).id))
    asked = await account.say("解除绑定")
    assert "确定解除绑定吗" in asked
    await account.tap(asked, "不解除")
    await user.refresh_from_db()
    assert user.citizen_id is not None
    assert "已经解除" in await account.tap(await account.say("解绑"), "确定解除")
    await user.refresh_from_db()
    assert user.citizen_id is None
    assert "登录" in await account.say("办到哪了")
