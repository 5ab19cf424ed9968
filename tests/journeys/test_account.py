"""One story on two ways in: begun in the official account, gone on with in the form, ended in the account."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.journeys.account import Phone, link_to, open_with_wechat
from tests.journeys.conftest import FATHER
from tests.journeys.people import Browser, Citizen, Reviewer
from tests.journeys.stories import FIRST_WORDS, finish
from tests.journeys.town import Town

ANSWERS = {"一起给宝宝办": "医保、社保卡和育儿补贴", "怎么拿": "快递", "手机号是多少": "13800000102"}
"""What is left to ask in the chat, and what is answered."""
CHECK, SIGN = "请核对", "都对，去签字"


async def test_newborn_begun_in_the_account_continued_in_the_form_ended_in_the_account(quiet_town: Town) -> None:
    wechat = await open_with_wechat(quiet_town)
    phone, page = Phone(quiet_town, wechat, "demo-2"), Citizen(quiet_town, FATHER)

    await signed_in_from_the_chat(phone, page)
    assert (await phone.say("登录好了", "同意")).count("帮您查已有的信息") == 1
    await phone.tap("同意", "户口跟谁")
    await filled_on_the_page(phone, page)
    number = await signed_in_the_account(phone, page)
    assert [case["number"] for case in await page.cases()] == [number]

    await (await Reviewer(quiet_town).sign_in()).approve(number)
    await corrected_in_the_account(quiet_town, phone, page, number)
    await finish(quiet_town, page, number)
    await rated_in_the_account(quiet_town, phone, page, number)
    assert (await quiet_town.sound()).places == {"ended": 1}


async def signed_in_from_the_chat(phone: Phone, page: Citizen) -> None:
    """By a link that works once: who was given its last part learns nothing by it."""
    asked = await phone.say(FIRST_WORDS, "登录")
    way = await phone.open(page, link_to("/", asked))
    assert [urlsplit(one).path for one in way] == ["/wx/demo/open", "/connect/oauth2/authorize", "/wx/demo/back", "/"]
    thief = Browser(phone.town)
    await thief.send("GET", way[2])
    assert thief.location.startswith("/?sign_in=")
    assert (await thief.send("GET", "/api/v1/cases"))[0] == 401
    await page.sign_in()


async def filled_on_the_page(phone: Phone, page: Citizen) -> None:
    """The form shows the draft of the chat, and the chat goes on behind what was written in the form."""
    page.draft_id = (await page.api("GET", "/drafts"))["drafts"][0]["id"]
    assert await page.next() == "situation:hukou_follow"
    await page.change("situation:hukou_follow", "father")
    await page.change("baby[1].name", "陈小满")
    asked = await phone.say("继续", *ANSWERS)
    assert "户口跟谁" not in asked
    while CHECK not in asked:
        question = next(one for one in ANSWERS if one in asked)
        asked = await phone.say(ANSWERS[question], *(one for one in ANSWERS if one != question), CHECK)
    assert "叫什么名字" not in asked
    assert (await page.field("baby[1].name"))["value"] == "陈小满"


async def signed_in_the_account(phone: Phone, page: Citizen) -> str:
    await page.others_confirm()
    await phone.sees(SIGN)
    await phone.tap(SIGN, "同意并提交")
    signed = await phone.tap("同意并提交", "办件编号")
    number = re.search(r"[0-9A-Z]{20,}", signed)
    assert number, signed
    return number[0]


async def corrected_in_the_account(town: Town, phone: Phone, page: Citizen, number: str) -> None:
    """Asked by an office, told unasked, answered by one message, sent on by a tap."""
    await town.order("behave", do="ask_correction", item="household_registration", about="baby[1].name",
                     says="请核对宝宝的名字")
    for _ in range(40):
        await town.work(1)
        if (await page.case(number))["needs_you"]:
            break
    await phone.sees("请核对宝宝的名字")
    await phone.tap("现在就改", "名字")
    await phone.say("陈小贝", SIGN)
    await phone.tap(SIGN, "同意并提交")
    await phone.tap("同意并提交", number)
    assert (await page.case(number))["needs_you"] is False
    assert (await page.field("baby[1].name"))["value"] == "陈小贝"


async def rated_in_the_account(town: Town, phone: Phone, page: Citizen, number: str) -> None:
    told = await phone.say("办到哪了", ">评价</a>", "【评价】")
    assert f"全部办好了\n办件编号 {number}" in told
    assert re.search(r"公民身份号码：330106\d{12}", told)
    await phone.tap("非常满意", "提交评价")
    await phone.tap("提交评价", "谢谢")
    assert (await page.case(number))["rating"]["stars"] == 5
    await town.settle()
