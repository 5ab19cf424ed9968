"""What citizens ask for is kept to learn from, masked, with what came of it; answers to a form are not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from bot.conversation import Conversations
from bot.models import Citizen
from intents.acts import hear_acts
from intents.models import Heard
from intents.outcomes import reasons
from intents.recording import Recorder
from intents.understanding import Band, Context, OutKind, Scored, Understanding
from nlu.entities import find_entities
from tests.bot.conftest import Chat
from tests.intents.test_recording import tomorrow

BABY, SCHOOL, CLINIC = "newborn_birth", "school_enrollment", "open_clinic"
READ: dict[str, tuple[Band, OutKind | None, tuple[str, ...]]] = {
    "孩子出生": ("act", None, (BABY,)), "上学": ("act", None, (SCHOOL,)),
    "陈一民要弄那个小本本": ("unknown", None, (CLINIC,)),
    "小孩的事": ("confirm", None, (BABY,)), "孩子": ("choose", None, (SCHOOL, BABY, CLINIC)),
    "办护照": ("out_of_scope", "other_service", ()),
    "陈小满的户口咋弄": ("choose", None, (BABY, SCHOOL, CLINIC)),
    "开网吧要什么手续": ("out_of_scope", "other_service", ()),
    "办理离婚要带啥": ("out_of_scope", "other_service", ()),
    "小孩上户口要多久能办好": ("unknown", None, (BABY,)),
    "怎么办理": ("out_of_scope", "other_service", ()), "要什么材料": ("choose", None, (BABY, SCHOOL)),
}


class Scripted:
    """Understands a few messages, always the same way."""

    async def hear(self, text: str, context: Context | None = None) -> Understanding:
        context = context or Context()
        band, kind, codes = READ.get(text, ("unknown", None, ()))
        ranking = tuple(Scored(code, 0.9 - 0.3 * place) for place, code in enumerate(codes))
        return Understanding(
            text=text, ranking=ranking, band=band, out_kind=kind, acts=hear_acts(text, context),
            entities=(), matters=codes[:1] if band == "act" else (), details={"engine": "scripted"},
        )


@pytest.fixture
async def recorder(conversations: Conversations) -> AsyncIterator[Recorder]:
    made = Recorder()
    conversations.parts = replace(conversations.parts, hears=Scripted())
    conversations._recorder = made
    yield made
    await made.stop()


@pytest.fixture
async def guest(conversations: Conversations) -> Chat:
    """Somebody nobody knows, before their first word."""
    return Chat(conversations, await conversations.of(f"guest:{uuid4()}"))


async def kept(recorder: Recorder) -> dict[str, Heard]:
    await recorder.flush()
    return {row.text: row for row in await Heard.all()}


@pytest.mark.everywhere
async def test_a_clear_request_is_kept_and_teaches_nothing(guest: Chat, recorder: Recorder) -> None:
    await guest.say("孩子出生")
    row = (await kept(recorder))["孩子出生"]
    assert (row.best, row.band, row.outcome, row.channel, row.asked) == (BABY, "act", "acted", "web", "anything")
    assert (row.top, row.margin, row.engine) == ([[BABY, 0.9]], 0.9, "scripted")
    assert (row.value, reasons(row)) == (0, ())


async def test_what_the_citizen_denies_is_worth_most_and_stays_denied(chat: Chat, recorder: Recorder) -> None:
    await chat.say("孩子出生")
    assert (await chat.stage()).kind == "consenting"
    await chat.press("act:none")
    await chat.press(f"act:begin:{SCHOOL}")
    row = (await kept(recorder))["孩子出生"]
    assert (row.outcome, row.chosen, reasons(row)[0]) == ("denied", SCHOOL, "denied")
    assert row.value > 90


async def test_a_nod_confirms(guest: Chat, recorder: Recorder) -> None:
    await guest.say("小孩的事")
    await guest.say("是的")
    row = (await kept(recorder))["小孩的事"]
    assert (row.outcome, row.chosen, reasons(row)) == ("confirmed", BABY, ("picked",))


async def test_a_choice_is_remembered(guest: Chat, recorder: Recorder) -> None:
    await guest.say("孩子")
    await guest.say("2")
    rows = await kept(recorder)
    assert set(rows) == {"孩子"}, "a number is no request"
    assert (rows["孩子"].outcome, rows["孩子"].chosen) == ("chosen", BABY)


async def test_what_was_not_understood_learns_what_was_meant(chat: Chat, recorder: Recorder) -> None:
    await chat.say("陈一民要弄那个小本本")
    await chat.say("上学")
    rows = await kept(recorder)
    assert set(rows) == {"某某要弄那个小本本", "上学"}, "the citizen's own name is masked"
    assert (rows["某某要弄那个小本本"].outcome, rows["某某要弄那个小本本"].chosen) == ("chosen", SCHOOL)
    assert reasons(rows["某某要弄那个小本本"]) == ("rephrased", "unknown")


async def test_a_name_typed_where_one_signs_in_is_not_kept(guest: Chat, recorder: Recorder) -> None:
    await guest.say("孩子出生")
    assert (await guest.stage()).kind == "login"
    await guest.say("不知道谁的名字")
    await guest.say("办护照")
    assert set(await kept(recorder)) == {"孩子出生", "办护照"}


async def test_a_message_that_is_nothing_but_personal_is_not_kept(guest: Chat, recorder: Recorder) -> None:
    for text in ("张秀英", "330106199307120316", "13800000197，13800000101"):
        await guest.say(text)
    assert await kept(recorder) == {}


async def test_a_question_about_something_is_a_request(conversations: Conversations, recorder: Recorder) -> None:
    """「陈小满的户口咋弄」 holds a call for help and is a wish all the same; 「怎么办理」 is nothing but that call."""
    for text in ("陈小满的户口咋弄", "开网吧要什么手续", "办理离婚要带啥", "小孩上户口要多久能办好",
                 "怎么办理", "要什么材料", "转人工", "几天能下来呀", "好的"):
        talk = Chat(conversations, await conversations.of(f"guest:{uuid4()}"))
        await talk.say(text)
    assert {text: row.outcome for text, row in (await kept(recorder)).items()} == {
        "某某的户口咋弄": "open", "开网吧要什么手续": "refused", "办理离婚要带啥": "refused",
        "小孩上户口要多久能办好": "open"}


async def test_a_nod_and_a_no_to_what_was_offered_are_no_requests(guest: Chat, recorder: Recorder) -> None:
    await guest.say("小孩的事")
    await guest.say("不是")
    await guest.say("那你们帮我办一下吧")
    assert set(await kept(recorder)) <= {"小孩的事", "那你们帮我办一下吧"}
    assert "不是" not in await kept(recorder)


async def test_another_theme_at_once_speaks_against_the_first(guest: Chat, recorder: Recorder) -> None:
    await guest.say("孩子出生")
    await guest.say("上学")
    rows = await kept(recorder)
    assert (rows["孩子出生"].outcome, rows["孩子出生"].chosen) == ("changed_theme_later", SCHOOL)
    assert rows["上学"].outcome == "acted"
    assert reasons(rows["孩子出生"]) == (), "it was sure enough: two things were wanted"
    rows["孩子出生"].score = 0.7
    assert reasons(rows["孩子出生"]) == ("changed",)


async def test_who_asks_for_a_person_was_not_helped(chat: Chat, recorder: Recorder) -> None:
    await chat.say("办护照")
    await chat.say("转人工")
    await chat.say("我叫陈一民，我等着")
    rows = await kept(recorder)
    assert {text: row.outcome for text, row in rows.items()} == {"办护照": "handed_over"}, "not words to a person"


async def test_answers_to_a_form_are_not_kept_but_a_wish_for_another_thing_is(chat: Chat, recorder: Recorder) -> None:
    await chat.say("孩子出生")
    await chat.say("同意")
    assert (await chat.stage()).kind == "asking"
    await chat.say("随爸爸")
    await chat.say("哇啦哇啦")
    assert set(await kept(recorder)) == {"孩子出生"}


async def test_names_on_the_table_are_masked(chat: Chat, recorder: Recorder, father: Citizen) -> None:
    assert all(one.kind != "name" for one in find_entities("给欧小兰办，就是小民她媳妇")), "nothing says it is one"
    await father.update_from_dict({"name": "欧小民"}).save()
    await chat.say("给欧小兰办，就是小民她媳妇")
    assert set(await kept(recorder)) == {"给某某办，就是某某她媳妇"}


async def test_a_message_sent_twice_is_kept_once(guest: Chat, recorder: Recorder) -> None:
    await guest.say("孩子出生", client_id="once")
    await guest.say("孩子出生", client_id="once")
    await recorder.flush()
    assert await Heard.all().count() == 1


async def test_an_outcome_on_another_day_is_none(guest: Chat, recorder: Recorder) -> None:
    await guest.say("小孩的事")
    with tomorrow():
        await guest.say("上学")
    assert (await kept(recorder))["小孩的事"].outcome == "open"
