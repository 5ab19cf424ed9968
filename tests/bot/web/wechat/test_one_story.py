"""One story on three ways in: begun in the account, gone on with on the page's form, finished in the account."""

from __future__ import annotations

import re

from bot.house import House
from bot.models import WechatUser
from bot.stand_ins import others_confirm
from integrations.channels.wechat.base import WechatPerson
from tests.bot.web.conftest import FATHER, Person
from tests.bot.web.wechat.conftest import Phone
from tests.bot.web.wechat.small import SmallWechat

ANSWERS = (("户口跟谁", "随爸爸"), ("一起给宝宝办", "医保、社保卡和育儿补贴"), ("怎么拿", "快递"),
           ("手机号是多少", "13800000102"))


async def opened(phone: Phone, browser: Person, wechat: SmallWechat, to: str) -> None:
    """A link in the chat opens a page as the account's user."""
    wechat.people["a-code"] = WechatPerson(phone.openid)
    client = browser.client
    async with client.get("/wx/oa/open", params={"to": to}, allow_redirects=False) as answer:
        state = re.search(r"state=([^&#]+)", answer.headers["Location"])[1]
    async with client.get("/wx/oa/back", params={"code": "a-code", "state": state}, allow_redirects=False) as answer:
        assert answer.headers["Location"] == to


async def test_newborn_in_the_account_on_the_form_and_back(
    phone: Phone, someone: Person, wechat: SmallWechat, house: House
) -> None:
    asked = await phone.say("我媳妇刚生了，要办啥手续")
    assert "登录" in asked
    await opened(phone, someone, wechat, "/")
    await someone.sign_in(FATHER)

    asked = await phone.say("同意")
    assert "户口跟谁" in asked

    draft = (await someone.get("/api/v1/drafts"))["drafts"][0]
    draft = await someone.get(f"/api/v1/drafts/{draft['id']}")
    draft = await someone.change(draft, draft["next"], "father")
    assert "户口跟谁" not in await phone.say("继续")
    await opened(phone, someone, wechat, "/form")
    draft = await someone.get(f"/api/v1/drafts/{draft['id']}")
    await someone.change(draft, "baby[1].name", "陈小雨")

    asked = await phone.say("重复一下")
    for _ in range(8):
        answer = next((words for question, words in ANSWERS if question in asked), None)
        if answer is None:
            break
        asked = await phone.say(answer)
    first = await phone.tap(asked, "看全部")
    await house.doors.close()
    assert 'open?to=%2Fform">点这里看全部内容' in first  # all answers at once are read on the page
    assert wechat.sent == []
    await others_confirm(house.confirmations, house.engine, house.forms, draft["id"])
    await phone.say("都对，去签字")
    signed = await phone.say("同意并提交")
    number = re.search(r"[0-9A-Z]{20,}", signed)
    assert number, signed

    user = await WechatUser.get()
    assert user.citizen_id is not None
    assert (await someone.get("/api/v1/cases"))["cases"][0]["number"] == number[0]
    progress = await phone.say("办到哪了")
    assert number[0] in progress
