"""Departments that behave as they are told, and what they issue."""

from __future__ import annotations

import re

import time_machine
from stdnum import luhn
from stdnum.cn import ric
from stdnum.cn import uscc as uscc_check

from integrations.platforms.demo.direct import _filing as filing_of
from integrations.platforms.demo.issuing import issue, uscc
from integrations.platforms.demo.office import CORRECTION_DAYS
from integrations.platforms.demo.storage import Storage
from tests.integrations.platforms.conftest import Lab
from tests.integrations.platforms.world import DAY, package, words

LEG = package().leg_number


async def walked(lab: Lab, **behaviour: object) -> list[str]:
    lab.province.behave(behaviour)
    await lab.platform.submit(package())
    await lab.days(10)
    return words(await lab.platform.events(LEG))


async def test_a_leg_is_suspended_and_goes_on(lab: Lab) -> None:
    told = await walked(lab, department="公安", do="suspend", says="要到家里看一看")
    assert told == ["received", "accepted", "reviewing", "suspended", "resumed", "granted", "closed", "delivered"]
    paused = (await lab.platform.events(LEG))[3]
    assert (paused.says, paused.extra["pause"]) == ("要到家里看一看", "special_procedure")


async def test_a_leg_is_passed_up_and_back(lab: Lab) -> None:
    told = await walked(lab, do="transfer")
    assert told == ["received", "accepted", "reviewing", "reviewing", "reviewing", "granted", "closed", "delivered"]


async def test_a_leg_is_not_accepted(lab: Lab) -> None:
    assert await walked(lab, item="household_registration", do="not_accept") == ["received", "not_accepted"]


async def test_a_leg_is_void(lab: Lab) -> None:
    assert await walked(lab, do="void") == ["received", "voided"]


async def test_others_go_on(lab: Lab) -> None:
    await lab.platform.submit(package(2))
    assert await walked(lab, leg=LEG, do="deny") == [
        "received", "accepted", "reviewing", "denied", "closed", "delivered",
    ]
    assert "granted" in words(await lab.platform.events(package(2).leg_number))


async def test_preview_returns_before_receiving(lab: Lab) -> None:
    assert await walked(lab, do="pre_return", about="baby[1].name") == ["correction_asked"]
    await lab.platform.supplement(package(data_version=2, form={"baby[1].name": "陈大满"}))
    await lab.days(10)
    assert words(await lab.platform.events(LEG))[1:3] == ["received", "accepted"]


async def test_a_correction_nobody_answers_times_out(lab: Lab) -> None:
    assert (await walked(lab, do="ask_correction"))[-1] == "correction_asked"
    lab.province.use_speed(600)
    await lab.advance(CORRECTION_DAYS * 86400 - 10 * DAY - 3600)
    assert words(await lab.platform.events(LEG))[-1] == "correction_asked"
    await lab.advance(10 * DAY)
    ended = (await lab.platform.events(LEG))[-1]
    assert (ended.kind, ended.extra["ending"]) == ("correction_timeout", "correction_timeout")


async def test_without_an_object_a_demand_is_about_a_name(lab: Lab) -> None:
    await walked(lab, do="ask_correction")
    (demand,) = (await lab.platform.events(LEG))[-1].demands
    assert demand.about == "baby[1].name"
    assert "宝宝姓名" in demand.says


async def test_an_applicant_may_give_up_instead_of_correcting(lab: Lab) -> None:
    await walked(lab, do="ask_correction")
    await lab.platform.withdraw(LEG, "")
    await lab.days(30 * 3)
    assert words(await lab.platform.events(LEG))[-1] == "withdrawn"


async def test_times_run_out_and_nothing_clears(lab: Lab) -> None:
    lab.province.behave({"do": "ask_correction", "times": 1})
    lab.province.behave({"department": "税务", "do": "down"})
    for number in (1, 2):
        await lab.platform.submit(package(number))
    await lab.days(10)
    first, second = [words(await lab.platform.events(package(number).leg_number)) for number in (1, 2)]
    assert (first[-1], second[-1]) == ("correction_asked", "delivered")
    assert [one.do for one in lab.province.behaviours.all()] == ["down"]
    lab.province.behave({"department": "税务", "do": "nothing"})
    assert lab.province.behaviours.all() == []


async def test_speed_nought_stops_offices(lab: Lab) -> None:
    lab.province.use_speed(0)
    await lab.platform.submit(package())
    assert await lab.days(30) == 0


@time_machine.travel("2026-09-24T02:00:00Z", tick=False)
async def test_promises_count_working_days(lab: Lab) -> None:
    await lab.platform.submit(package(promised_days=5))
    lab.province.step(LEG)
    lab.province.step(LEG)
    until = (await lab.platform.events(LEG))[-1].promised_until
    assert until is not None
    assert until.isoformat() == "2026-10-09T09:30:00+00:00"


async def test_newborns_get_numbers_of_their_own(lab: Lab) -> None:
    numbers = []
    for number in range(1, 9):
        sex = "1" if number % 2 else "2"
        await lab.platform.submit(package(number, form={**package().form, "baby[1].sex": sex}))
        await lab.days(10)
        value = (await lab.platform.events(package(number).leg_number))[4].results[1].value
        assert ric.is_valid(value)
        assert value[:14] == "33010620260715"
        assert int(value[16]) % 2 == int(sex == "1")
        numbers.append(value)
    assert len(set(numbers)) == 8


def test_other_results_carry_numbers_that_pass_their_checks() -> None:
    storage = Storage(":memory:", "s")
    titles = ("营业执照", "食品经营许可证", "社会保障卡", "社保卡金融账户", "出生医学证明", "随便什么")
    filing = filing_of(package(results=titles))
    first = {result["title"]: result["value"] for result in issue(filing, storage)}
    again = {result["title"]: result["value"] for result in issue(filing, storage)}
    assert all(first.values())
    assert not set(first.values()) & set(again.values())
    assert first["食品经营许可证"].startswith("JY2330106")
    assert uscc_check.is_valid(first["营业执照"])
    assert luhn.is_valid(first["社保卡金融账户"])
    assert luhn.is_valid(again["社保卡金融账户"])
    assert re.fullmatch(r"[A-Z]\d{9}", first["出生医学证明"])
    (checked,) = issue(filing_of(package(results=("营业执照核验结果",))), storage)
    assert (checked["value"], checked["licence_number"]) == ("核验一致", "")
    storage.close()


def test_credit_codes_pass_their_check() -> None:
    assert all(uscc_check.is_valid(uscc("330106", serial)) for serial in range(1, 200))
