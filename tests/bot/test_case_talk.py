"""A case in the talk: told what happened, corrected once, handed in again."""

from __future__ import annotations

from datetime import date

from bot.models import Message
from bot.news import News
from bot.wording.wording import wording
from cases.actors import Demand, Staff
from cases.models import CaseEvent, Task
from cases.outstanding.bringing import Given
from core.clock import now
from forms.draft import MaterialAnswer
from tests.bot.test_conversation import fill

SAY = wording()
REVIEWER = Staff("r1", "审核员甲", "reviewer", "", "330106")


async def submitted(chat, later=""):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    await fill(chat)
    if later:
        await bring_later(chat, later)
    await chat.say("都对，去签字")
    await chat.say("同意并提交")
    return await chat.conversations.parts.cases.case((await chat.stage()).case)


async def bring_later(chat, slot) -> None:
    """Choose to hand one paper in after the submission."""
    parts = chat.conversations.parts
    held = await parts.forms.get((await chat.stage()).draft)
    given = held.draft.materials | {slot: MaterialAnswer(way="deferred", at=now())}
    draft = held.draft.model_copy(update={"materials": given})
    await parts.forms.save(held.id, held.citizen_id, draft, held.revision)


async def tell_all(chat, case) -> None:
    """What the job ``notify`` does, twice over, as lost and doubled nudges would have it."""
    events = await CaseEvent.filter(case_id=case.id, next_ask_at__not_isnull=True).order_by("id")
    for event in [*events, *events]:
        await News(chat.conversations).case_moved(event.id)


async def test_a_returned_case_is_corrected_and_handed_in_again(chat):
    case = await submitted(chat)
    cases = chat.conversations.parts.cases
    await cases.open_review(case.id, REVIEWER)
    await cases.return_(case.id, REVIEWER, [
        Demand("mother.phone", "手机号打不通，请换一个。"), Demand("", "请说明宝宝名字是谁起的。")])
    await tell_all(chat, case)
    told = await Message.filter(conversation_id=chat.id, client_id__startswith="event:")
    assert len([one for one in told if "手机号打不通" in str(one.blocks)]) == 1
    said = await chat.say("现在就改")
    assert (await chat.stage()).kind == "correcting"
    assert "手机号" in said
    await chat.say("13800000109")
    assert SAY("correction.words") in chat.plain
    await chat.say("爷爷起的")
    assert (await chat.stage()).kind == "checking"
    await chat.say("都对，去签字")
    await chat.say("同意并提交")
    assert (await chat.stage()).kind == "waiting"
    assert (await cases.case(case.id)).state == "resubmitted"
    draft = (await chat.conversations.parts.forms.get(str(case.draft_id))).draft
    assert draft.values["mother.phone"].value == "13800000109"


async def test_what_was_handed_in_here_is_not_told_a_second_time(chat):
    case = await submitted(chat)
    await tell_all(chat, case)
    assert await Message.filter(conversation_id=chat.id, client_id__startswith="event:").count() == 0
    assert await CaseEvent.filter(case_id=case.id, next_ask_at__not_isnull=True).count() == 0
    assert (await chat.stage()).kind == "waiting"


async def test_approval_is_told_once(chat):
    case = await submitted(chat)
    cases = chat.conversations.parts.cases
    await cases.open_review(case.id, REVIEWER)
    await cases.approve(case.id, REVIEWER)
    await tell_all(chat, case)
    told = [one for one in await Message.filter(conversation_id=chat.id, client_id__startswith="event:")
            if "审核通过了" in str(one.blocks)]
    assert len(told) == 1


async def test_withdrawing_from_the_talk(chat):
    case = await submitted(chat)
    await chat.press(f"act:withdraw:{case.number}")
    await chat.say("确定撤回")
    assert (await chat.conversations.parts.cases.case(case.id)).state == "withdrawn"
    assert "已撤回" in await chat.say("查进度")


async def test_a_paper_that_is_owed_has_a_button_and_its_coming_is_told(chat):
    case = await submitted(chat, later="photo:baby[1]")
    said = await chat.say("补交材料")
    assert "还要补交：" in said
    assert "之前，含当天" in said
    assert "补交宝宝" in said
    assert "还要补交：" in await chat.press(f"act:bring:{case.number}/photo:baby[1]")
    assert [one for one in chat.blocks[-1].remarks if "还要补交：" in one]
    jpg = Given("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64))
    await chat.conversations.parts.cases.bring(case.id, case.citizen_id, "photo:baby[1]", [jpg])
    await tell_all(chat, case)
    assert "还要补交" not in await chat.say("查进度")


async def test_a_paper_past_its_last_day_is_still_owed_and_the_talk_says_what_to_do(chat):
    case = await submitted(chat, later="photo:baby[1]")
    await Task.filter(case_id=case.id, kind="deferred").update(due_on=date(2026, 1, 5))
    said = await chat.say("办到哪了")
    assert "1月5日已经过了，网上交不了了" in said
    assert "到人力资源社会保障部门的窗口" in said
    assert f"报编号 {case.number}" in said
    block = next(block for block in chat.blocks if block.type == "progress")
    assert "已经过了" in block.remarks[0]
    assert not any(action.id.startswith("act:bring") for action in block.actions)
