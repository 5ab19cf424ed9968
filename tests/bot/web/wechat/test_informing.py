from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from bot.blocks import Action, Form
from bot.models import WechatUser
from bot.render.basics import card, notice, text
from bot.wechat import grants
from bot.wechat.fitting import fitted
from bot.wechat.informing import CORRECTION, NOT_WORTH, PAGE, RESULT, News
from bot.wechat.pages import Pages
from bot.wechat.render import in_words
from cases.timeline.events import Notice
from cases.wording_keys import EVENTS
from core.clock import now
from core.errors import Unavailable
from integrations.channels.wechat.base import AddressDead, Unsure
from tests.bot.web.wechat.conftest import Phone

MINI = Path(__file__).parents[4] / "miniprogram"
NEWS = News(7, "returned", "新生儿出生", "330106X")


@pytest.fixture
async def user(phone: Phone, house) -> WechatUser:
    """Somebody who follows and was told everything so far."""
    await phone.say("你好")
    return await WechatUser.get()


@pytest.fixture
def moved(house, monkeypatch):
    """A case of theirs moved; the customer-service window is closed."""
    moves = [("returned", "")]

    async def along(event_id):
        return [Notice(event_id + n, UUID(int=1), "330106X", "c", "新生儿出生", what, {"item": item}, now())
                for n, (what, item) in enumerate(moves)]

    monkeypatch.setattr("bot.wechat.doors.told_along", along)

    async def move(user, event_id=7, *said):
        moves[:] = said or moves
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
    await house.doors.tell(f"guest:{user.id}", 7)  # an event that was erased meanwhile
    assert len(wechat.sent) == 1
    assert wechat.informed == []


async def test_parts_that_are_done_are_named_and_steps_on_the_way_ring_no_phone(user, moved, wechat) -> None:
    await moved(user, 10, ("leg_accepted", "医保参保"))
    assert wechat.informed == []
    await moved(user, 20, ("leg_accepted", "医保参保"), ("leg_completed", "户口登记"))
    await moved(user, 30, ("leg_completed", "户口登记"), ("leg_completed", "《出生医学证明》办理（首次签发）"))
    await moved(user, 40, ("leg_completed", "户口登记"), ("completed_full", ""))
    assert [(one[1], one[2]["phrase2"], one[2]["thing3"]) for one in wechat.informed] == [
        ("oa-result", "有一项办好", "户口登记"), ("oa-result", "有几项办好", "户口登记等 2 项"),
        ("oa-result", "全部办好", "点开这里看结果"),
    ]


@pytest.mark.parametrize(("what", "about", "phrase"), [
    ("leg_suspended", "case", "有一项暂停"), ("leg_resumed", "case", "接着办理"), ("leg_held", "case", "有一项在等"),
    ("leg_released", "case", "接着办理"), ("withdrawn", "case", "已经撤回"), ("leg_delivered", "result", "结果送到了"),
])
async def test_a_pause_its_end_and_a_parcel_ring(user, moved, wechat, what, about, phrase) -> None:
    await moved(user, 10, (what, "医保参保"))
    assert [(one[1], one[2]["phrase2"], one[2]["thing3"]) for one in wechat.informed] == [
        (f"oa-{about}", phrase, "医保参保")]


async def test_steps_on_the_way_leave_the_last_message_for_what_matters(user, house, wechat, moved) -> None:
    door, owner = house.doors.of("oa"), f"guest:{user.id}"
    row = await house.conversations.of(owner)
    await moved(user, 10, ("leg_accepted", "医保参保"))
    await door.telling.ledger.acted(str(user.id), "message")
    for number in range(8):
        await house.conversations.append(row.id, [text(f"第{number}步")])
        await house.doors.tell(owner, 10)
    assert len(wechat.sent) == 4
    await moved(user, 20, ("leg_completed", "户口登记"))
    assert wechat.informed


async def test_what_is_no_event_of_a_case_needs_no_template(user, moved, wechat) -> None:
    await moved(user, 0)
    assert wechat.informed == []


@pytest.mark.everywhere
async def test_a_no_outlives_a_restart_and_lasts_until_a_yes(user, moved, wechat, phone, house) -> None:
    async def chosen(status: str) -> None:
        await phone.push("event", Event="subscribe_msg_popup_event", SubscribeMsgPopupEvent={
            "List": {"TemplateId": "oa-correction", "SubscribeStatusString": status}})

    await chosen("reject")
    await house.kv.client.flushdb()  # as the embedded store forgets at a restart
    await moved(user)
    assert wechat.informed == []
    await chosen("acceptWithAlert")
    await moved(user)
    assert len(wechat.informed) == 1


async def test_who_refuses_at_wechat_is_not_written_to_again(user, moved, wechat, house) -> None:
    wechat.fails = [AddressDead(errcode=43101)]
    await moved(user, 7)
    await moved(user, 8)
    assert wechat.informed == []
    assert (await WechatUser.get()).follows


async def test_what_was_chosen_goes_when_everything_is_taken_back(user, phone) -> None:
    await grants.remember(user.id, [("oa-correction", False), ("oa-result", True)])
    await phone.push("event", Event="user_authorization_revoke")
    assert not await grants.refused(user.id, "oa-correction")
    assert not await grants.allowed(user.id, "oa-result")


async def test_the_mini_program_informs_once_it_may_and_forgets_what_is_used_up(user, moved, wechat, house) -> None:
    citizen = uuid4()
    await WechatUser.filter(id=user.id).update(follows=False, citizen_id=citizen)
    mini = await WechatUser.create(id=uuid4(), app_id="wx2222222222", openid="mini-openid", openid_index="i",
                                   citizen_id=citizen, created_at=user.created_at, seen_at=user.seen_at)
    await user.refresh_from_db()
    await moved(user)
    assert wechat.informed == []
    await grants.remember(mini.id, [("mp-correction", True)])
    await moved(user)
    assert [one[:2] for one in wechat.informed] == [("mini-openid", "mp-correction")]
    wechat.fails = [AddressDead(errcode=43101)]
    await moved(user, 8)
    assert not await grants.allowed(mini.id, "mp-correction")


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


def test_every_change_that_rings_has_a_phrase_of_its_own_that_fits(house) -> None:
    told = {what for what in EVENTS if house.say.has(f"notify.{what}")}
    assert told >= NOT_WORTH - {"dispatched"}
    for what in sorted({"other", "leg_completeds", *CORRECTION, *RESULT, *told} - NOT_WORTH):
        words = house.say(f"wechat.inform.state.{what}")
        assert fitted("phrase2", words) == words


async def test_who_takes_no_messages_gets_none_until_they_come_again(user, moved, wechat, phone, house) -> None:
    async def fared(status: str) -> None:
        answer = await phone.push("event", Event="TEMPLATESENDJOBFINISH", MsgID=uuid4().int % 10**9, Status=status)
        assert answer == "success"

    await fared("success")
    await fared("failed: system failed")
    await moved(user, 7)
    assert len(wechat.informed) == 1
    await fared("failed:user block")
    await house.kv.client.flushdb()
    await moved(user, 8)
    assert len(wechat.informed) == 1
    await phone.say("怎么样了")
    await moved(user, 9)
    assert len(wechat.informed) == 2


def test_the_page_a_message_opens_is_one_of_the_mini_programs() -> None:
    address = urlsplit(PAGE.format(number="330106X"))
    pages = json.loads((MINI / "app.json").read_text("utf-8"))["pages"]
    assert address.path in pages
    script = (MINI / f"{address.path}.js").read_text("utf-8")
    taken = re.search(r"onLoad\(\{([^}]*)\}\)", script)
    assert taken, script
    assert set(parse_qs(address.query)) <= {name.strip() for name in taken[1].split(",")}


async def test_what_is_said_to_nobody_costs_nothing(user, house, wechat) -> None:
    door = house.doors.of("oa")
    await door.telling.ledger.acted(str(user.id), "message")
    for _ in range(9):
        assert not await door.telling.tell(user)
    row = await house.conversations.of(f"guest:{user.id}")
    await house.conversations.append(row.id, [text("全部办好了")])
    assert await door.telling.tell(user)


def test_all_answers_at_once_are_one_message_with_a_link(house) -> None:
    rows = "\n".join(f"第{number}项：答案" for number in range(60))
    blocks = [notice("info", "请核对"), *(Form(plain=rows, title="妈妈", fields=()) for _ in range(4)),
              card("都对吗", actions=[Action(id="act:sign_now", label="都对，去签字")])]
    words = in_words(blocks, house.say, Pages(lambda path: f"https://x{path}"))
    assert len(words.encode()) < 2000
    assert words.count('<a href="https://x/form">') == 1
    assert "去签字" in words
