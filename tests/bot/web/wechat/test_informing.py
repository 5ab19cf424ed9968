from __future__ import annotations

from uuid import uuid4

import pytest

from bot.models import WechatUser
from bot.render.basics import text
from bot.wechat.fitting import fitted
from bot.wechat.informing import News
from core.errors import Unavailable
from integrations.channels.wechat.base import AddressDead, Unsure
from tests.bot.web.wechat.conftest import Phone

NEWS = News(7, "returned", "新生儿出生", "330106X")


@pytest.fixture
async def user(phone: Phone, house) -> WechatUser:
    """Somebody who follows and was told everything so far."""
    await phone.say("你好")
    return await WechatUser.get()


@pytest.fixture
def moved(house, monkeypatch):
    """A case of theirs moved; the customer-service window is closed."""
    async def notice(event_id):
        class Notice:
            what, title, number = "returned", "新生儿出生", "330106X"
        return Notice

    monkeypatch.setattr(house.cases, "notice", notice)

    async def move(user, event_id=7):
        owner = f"citizen:{user.citizen_id}" if user.citizen_id else f"guest:{user.id}"
        row = await house.conversations.of(owner)
        await house.conversations.append(row.id, [text("请您补正")])
        await house.doors.of("oa").telling.ledger.closed(str(user.id))
        await house.doors.tell(owner, event_id)

    return move


@pytest.fixture(autouse=True)
def templates(house):
    for name in ("oa", "mp"):
        account = house.doors.of(name).account
        given = {about: f"{name}-{about}" for about in ("case", "correction", "result")}
        object.__setattr__(account, "templates", given)


async def test_a_closed_window_is_made_up_for_by_one_template_message(user, moved, wechat, phone) -> None:
    await moved(user)
    await moved(user)
    assert wechat.sent == []
    assert wechat.informed == [(phone.openid, "oa-correction", {
        "thing1": "新生儿出生", "phrase2": "请您补正", "thing3": "点开这里看要改什么"})]
    assert "请您补正" in await phone.say("怎么了")  # the talk itself was not lost


async def test_nothing_goes_out_beside_words_that_arrived(user, house, wechat) -> None:
    row = await house.conversations.of(f"guest:{user.id}")
    await house.conversations.append(row.id, [text("请您补正")])
    await house.doors.tell(f"guest:{user.id}", 7)
    assert len(wechat.sent) == 1
    assert wechat.informed == []


async def test_what_is_no_event_of_a_case_needs_no_template(user, moved, wechat) -> None:
    await moved(user, 0)
    assert wechat.informed == []


async def test_a_no_is_remembered(user, moved, wechat, phone) -> None:
    await phone.push("event", Event="subscribe_msg_popup_event", SubscribeMsgPopupEvent={
        "List": {"TemplateId": "oa-correction", "SubscribeStatusString": "reject"}})
    await moved(user)
    assert wechat.informed == []


async def test_the_mini_program_informs_once_it_may_and_forgets_what_is_used_up(user, moved, wechat, house) -> None:
    citizen = uuid4()
    await WechatUser.filter(id=user.id).update(follows=False, citizen_id=citizen)
    mini = await WechatUser.create(id=uuid4(), app_id="wx2222222222", openid="mini-openid", openid_index="i",
                                   citizen_id=citizen, created_at=user.created_at, seen_at=user.seen_at)
    await user.refresh_from_db()
    await moved(user)
    assert wechat.informed == []
    grants = house.doors.of("mp").telling.grants
    await grants.remember(str(mini.id), [("mp-correction", True)])
    await moved(user)
    assert [one[:2] for one in wechat.informed] == [("mini-openid", "mp-correction")]
    wechat.fails = [AddressDead(errcode=43101)]
    await moved(user, 8)
    assert not await grants.allowed(str(mini.id), "mp-correction")


@pytest.mark.parametrize(("fails", "informed"), [
    ([Unavailable(errcode=43108)], 1), ([Unsure()], 0), ([Unavailable()] * 3, 0), ([AddressDead(errcode=43101)], 0),
])
async def test_what_goes_wrong(user, wechat, house, monkeypatch, fails, informed) -> None:
    monkeypatch.setattr("bot.wechat.informing.PAUSES", (0.0, 0.0))
    wechat.fails = fails
    await house.doors.of("oa").informing.inform(user, NEWS)
    assert len(wechat.informed) == informed
    assert (await WechatUser.get()).follows


async def test_who_left_is_written_to_no_more(user, wechat, house) -> None:
    wechat.fails = [AddressDead(errcode=43004)]
    assert not await house.doors.of("oa").informing.inform(user, NEWS)
    assert not (await WechatUser.get()).follows


@pytest.mark.parametrize(("what", "about"), [
    ("returned", "correction"), ("completed_none", "result"), ("rejected", "result"), ("approved", "case"),
])
def test_which_template(what: str, about: str) -> None:
    assert News(1, what, "", "").about == about


@pytest.mark.parametrize(("field", "words", "fits"), [
    ("thing1", "一" * 20, "一" * 20), ("thing12", "一" * 21, "一" * 19 + "…"),
    ("phrase2", "有一项没有批", "有一项没有"),
    ("phrase2", "办好 OK", "办好"), ("name1", "阿" * 12, "阿" * 10), ("character_string3", "330106X号", "330106X"),
    ("thing1", "", "无"), ("thing1", "一\n二", "一 二"), ("strange", "一" * 30, "一" * 19 + "…"),
])
def test_fields_take_only_so_much(field: str, words: str, fits: str) -> None:
    assert fitted(field, words) == fits


def test_every_state_has_a_phrase_that_fits(house) -> None:
    for what in ("other", "submitted", "returned", "completed_partial", "leg_completed", "leg_rejected", "rejected"):
        words = house.say(f"wechat.inform.state.{what}")
        assert fitted("phrase2", words) == words
