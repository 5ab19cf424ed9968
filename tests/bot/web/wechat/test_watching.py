"""How an account fares: counted without a name of anybody, and a person is asked once where one is needed."""

from __future__ import annotations

import pytest

from bot.wechat.parts import Part
from bot.wechat.watching import Watching
from cases.models import Task
from tests.bot.web.conftest import Person
from tests.bot.web.wechat.conftest import Phone


@pytest.mark.everywhere
async def test_a_person_is_asked_once_for_what_must_be_set_right(house) -> None:
    watching = Watching(house.doors.of("oa").account)
    for code in (40125, 40125, 48001):
        await watching.alarm("/cgi-bin/stable_token", code)
    assert sorted(await Task.filter(kind="wechat", state="open").values_list("reason", flat=True)) == [
        "oa:40125", "oa:48001"]
    await Task.filter(reason="oa:40125").update(state="done", open_for=None)
    await watching.alarm("/cgi-bin/stable_token", 40125)
    assert await Task.filter(reason="oa:40125").count() == 2


async def test_answers_calls_tokens_and_what_is_left_are_measured(house, phone: Phone, someone: Person, wechat) -> None:
    watching = Watching(house.doors.of("oa").account)
    watching.answered("/cgi-bin/message/custom/send", 45015)
    watching.token(0.0)
    await phone.say("我媳妇刚生了，要办啥手续")
    user = await house.doors.of("oa")._user(_Pushed(phone.openid))
    await house.doors.of("oa").telling.send(user, [Part("办好了")])
    async with someone.client.get("/metrics") as answer:
        measured = await answer.text()
    assert 'yjs_wechat_calls_total{account="oa",call="/cgi-bin/message/custom/send",errcode="45015"}' in measured
    assert 'yjs_wechat_token_age_seconds{account="oa"}' in measured
    assert 'yjs_wechat_reply_seconds_count{account="oa",kind="text"}' in measured
    assert 'yjs_wechat_left_count{account="oa"}' in measured
    assert phone.openid not in measured


class _Pushed:
    def __init__(self, openid: str) -> None:
        self.openid = openid
