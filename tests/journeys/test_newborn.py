"""三口之家, from 「我媳妇刚生了」 to the last result, over HTTP."""

from __future__ import annotations

import pytest

from cases.models import Leg
from tests.journeys.conftest import FATHER, signed_in
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import (
    FIRST_WORDS,
    NEWBORN,
    TWINS,
    consented,
    finish,
    legs_of,
    submitted,
    until_asked,
)
from tests.journeys.town import Town

AT_ONCE = {"birth_certificate", "vaccination_certificate", "childcare_guidance"}
NEED_THE_NUMBER = {"resident_medical_insurance", "social_security_card", "childcare_subsidy"}
"""Items that wait for the child's 公民身份号码, which 户口登记 gives."""


@pytest.mark.everywhere
async def test_from_the_first_words_to_the_last_result(town: Town, reviewer: Reviewer) -> None:
    father = await Citizen(town, FATHER).begin()
    assert "新生儿" in await father.say(FIRST_WORDS)
    await father.sign_in()
    await father.hear()
    assert father.stage == "consenting", "what was begun as a guest goes on"
    await father.press("act:consent:yes")
    await father.answer(NEWBORN)
    assert father.stage == "checking", father.plain
    assert 3 <= len(father.asked) <= 8, father.asked
    await father.press("act:check_all" if "act:check_all" in father.buttons() else "act:check")
    for hidden in ("330106199504080421", "13800000102", "古墩路188号"):
        assert hidden not in father.plain
    assert "一次都不用跑" in father.plain
    said = await father.sign()
    number = await father.number()
    assert number in said

    await reviewer.approve(number)
    await town.order("behave", do="ask_correction", item="household_registration", about="baby[1].name",
                     says="请核对宝宝的名字")
    await until_asked(town, father, number)
    legs = await legs_of(town, number)
    assert {item for item, leg in legs.items() if leg.state == "completed"} == AT_ONCE
    assert [leg.number for item, leg in legs.items() if item in NEED_THE_NUMBER and town.filing(leg.number)] == []
    await father.press(f"act:fix:{number}")
    assert (await father.field("mother.phone"))["editable"] is False, "only what was named reopens"
    await father.say("陈小贝")
    assert father.stage == "checking", father.plain
    await father.sign()
    assert (await father.case(number))["needs_you"] is False

    gone = await finish(town, father, number)
    assert all("household_registration" in gone[item] for item in NEED_THE_NUMBER)
    await ended_well(town, father, number)
    await father.press(f"act:rate:{number}=5")
    await father.press(f"act:done:rating:{number}")
    assert (await father.case(number))["rating"]["stars"] == 5
    await town.settle()
    assert (await town.sound()).places == {"ended": 1}


async def ended_well(town: Town, father: Citizen, number: str) -> None:
    """Everything was issued, every department got its own part once, and the numbers hold."""
    told, case, legs = await father.hear(), await father.case(number), await legs_of(town, number)
    assert "全部办好了" in told
    assert case["state"] == "completed_full"
    assert len({leg["department"] for leg in case["legs"]}) >= 5
    child = next(one["value"] for one in legs["household_registration"].results if one["title"] == "公民身份号码")
    assert {town.filing(legs[item].number).form["baby[1].id_number"] for item in NEED_THE_NUMBER} == {child}
    assert town.filing(legs["household_registration"].number).form["baby[1].name"] == "陈小贝"
    assert town.filed(number) == sorted(
        (leg.number, version) for leg in legs.values() for version in range(1, leg.data_version + 1)
    )
    counted = case["numbers"]
    assert counted["forms_before"] > counted["forms_after"] == 1
    assert counted["fields_before"] > counted["fields_after"] > counted["asked"]
    assert counted["visits"] == 0


async def test_twins_are_two_babies_in_one_case(town: Town, reviewer: Reviewer) -> None:
    father = await signed_in(town, "family_02_twins-1")
    await consented(father)
    await father.answer(TWINS)
    assert father.stage == "checking", father.plain
    assert len(father.asked) <= 10, father.asked
    await father.sign()
    number = await father.number()
    await reviewer.approve(number)
    await finish(town, father, number, step=20)
    results = [one["title"] for one in (await father.case(number))["results"]]
    assert results.count("公民身份号码") == 2
    cards = await Leg.filter(case__number=number, item="social_security_card").order_by("position")
    assert len({town.filing(leg.number).form[f"baby[{n}].id_number"] for n, leg in enumerate(cards, 1)}) == 2


@pytest.mark.everywhere
async def test_returned_once_with_one_notice(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await submitted(father)
    await reviewer.return_(number, "mother.phone", "这个号码打不通，请换一个")
    await town.settle()
    told = await father.hear()
    assert "这个号码打不通" in told
    assert (await father.case(number))["state"] == "returned"
    await father.press(f"act:fix:{number}")
    await father.say("13800000199")
    await father.sign()
    assert (await father.case(number))["state"] == "resubmitted"
    _, page = await reviewer.send("GET", f"/console/cases/{number}")
    assert "138****0199" in page, "the reviewer sees what changed"
    await reviewer.approve(number)
    await finish(town, father, number, step=20)


async def test_rejected_with_reason_and_remedy(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await submitted(father)
    await reviewer.act(number, "open")
    await reviewer.act(number, "reject", reason="宝宝已经上过户口", remedy="请到派出所核对")
    await town.settle()
    told = await father.hear()
    assert "宝宝已经上过户口" in told
    assert "请到派出所核对" in told
    assert (await town.sound()).places == {"ended": 1}
    assert town.filed(number) == []


@pytest.mark.everywhere
async def test_withdrawn_while_departments_work(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await submitted(father)
    await reviewer.approve(number)
    await town.settle()
    await father.hear()
    await father.press(f"act:withdraw:{number}")
    await father.press("act:yes")
    assert (await father.case(number))["state"] == "withdrawn", father.plain
    await town.work(20, rounds=3)
    assert {leg.state for leg in (await legs_of(town, number)).values()} <= {"withdrawn", "completed", "dropped"}
    assert (await town.sound()).places == {"ended": 1}
