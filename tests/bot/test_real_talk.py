"""Talks over the real content, the way people really talk."""

from __future__ import annotations

import pytest

from bot.wording.wording import wording
from tests.bot.conftest import Chat, citizen

SAY = wording()
TWINS_FATHER, TWINS_MOTHER, COOK = "330106199002250136", "330106199111300243", "33010619900322225X"
ALL_AT_ONCE = "孩子叫陈小满，跟妈妈，医保社保都办，寄到家"


@pytest.mark.parametrize("early", [
    ("媳妇生了要上户口，" + ALL_AT_ONCE, "同意"), ("媳妇生了要上户口", ALL_AT_ONCE, "同意"),
    ("媳妇生了要上户口", "同意", ALL_AT_ONCE),
])
async def test_four_answers_in_one_message_leave_one_question(chat: Chat, early: tuple[str, ...]):
    for words in early:
        said = await chat.say(words)
    for part in ("跟妈妈", "居民医保、社保卡", "快递到家", "陈小满"):
        assert part in said
    await chat.say("对")
    assert (await chat.stage()).key == "mother.phone"
    await chat.say("13800000102")
    assert (await chat.stage()).kind == "checking"


async def test_the_name_is_asked_before_the_telephone(chat: Chat):
    for words in ("生了", "同意", "跟爸爸", "都不要", "自己取"):
        await chat.say(words)
    assert (await chat.stage()).key == "baby[1].name"


async def test_the_count_of_questions_never_goes_up_in_silence(chat: Chat):
    await chat.say("生了")
    for words in ("同意", "跟爸爸", "都不要"):
        said = await chat.say(words)
        assert "多问" not in said
    assert "后面还有 2 题" in said


@pytest.mark.parametrize(("words", "part"), [
    ("要不要带结婚证", "一般都不用交"), ("户主是我爸要他来吗", "不用到场"), ("几天能好", "个工作日"),
    ("交了医保多久生效", "从出生那天起"), ("邮费谁出啊？", "到付"),
])
async def test_questions_in_the_middle_are_answered_and_choose_nothing(chat: Chat, words: str, part: str):
    for said in ("生了", "同意", "跟爸爸"):
        await chat.say(said)
    said = await chat.say(words)
    assert part in said
    assert SAY("talk.carry_on") in said
    assert (await chat.stage()).key == "extras"


async def test_my_side_is_the_side_of_who_is_signed_in(chat: Chat):
    for words in ("生了", "同意", "随我"):
        await chat.say(words)
    assert (await chat.draft()).situations["hukou_follow"].value == "father"


async def test_the_names_of_twins_in_one_breath(conversations):
    me = await citizen(TWINS_FATHER)
    chat = Chat(conversations, await conversations.of(f"citizen:{me.id}"))
    await chat.say("我家生了龙凤胎")
    await chat.say("同意")
    said = await chat.say("妹妹叫王小宁哥哥叫王小安")
    assert "王小安" in said
    await chat.say("对")
    draft = await chat.draft()
    names = {draft.values[f"baby[{n}].sex"].value: draft.values[f"baby[{n}].name"].value for n in (1, 2)}
    assert names == {"1": "王小安", "2": "王小宁"}


async def test_each_of_twins_is_told_apart_and_both_names_put_both_right(conversations):
    me = await citizen(TWINS_MOTHER)
    chat = Chat(conversations, await conversations.of(f"citizen:{me.id}"))
    for words in ("生了龙凤胎", "同意", "跟我", "医保", "自己取"):
        said = await chat.say(words)
    assert "这一个是：男" in said
    await chat.say("王小宁")
    await chat.say("哥哥叫王小安妹妹叫王小宁")
    await chat.say("对")
    draft = await chat.draft()
    assert [draft.values[f"baby[{n}].name"].value for n in (1, 2)] == ["王小安", "王小宁"]


async def test_an_area_in_chinese_numerals_said_too_early(conversations):
    me = await citizen(COOK)
    chat = Chat(conversations, await conversations.of(f"citizen:{me.id}"))
    await chat.say("我想开个小饭店，一百二十平")
    assert "120" in await chat.say("同意")
    await chat.say("对")
    assert (await chat.draft()).values["shop.area_total"].value == 120


async def test_a_telephone_number_is_no_office_and_is_not_lost(chat: Chat):
    for words in ("生了", "同意", "跟爸爸", "社保卡", "自己取", "陈小满"):
        await chat.say(words)
    key = (await chat.stage()).key
    assert key == "card.place"
    said = await chat.say("13800000102")
    assert "妈妈 · 手机号：138****0102" in said
    assert "13800000102" not in said
    await chat.say("对")
    assert "card.place" not in (await chat.draft()).values


async def test_a_number_put_right_wrongly_is_not_taken(chat: Chat):
    for words in ("生了", "不同意", "结婚了", "330106199504080421"):
        await chat.say(words)
    assert SAY("invalid.id_check") in await chat.say("33010619950408042X")
    await chat.say("对")
    assert (await chat.draft()).values["mother.id_number"].value == "330106199504080421"


async def test_not_knowing_how_to_retire_says_nothing_of_the_post(conversations):
    me = await citizen("33010619760218126X")
    chat = Chat(conversations, await conversations.of(f"citizen:{me.id}"))
    for words in ("俺想退休", "行", "不知道"):
        await chat.say(words)
    assert (await chat.stage()).key == "retire_type"
    await chat.say("正常退")
    assert (await chat.draft()).situations["retire_type"].value == "normal"


async def test_a_way_out_named_at_the_check_is_no_other_matter(chat: Chat):
    for words in ("生了", "同意", ALL_AT_ONCE, "对", "13800000102", "不是寄，我自己去拿"):
        await chat.say(words)
    assert (await chat.draft()).situations["delivery"].value == "pickup"


async def test_the_guide_promises_nothing_that_is_not_there(conversations):
    entry = conversations.parts.catalogue["newborn_birth"]
    words = " ".join([entry.guide, *(one.a for one in entry.faq)])
    assert "点一下同意" not in words
    assert "短信" not in words


async def test_the_first_reply_is_short_and_the_guide_one_press_away(chat: Chat):
    said = await chat.say("我媳妇刚生了，要办啥手续")
    assert "派出所上户口" not in said
    assert "派出所上户口" in await chat.say("看办理说明")
    assert (await chat.stage()).kind == "consenting"


async def test_the_check_shows_the_own_answers_and_all_on_demand(chat: Chat):
    for words in ("生了", "同意", ALL_AT_ONCE, "对"):
        await chat.say(words)
    said = await chat.say("13800000102")
    assert "陈*满" in said
    assert "姓名：李*兰" not in said
    assert "姓名：李*兰" in await chat.say("看全部")


@pytest.mark.parametrize("words", ["社保卡怎么激活", "医保好用吗"])
async def test_a_question_at_the_check_changes_nothing(chat: Chat, words: str):
    for said in ("生了", "同意", "跟爸爸", "都不要", "自己取", "陈小满", "13800000102"):
        await chat.say(said)
    assert (await chat.stage()).kind == "checking"
    await chat.say(words)
    if (await chat.stage()).kind == "sure":  # it may be another matter: whether to change is asked, never assumed
        await chat.say("不")
    assert (await chat.draft()).situations["extras"].value == ["none"]


async def test_how_people_are_called_is_no_name(chat: Chat):
    for said in ("生了", "同意", "跟爸爸", "都不要", "自己取", "陈小姐"):
        await chat.say(said)
    assert "baby[1].name" not in (await chat.draft()).values
