"""Several regions in one deployment: who is asked where, what is taken without asking, and moving in the midst."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.state import State
from bot.places import Places, places_of
from bot.talk_store import conversation, write
from cases.models import Task
from core.errors import NotNow, YijianshiError
from core.settings import Settings
from forms.bank import PACKAGED, Bank
from forms.draft import Draft
from forms.engine import Engine
from intents.catalogue import Catalogue
from tests.bot.a_district import CITY, FAR, HERE, THERE, district
from tests.bot.conftest import Chat
from tests.bot.test_conversation import fill


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The packaged content with a second district laid over it."""
    return Engine(Bank.load([PACKAGED, district(tmp_path_factory.mktemp("over")) / "forms"]))


@pytest.fixture(autouse=True)
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YJS_REGIONS", f"{HERE},{THERE}")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def places(engine: Engine, catalogue: Catalogue, *served: str) -> Places:
    return Places(engine.bank, catalogue.entries, served or (HERE, THERE), (served or (HERE,))[0])


async def paper(chat: Chat) -> Draft:
    """The one draft there is, whatever stands over it."""
    owner = (await conversation(chat.id)).owner.partition(":")[2]
    return (await chat.conversations.parts.forms.open_of(owner))[0].draft


async def spoken(chat: Chat) -> str:
    """The region of the draft in hand."""
    return (await paper(chat)).region


async def before_consent(chat: Chat, text: str) -> str:
    """Begin a one-thing, whether it is recognised at once or after a nod."""
    said = await chat.say(text)
    return await chat.press("act:yes") if (await chat.stage()).kind == "confirming" else said


# What differs, what is known ------------------------------------------------------------------------------------


def test_only_what_differs_between_the_served_regions_is_asked(engine: Engine, catalogue: Catalogue) -> None:
    both = places(engine, catalogue)
    assert both.differs("newborn_birth")  # an item more, a shorter limit
    assert both.differs("open_restaurant")  # one parameter
    assert not both.differs("second_hand_housing")  # windows alone change nothing of the form
    assert both.settled("second_hand_housing") == HERE
    assert both.settled("newborn_birth") == ""
    assert both.settled("newborn_birth", THERE) == THERE
    assert places(engine, catalogue, THERE).settled("newborn_birth") == THERE


def test_a_region_that_does_not_offer_it_is_no_choice(engine: Engine, catalogue: Catalogue) -> None:
    far = places(engine, catalogue, FAR, HERE)  # 新生儿出生 is offered in 33 alone
    assert far.offering("newborn_birth") == (HERE,)
    assert far.settled("newborn_birth") == HERE
    assert far.settled("newborn_birth", FAR) == HERE
    assert far.settled("second_hand_housing") == ""


@pytest.mark.parametrize(("said", "found"), [
    ("我想在滨江区开个饭店", (THERE,)), ("杭州市西湖区的店", (HERE,)), ("户口在西湖区，想在滨江区开店", (THERE,)),
    ("滨江区和西湖区都开", (HERE, THERE)), ("我老家西湖区", ()), ("余杭区开店", ()), ("杭州市开店", (CITY,)),
])
def test_a_place_is_heard_by_its_name(engine: Engine, catalogue: Catalogue, said: str, found: tuple[str, ...]) -> None:
    three = places(engine, catalogue, HERE, THERE, CITY)
    assert set(three.named(said, ("户口", "老家"))) == set(found)


def test_of_many_regions_first_the_cities_are_offered(engine: Engine, catalogue: Catalogue) -> None:
    many = places(engine, catalogue, "330000", CITY, HERE, THERE, "330105", "330110", "330111", "330203", "330205",
                  "330302", FAR)
    assert [one.code for one in many.choices("retirement")] == ["33", FAR]
    assert [one.code for one in many.choices("retirement", "33")] == ["330000", "3301", "3302", "330302"]
    assert [one.code for one in many.choices("retirement", "", THERE)][:2] == [THERE, "33"]
    assert many.answered("滨江", many.choices("retirement", "3301")) == THERE
    assert many.answered("杭州滨江区", many.choices("retirement")) == THERE
    assert many.answered("宁波吧", many.choices("retirement", "33")) == "3302"


# In a talk ------------------------------------------------------------------------------------------------------


async def test_where_is_asked_once_before_the_draft_and_then_holds(chat: Chat) -> None:
    said = await before_consent(chat, "我媳妇刚生了，要办啥手续")
    assert "您打算在哪里办？" in said
    assert "1. 西湖区（您身份证号码上的地区）" in said
    assert (await chat.stage()).kind == "placing"
    assert not await chat.conversations.parts.forms.open_of(await citizen_id(chat))
    said = await chat.say("滨江")
    assert (await chat.stage()).kind == "consenting"
    assert await spoken(chat) == THERE
    assert "新生儿礼包申领" in " ".join(chat.conversations.parts.engine.consent(await paper(chat)).items)
    assert "在哪里办" not in said


async def citizen_id(chat: Chat) -> str:
    return (await conversation(chat.id)).owner.partition(":")[2]


async def test_the_number_of_a_choice_and_its_button_do_the_same(chat: Chat) -> None:
    await before_consent(chat, "我媳妇刚生了，要办啥手续")
    await chat.say("2")
    assert await spoken(chat) == THERE


async def test_what_is_no_place_keeps_the_question_and_another_county_is_told_of(chat: Chat) -> None:
    await before_consent(chat, "我媳妇刚生了，要办啥手续")
    assert "那个地方现在还不能在这里办" in await chat.say("余杭区")
    assert "您打算在哪里办？" in chat.plain
    assert "12345" in chat.plain
    await chat.press("act:place:339999")
    assert (await chat.stage()).kind == "placing"
    await chat.say("不办了")
    assert (await chat.stage()).kind in ("idle", "placing")


async def test_who_comes_from_the_guide_of_a_place_is_not_asked_again(chat: Chat) -> None:
    said = await chat.press(f"act:begin:newborn_birth@{THERE}")
    assert "您打算在哪里办" not in said
    assert "这件事在滨江区办" in said
    assert await spoken(chat) == THERE


async def test_a_place_that_is_not_served_begins_with_the_question(chat: Chat) -> None:
    assert "您打算在哪里办" in await chat.press("act:begin:newborn_birth@620802")


async def test_another_matter_said_instead_is_taken_up(chat: Chat) -> None:
    await before_consent(chat, "我媳妇刚生了，要办啥手续")
    await before_consent(chat, "我要办二手房过户")
    assert (await paper(chat)).one_thing == "second_hand_housing"


async def test_when_one_region_alone_is_left_the_question_is_dropped(
    chat: Chat, engine: Engine, catalogue: Catalogue
) -> None:
    await before_consent(chat, "我媳妇刚生了，要办啥手续")
    object.__setattr__(chat.conversations.parts, "places", places(engine, catalogue, HERE))
    await chat.say("好的")
    assert await spoken(chat) == HERE


async def test_a_person_is_asked_by_whoever_serves_the_place(chat: Chat) -> None:
    await before_consent(chat, "我想在滨江区开个饭店")
    await chat.say("转人工")
    assert (await Task.get(kind="talk")).region == THERE


@pytest.mark.parametrize("forgot", [False, True], ids=["at the case", "with nothing at hand"])
async def test_after_it_was_submitted_a_person_of_the_case_is_asked(chat: Chat, forgot: bool) -> None:
    await before_consent(chat, "我媳妇刚生了，要办啥手续")
    for said in ("滨江", "同意"):
        await chat.say(said)
    await fill(chat)
    for said in ("都对，去签字", "同意并提交"):
        await chat.say(said)
    assert (await chat.stage()).kind == "waiting"
    if forgot:
        await write(await conversation(chat.id), State(), [])
    await chat.say("转人工")
    assert (await Task.get(kind="talk")).region == THERE


async def test_a_place_named_before_is_not_asked_for_but_told(chat: Chat) -> None:
    said = await before_consent(chat, "我想在滨江区开个饭店")
    assert "您打算在哪里办" not in said
    assert "这件事在滨江区办" in said
    assert await spoken(chat) == THERE


async def test_nobody_is_asked_what_changes_nothing(chat: Chat) -> None:
    said = await before_consent(chat, "我要办二手房过户")
    assert "您打算在哪里办" not in said
    assert await spoken(chat) == HERE
    assert "在西湖区办" in said


async def test_one_region_alone_is_never_spoken_of(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, engine: Engine, catalogue: Catalogue
) -> None:
    object.__setattr__(chat.conversations.parts, "places", places(engine, catalogue, HERE))
    said = await before_consent(chat, "我媳妇刚生了，要办啥手续")
    assert "西湖区办" not in said
    assert await spoken(chat) == HERE
    assert "换到" not in await chat.say("换个地方办")


# Changing it ----------------------------------------------------------------------------------------------------


async def test_changed_midway_it_says_what_changes_and_keeps_the_answers(chat: Chat) -> None:
    await before_consent(chat, "我媳妇刚生了，要办啥手续")
    await chat.say("西湖区")
    await chat.press("act:yes")
    before = await paper(chat)
    assert len(before.values) > 10
    said = await chat.say("换个地方办")
    assert "现在定的是在西湖区办" in said
    said = await chat.press(f"act:place:{THERE}")
    assert "多办：新生儿礼包申领" in said
    assert (await paper(chat)) == before  # nothing moved before the yes
    said = await chat.say("换过去")
    assert "改在滨江区办" in said
    after = await paper(chat)
    assert after.region == THERE
    typed = {path: one.value for path, one in before.values.items() if one.origin != "source"}
    assert typed.items() <= {path: one.value for path, one in after.values.items()}.items()
    assert (await chat.stage()).kind == "consenting"  # an item more: consent names it too
    await chat.press("act:yes")
    kept = chat.conversations.parts.engine.minimised_draft(before)  # as after any answer: what nobody needs goes
    assert kept.values.keys() <= (await paper(chat)).values.keys()
    assert "不换了" in await chat.say("改到西湖区办")
    await chat.say("不换了")
    assert await spoken(chat) == THERE


@pytest.mark.parametrize(("said", "moves"), [
    ("改到滨江区办", True), ("换到滨江区", True), ("办理地改成滨江区", True), ("我想转到杭州市滨江区去办", True),
    ("地址改到滨江区", False), ("改到滨江区江南大道90号", False), ("滨江区", False), ("名字改成西湖区小店", False),
])
async def test_only_the_matter_itself_is_moved_by_words(chat: Chat, said: str, moves: bool) -> None:
    await before_consent(chat, "我想在西湖区开个饭店")
    await chat.press("act:yes")
    await chat.say(said)
    assert (getattr(await chat.stage(), "what", "") == "place") is moves


async def test_the_same_place_again_changes_nothing(chat: Chat) -> None:
    await before_consent(chat, "我想在滨江区开个饭店")
    assert "已经定在滨江区办了" in await chat.say("改到滨江区办")
    assert "换到西湖区办" in await chat.press("act:change:place") or "您想换到哪里" in chat.plain


def test_a_shorter_limit_is_that_of_the_place(engine: Engine) -> None:
    draft = engine.start("newborn_birth", HERE, None)
    for code, value in (("hukou_follow", "father"), ("extras", ["card"])):
        draft = engine.answer_situation(draft, code, value)
    moved = engine.relocate(draft, THERE).draft

    def days(paper: Draft) -> int | None:
        return next(leg.limit.promised for leg in engine.legs(paper) if leg.item.code == "social_security_card")

    assert days(moved) == 5
    assert days(draft) != 5
    assert engine.relocate(moved, HERE).draft.values == draft.values


# Served no longer -----------------------------------------------------------------------------------------------


def test_a_region_that_does_not_exist_stops_the_start(engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(YijianshiError, match="YJS_REGION names 990000, and there is no such region"):
        places_of(Settings(data_dir=tmp_path, region="990000", regions=()), engine.bank, catalogue.entries)


async def test_a_draft_of_a_region_that_is_served_no_longer_is_not_taken_but_can_move(chat: Chat) -> None:
    await before_consent(chat, "我想在滨江区开个饭店")
    parts = chat.conversations.parts
    parts.cases.tools = replace(parts.cases.tools, policy=replace(parts.cases.tools.policy, regions=(HERE,)))
    object.__setattr__(parts, "places", replace(parts.places, served=(HERE,)))
    held = (await parts.forms.open_of((await conversation(chat.id)).owner.partition(":")[2]))[0]
    with pytest.raises(NotNow) as raised:
        await parts.cases.submit(held.id, held.citizen_id, "陈一民")
    assert raised.value.details["reason"] in ("region_closed", "offline")
    assert "换到西湖区" in await chat.press(f"act:place:{HERE}") or "西湖区" in chat.plain
    await chat.press("act:yes")
    assert await spoken(chat) == HERE
