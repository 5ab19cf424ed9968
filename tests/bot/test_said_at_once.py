"""Many values in one message, over the real content: shown back, saved, asked no more; what does not fit is said."""

from __future__ import annotations

import pytest

from bot.wording.wording import wording
from tests.bot.conftest import Chat

SAY = wording()
AT_ONCE = "孩子昨天在市一院生的，跟我姓，叫陈小满"
BY_HAND = ("生了", "不同意", "结婚了")


async def told(chat: Chat, *words: str) -> str:
    said = ""
    for one in words:
        said = await chat.say(one)
    return said


@pytest.mark.parametrize("early", [(*BY_HAND, AT_ONCE), (f"{AT_ONCE}，要上户口", "不同意")])
async def test_a_name_said_beside_other_things_is_shown_back_and_saved(chat: Chat, early: tuple[str, ...]) -> None:
    assert "陈小满" in await told(chat, *early)
    assert (await chat.stage()).kind == "nodding"
    await chat.say("对")
    assert (await chat.draft()).values["baby[1].name"].value == "陈小满"


async def test_whose_surname_is_asked_no_more(chat: Chat) -> None:
    said = await told(chat, *BY_HAND, AT_ONCE, "对", "跟爸爸")
    assert "随爸爸姓" in said
    await chat.say("对")
    assert (await chat.draft()).values["baby[1].surname_from"].value == "father"


async def test_a_day_without_its_hour_is_kept_until_the_hour_is_said(chat: Chat) -> None:
    await told(chat, *BY_HAND, AT_ONCE, "对")
    asked = await chat.press("act:change:field:baby[1].birth_time")
    assert SAY("ask.day_known", day="昨天") in asked
    await chat.say("早上8点20")
    assert (await chat.draft()).values["baby[1].birth_time"].value.endswith("T08:20")


async def test_an_hour_said_after_its_day_was_found_wanting(chat: Chat) -> None:
    await told(chat, *BY_HAND)
    await chat.press("act:change:field:baby[1].birth_time")
    assert SAY("invalid.time_missing") in await chat.say("前天")
    await chat.say("下午三点半")
    assert (await chat.draft()).values["baby[1].birth_time"].value.endswith("T15:30")


async def test_a_birth_to_come_is_said_at_once_and_put_right_in_words(chat: Chat) -> None:
    said = await told(chat, *BY_HAND, "孩子2099年3月5号早上8点生的")
    assert "不能晚于现在" in said
    await told(chat, "对", "不是，是昨天早上8点")
    assert not (await chat.draft()).values["baby[1].birth_time"].value.startswith("2099")


async def test_a_name_with_a_digit_is_said_to_be_none(chat: Chat) -> None:
    said = await told(chat, *BY_HAND, "孩子昨天早上8点生的，叫陈小满1")
    assert "陈小满1" in said
    assert SAY("invalid.name") in said


@pytest.mark.parametrize(("words", "path", "value"), [
    ("我老婆叫李小红", "mother.name", "李小红"),
    ("孩子他妈叫李小红，孩子叫陈小满", "mother.name", "李小红"),
    ("孩子跟他妈姓陈，叫陈小满", "baby[1].name", "陈小满"),
    ("随他妈姓，叫陈小满", "baby[1].name", "陈小满"),
    ("孩子叫陈小满，我妈叫王秀英", "baby[1].name", "陈小满"),
    ("我叫陈一民，我老婆李小红，孩子叫陈小满，3月5号生的", "mother.name", "李小红"),
    ("我老婆身份证三三零一零六一九九五零四零八零四二一", "mother.id_number", "330106199504080421"),
])
async def test_a_value_belongs_to_the_one_who_is_spoken_of(chat: Chat, words: str, path: str, value: str) -> None:
    await told(chat, *BY_HAND, words, "对")
    draft = await chat.draft()
    assert draft.values[path].value == value
    assert "baby[1].name" not in draft.values or draft.values["baby[1].name"].value == "陈小满"


async def test_my_own_name_is_nobody_elses(chat: Chat) -> None:
    await told(chat, *BY_HAND, "我叫陈一民")
    assert (await chat.stage()).kind == "asking"


async def test_a_bare_name_where_a_choice_is_asked_is_not_lost(chat: Chat) -> None:
    assert SAY("answer.kept", words="陈小满") in await told(chat, *BY_HAND, "陈小满")
    assert (await chat.stage()).key == "hukou_follow"


async def test_a_wrong_id_number_is_said_to_be_one(chat: Chat) -> None:
    said = await told(chat, *BY_HAND, "我老婆叫李小红，她身份证是33010619950408042X")
    assert SAY("invalid.id_check") in said


async def test_not_knowing_chooses_the_option_for_it(chat: Chat) -> None:
    await told(chat, *BY_HAND, "跟爸爸", "我也不晓得")
    assert (await chat.draft()).situations["head_of_household"].value == "unsure"


@pytest.mark.parametrize("words", [
    "要多少钱？", "怎么填", "算了", "晓得了", "等一下，我问问我老公", "👍", "🙏", "谢谢", "？", "人工",
])
async def test_what_steers_the_talk_fills_nothing(chat: Chat, words: str) -> None:
    await told(chat, *BY_HAND)
    for key in ("situation:hukou_follow", "field:baby[1].name"):
        await chat.press(f"act:change:{key}")
        before = await chat.draft()
        await chat.say(words)
        if not hasattr(await chat.stage(), "draft"):
            return
        after = await chat.draft()
        assert (after.values, after.situations) == (before.values, before.situations)


async def test_what_is_said_while_a_nod_is_awaited_is_kept(chat: Chat) -> None:
    await told(chat, *BY_HAND, "孩子叫陈小满")
    assert SAY("answer.kept", words="市一院") in await told(chat, "在市一院生的")
    assert (await chat.stage()).kind == "nodding"


async def test_calling_it_off_where_consent_is_asked_gives_no_consent_and_asks(chat: Chat) -> None:
    await told(chat, "生了", "取消")
    assert (await chat.stage()).kind == "sure"
    await chat.say("不是")
    assert (await chat.stage()).kind == "consenting"
    assert (await chat.draft()).consent is None


async def test_a_district_of_which_there_are_several_is_the_one_of_this_city(chat: Chat) -> None:
    await told(chat, *BY_HAND, "跟爸爸")
    await chat.press("act:change:field:baby[1].native_place")
    await chat.say("西湖区")
    assert (await chat.draft()).values["baby[1].native_place"].value == "330106"


@pytest.mark.parametrize("words", ["我老婆叫李小红，孩子叫陈小满", "我媳妇昨天早上8点20生的", "老公电话13900001234"])
async def test_whose_a_value_is_chooses_no_side(chat: Chat, words: str) -> None:
    await told(chat, *BY_HAND, words, "对")
    assert "hukou_follow" not in (await chat.draft()).situations


async def test_a_name_is_put_right_by_whose_it_is(chat: Chat) -> None:
    await told(chat, *BY_HAND, "我老婆叫李小红，孩子叫陈小满", "对", "我老婆名字写错了，应该是李小兰")
    values = (await chat.draft()).values
    assert (values["mother.name"].value, values["baby[1].name"].value) == ("李小兰", "陈小满")


@pytest.mark.parametrize(("words", "side"), [
    ("户口跟他妈走", "mother"), ("随孩儿他爸", "father"), ("跟我爱人", "mother"), ("上她妈那边", "mother"),
])
async def test_a_side_is_understood_however_it_is_called(chat: Chat, words: str, side: str) -> None:
    await told(chat, *BY_HAND, words)
    assert (await chat.draft()).situations["hukou_follow"].value == side


@pytest.mark.parametrize("words", ["跟我妈", "跟我妈妈", "落孩子奶奶那"])
async def test_a_grandparent_is_no_parent_of_the_child(chat: Chat, words: str) -> None:
    await told(chat, *BY_HAND, words)
    assert "hukou_follow" not in (await chat.draft()).situations


@pytest.mark.parametrize(("words", "sex"), [
    ("是个女儿，叫陈小满", "2"), ("生了个带把儿的", "1"), ("孩子叫陈小满，男", "1"), ("我儿子叫陈小满", "1"),
])
async def test_boy_or_girl_is_heard_beside_the_question(chat: Chat, words: str, sex: str) -> None:
    await told(chat, *BY_HAND, words, "对")
    assert (await chat.draft()).values["baby[1].sex"].value == sex


async def test_a_boy_and_a_girl_are_two_children_each_with_its_own(chat: Chat) -> None:
    mother = "我老婆叫李小红，身份证330106199504080421"
    await told(chat, *BY_HAND, "龙凤胎，姐姐叫陈小安，弟弟叫陈小宁", mother, "对", "对")
    assert "baby.count" not in await chat.say("对")
    await chat.say("对")
    draft = await chat.draft()
    assert draft.counts["baby"] == 2
    assert [draft.values[f"baby[{n}].{what}"].value for n in (1, 2) for what in ("name", "sex")] == [
        "陈小安", "2", "陈小宁", "1",
    ]


async def test_a_surname_chooses_no_household(chat: Chat) -> None:
    await told(chat, *BY_HAND, "跟我老婆姓，生了个千金", "对")
    assert "hukou_follow" not in (await chat.draft()).situations
