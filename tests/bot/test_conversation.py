"""Conversations in process: the newborn story, and what goes wrong on ordinary days."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from bot.keeping import erase_talk, export_talk
from bot.models import Conversation, Message
from bot.stand_ins import others_confirm
from bot.wording.wording import wording
from cases.models import Task
from core.clock import now
from core.errors import NotFound
from core.models import AuditEvent
from tests.bot.conftest import Chat, citizen

SAY = wording()
ANSWERS = {
    "hukou_follow": "随爸爸", "extras": "医保、社保卡和育儿补贴", "delivery": "快递", "baby[1].name": "陈小满",
    "baby[2].name": "陈小雨", "mother.phone": "13800000102", "father.phone": "13800000101",
}


async def fill(chat: Chat) -> None:
    """Answer whatever is asked until the check; then the other parent confirms."""
    for _ in range(15):
        stage = await chat.stage()
        if stage.kind not in ("asking", "filling"):
            break
        await chat.say(ANSWERS[stage.key])
    if (await chat.stage()).kind == "checking":
        parts = chat.conversations.parts
        await others_confirm(parts.confirmations, parts.engine, parts.forms, (await chat.stage()).draft)


async def test_who_is_in_danger_is_told_whom_to_call_waits_for_a_person_and_loses_nothing(chat):
    await chat.say("孩子出生")
    await chat.say("同意")
    stage, draft = await chat.stage(), await chat.draft()
    assert "12356" in await chat.say("我不想活了")
    assert (await Task.get(kind="talk")).state == "open"
    assert "119" in await chat.say("家里着火了"), "even while a person has the word"
    await chat.say(SAY("button.bot"))
    assert (await chat.stage(), (await chat.draft()).values) == (stage, draft.values)


async def test_the_newborn_story_from_the_first_word_to_the_number(conversations, father):
    guest = Chat(conversations, await conversations.of(f"guest:{uuid4()}"))
    said = await guest.say("我媳妇刚生了，要办啥手续")
    assert "act:login" in str(guest.blocks)
    assert "新生儿" in said
    row = await conversations.signed_in((await Conversation.get(id=guest.id)).owner, str(father.id))
    chat = Chat(conversations, row)
    assert (await chat.stage()).kind == "consenting"
    said = await chat.say("同意")
    assert "婚姻登记" in said
    await fill(chat)
    assert (await chat.stage()).kind == "checking"
    assert 3 <= len(chat.asked) <= 8, chat.asked
    draft = await chat.draft()
    assert draft.values["mother.name"].value == "李晓兰"
    assert "330106199504080421" not in chat.plain
    await chat.say("都对，去签字")
    said = await chat.say("同意并提交")
    stage = await chat.stage()
    assert stage.kind == "waiting"
    assert stage.case in said
    assert stage.case in await chat.say("办到哪了")
    looked = await AuditEvent.filter(action="lookup").count()
    assert looked >= 5


async def test_without_consent_nothing_is_looked_up_and_everything_is_asked(chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("不同意")
    assert await AuditEvent.filter(action="lookup").count() == 0
    draft = await chat.draft()
    assert draft.facts == {}
    assert (await chat.stage()).kind == "asking"


async def test_the_same_message_twice_gives_the_same_reply_once(chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    first = await chat.conversations.turn(chat.id, text="同意", client_id="c-1")
    again = await chat.conversations.turn(chat.id, text="同意", client_id="c-1")
    assert first[0] == again[0]
    assert [block.plain for block in first[1]] == [block.plain for block in again[1]]
    assert await Message.filter(conversation_id=chat.id, client_id="c-1").count() == 1


async def test_the_same_button_pressed_twice_at_once_submits_once(chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    await fill(chat)
    await chat.say("都对，去签字")
    one, two = await asyncio.gather(*(
        chat.conversations.turn(chat.id, action="act:sign", client_id=f"tab-{n}") for n in (1, 2)))
    assert one[0] != two[0]
    assert len(await chat.conversations.parts.cases.cases_of((await Conversation.get(id=chat.id)).owner[8:])) == 1


async def test_two_tabs_the_form_page_saved_in_between(chat, monkeypatch):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    forms, engine = chat.conversations.parts.forms, chat.conversations.parts.engine
    save, meddled = forms.save, []

    async def meddling(draft_id, citizen_id, draft, revision, changed=()):
        if not meddled:
            meddled.append(True)
            held = await forms.get(draft_id)
            await save(draft_id, citizen_id, engine.put(held.draft, "mother.phone", "13800000102"), held.revision)
        return await save(draft_id, citizen_id, draft, revision, changed)

    monkeypatch.setattr(forms, "save", meddling)
    stage = await chat.stage()
    await chat.say(ANSWERS[stage.key])
    draft = await chat.draft()
    assert draft.values["mother.phone"].value == "13800000102"
    assert stage.key in draft.situations


async def test_pause_and_come_back_after_days(chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    key = (await chat.stage()).key
    await chat.say("回头再说")
    assert (await chat.stage()).kind == "idle"
    with time_machine.travel(now() + timedelta(days=5), tick=True):
        await chat.say("继续")
        assert (await chat.stage()).key == key


async def test_another_one_thing_in_between_keeps_the_first(chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    first = (await chat.stage()).draft
    await chat.say("我要办退休")
    await chat.say("先去办另一件")
    stage = await chat.stage()
    assert stage.one_thing == "retirement"
    await chat.say("先停一下")
    await chat.say("继续办新生儿出生")
    assert (await chat.stage()).draft == first


async def test_beginning_again_finds_what_was_begun(chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    first = (await chat.stage()).draft
    await chat.say("先停一下")
    said = await chat.say("我媳妇刚生了，要办啥手续")
    assert SAY("resume.found", title="新生儿出生") in said
    await chat.say("重新开始")
    assert (await chat.stage()).draft != first


@pytest.mark.parametrize("text", [
    "啊" * 10_000, "\x00\x07\x1b[31m红", "👶🎉🎉", "'; DROP TABLE bot_message; --", "<script>alert(1)</script>",
    "{title} {0} %s", "", "   ", "\u202eabc", "act:sign",
])
async def test_hostile_words_do_no_harm(chat, text: str):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    before = (await chat.draft()).situations
    await chat.say(text)
    assert chat.blocks
    assert (await chat.draft()).situations == before
    kept = await Message.filter(conversation_id=chat.id, role="citizen").order_by("-seq").first()
    assert len(kept.text) <= 2000
    assert "\x00" not in kept.text


async def test_someone_elses_case_number_looks_like_one_that_does_not_exist(conversations, chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    await fill(chat)
    await chat.say("都对，去签字")
    await chat.say("同意并提交")
    number = (await chat.stage()).case
    other = await citizen("330106199002250136")
    stranger = Chat(conversations, await conversations.of(f"citizen:{other.id}"))
    said = await stranger.say(f"查一下 {number}")
    assert SAY("progress.not_found") in said
    assert SAY("progress.not_found") in await stranger.press(f"act:progress:{number}")
    await stranger.press(f"act:withdraw:{number}")
    await stranger.say("确定撤回")
    assert (await conversations.parts.cases.case(number)).state == "submitted"


async def test_someone_elses_draft_is_not_opened(conversations, chat):
    await chat.say("我媳妇刚生了，要办啥手续")
    draft = (await chat.stage()).draft
    other = await citizen("330106199002250136")
    stranger = Chat(conversations, await conversations.of(f"citizen:{other.id}"))
    assert SAY("resume.gone") in await stranger.press(f"act:resume:{draft}")
    assert (await stranger.stage()).kind == "idle"


async def test_a_push_wakes_those_who_wait(chat):
    from bot.render.basics import text

    row = await Conversation.get(id=chat.id)
    waiting = asyncio.create_task(chat.conversations.after(chat.id, row.seq, wait=60))
    await asyncio.sleep(0.05)
    seq = await chat.conversations.append(chat.id, [text("办好了")])
    said = await asyncio.wait_for(waiting, 30)
    assert [(one.seq, one.blocks[0].plain) for one in said] == [(seq, "办好了")]


async def test_a_stranger_to_us_has_no_conversation(conversations):
    with pytest.raises(NotFound):
        await conversations.turn(uuid4(), text="你好", client_id="x")


async def test_what_was_said_is_exported_and_erased(chat):
    await chat.say("你好")
    owner = (await Conversation.get(id=chat.id)).owner
    assert [line["role"] for line in await export_talk(owner)] == ["bot", "citizen", "bot"]
    assert await erase_talk(owner) == 3
    assert await export_talk(owner) == []


async def test_nothing_personal_lies_plain_in_the_database(chat, database):
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    await chat.say("我的电话是13800000102，身份证330106199307120316")
    connection = next(iter(database.connections.all()))
    for table in ("bot_message", "bot_conversation", "bot_citizen", "core_audit_event", "forms_draft"):
        _, rows = await connection.execute_query(f"SELECT * FROM {table}")
        text = str([dict(row) for row in rows])
        assert "13800000102" not in text
        assert "330106199307120316" not in text
