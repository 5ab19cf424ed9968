"""One person's account and mini-program, joined by what WeChat says they share, and by nothing else."""

from __future__ import annotations

import pytest

from bot.house import House
from bot.models import WechatUser
from bot.wechat.users import user_of
from core.settings import Settings
from integrations.channels.wechat.base import WechatPerson
from tests.bot.web.conftest import FATHER, MOTHER, Person
from tests.bot.web.wechat.conftest import Phone
from tests.bot.web.wechat.small import SmallWechat
from tests.bot.web.wechat.test_mini import Mini

OA, MP, THIRD = "wx1111111111", "wx2222222222", "wx3333333333"
UNION = "union-of-the-phone"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"demo": True})


@pytest.fixture
def mini(someone: Person, wechat: SmallWechat) -> Mini:
    """The mini-program of the same phone."""
    wechat.people |= {f"mini-{n}": WechatPerson("openid-mp", UNION) for n in range(4)}
    return Mini(someone)


async def opened(phone: Phone, browser: Person, wechat: SmallWechat, union: str) -> None:
    """A link in the account's chat opens a page: here WeChat tells the unionid, which it never does in a push."""
    wechat.people["web"] = WechatPerson(phone.openid, union)
    async with browser.client.get("/wx/oa/open", params={"to": "/"}, allow_redirects=False) as answer:
        state = answer.headers["Location"].partition("state=")[2].partition("#")[0]
    query = {"code": "web", "state": state}
    async with browser.client.get("/wx/oa/back", params=query, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/"


async def citizen_in(app_id: str) -> object:
    return (await WechatUser.get(app_id=app_id)).citizen_id


async def test_who_signed_in_from_the_account_is_signed_in_in_the_mini_program(
    phone: Phone, mini: Mini, another: Person, wechat: SmallWechat
) -> None:
    await phone.say("我媳妇刚生了，要办啥手续")
    await opened(phone, another, wechat, UNION)
    me = await another.post("/api/v1/demo/login", {"who": FATHER})
    there = await mini.login("mini-0")
    assert (there["signed_in"], there["name"]) == (True, me["name"])
    assert await citizen_in(MP) == await citizen_in(OA) is not None


async def test_who_signed_in_in_the_mini_program_is_signed_in_in_the_account(
    phone: Phone, mini: Mini, another: Person, wechat: SmallWechat
) -> None:
    assert "登录" in await phone.say("办到哪了")
    await mini.login("mini-0")
    await mini.ask("POST", "/demo/login", {"who": FATHER})
    assert "登录" in await phone.say("办到哪了"), "an openid alone joins nobody"
    await opened(phone, another, wechat, UNION)
    assert (await another.get("/api/v1/session"))["signed_in"]
    assert "登录" not in await phone.say("办到哪了")


@pytest.mark.parametrize("union", ["", "union-of-another-phone"])
async def test_without_the_same_union_nobody_is_joined(
    phone: Phone, mini: Mini, another: Person, wechat: SmallWechat, union: str
) -> None:
    await mini.login("mini-0")
    await mini.ask("POST", "/demo/login", {"who": FATHER})
    await opened(phone, another, wechat, union)
    assert not (await another.get("/api/v1/session"))["signed_in"]
    assert await citizen_in(OA) is None


async def test_two_citizens_behind_one_union_are_kept_apart(
    phone: Phone, mini: Mini, another: Person, wechat: SmallWechat, house: House
) -> None:
    await opened(phone, another, wechat, UNION)
    await another.sign_in(FATHER)
    await mini.login("mini-0")
    await mini.ask("POST", "/demo/login", {"who": MOTHER})
    father, mother = await citizen_in(OA), await citizen_in(MP)
    assert father != mother
    assert (await user_of(THIRD, WechatPerson("openid-third", UNION))).citizen_id is None, "which of the two is unknown"
    mini.token = ""
    await mini.login("mini-1")
    await opened(phone, another, wechat, UNION)
    assert (await citizen_in(OA), await citizen_in(MP)) == (father, mother)
