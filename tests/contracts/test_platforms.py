"""Every implementation of a provincial platform, through one test: the gateway over HTTP, and in process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import clock
from core.errors import Garbled, NotAuthorised, Refused, Unavailable
from integrations.demo_server import running
from integrations.platforms.base import Platform
from integrations.platforms.demo.direct import DirectPlatform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.server import PROVINCE, make_app
from integrations.platforms.demo.storage import Storage
from integrations.platforms.gateway import GatewayPlatform
from integrations.platforms.gateway.fieldmap import load_map
from integrations.platforms.signing import sign_callback, stamp
from tests.integrations.platforms.world import CALLBACK_KEY, CALLER, DAY, SECRET, package, words

LEG = package().leg_number
WHOLE_WAY = ["received", "accepted", "reviewing", "granted", "closed", "delivered"]


@dataclass
class Set:
    """An adapter and the province behind it."""

    platform: Platform
    province: Province


@pytest.fixture(params=["gateway", "direct"])
async def lab(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Set]:
    file = tmp_path / "province.db"
    if request.param == "direct":
        province = Province(Storage(file, SECRET), 1.0)
        yield Set(DirectPlatform(province, CALLBACK_KEY), province)
        province.storage.close()
        return
    app = make_app(file, SECRET, CALLBACK_KEY, 1.0, live=False)
    async with running(app) as url:
        gateway = GatewayPlatform(url, CALLER, SECRET, CALLBACK_KEY, load_map("demo"), 1.0)
        yield Set(gateway, app[PROVINCE])
        await gateway.close()


async def test_a_package_gets_a_number(lab: Set) -> None:
    receipt = await lab.platform.submit(package())
    assert len(receipt.platform_number) == 21
    assert receipt.platform_number.startswith("330106")
    assert not receipt.duplicate
    assert abs(receipt.received_at - clock.now()) < timedelta(seconds=5)


async def test_the_same_package_again_is_the_same_receipt(lab: Set) -> None:
    first = await lab.platform.submit(package())
    again = await lab.platform.submit(package(callback_url="http://127.0.0.1:9/moved"))
    assert (again.platform_number, again.duplicate) == (first.platform_number, True)
    assert lab.province.advance(0.5 * DAY) == 3
    assert words(await lab.platform.events(LEG)) == WHOLE_WAY[:3]


async def test_the_same_number_with_other_content_is_refused(lab: Set) -> None:
    await lab.platform.submit(package())
    with pytest.raises(Refused) as caught:
        await lab.platform.submit(package(form={"baby[1].name": "陈大满"}))
    assert caught.value.details["code"] == "CONTENT_CONFLICT"


async def test_the_whole_way_ends_with_results(lab: Set) -> None:
    await lab.platform.submit(package())
    lab.province.advance(10 * DAY)
    events = await lab.platform.events(LEG)
    assert words(events) == WHOLE_WAY
    assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
    assert {event.by for event in events} == {"公安"}
    assert [result.title for result in events[4].results] == ["居民户口簿", "公民身份号码"]
    assert events[4].results[1].value.startswith("33010620260715")
    assert all(not event.results for event in events if event.kind != "closed")


async def test_acceptance_promises_a_working_day(lab: Set) -> None:
    await lab.platform.submit(package())
    lab.province.advance(0.18 * DAY)
    accepted = (await lab.platform.events(LEG))[-1]
    assert accepted.kind == "accepted"
    assert accepted.promised_until is not None
    assert accepted.promised_until > datetime.now(UTC) + timedelta(days=2)


async def test_only_later_events_are_pulled(lab: Set) -> None:
    await lab.platform.submit(package())
    lab.province.advance(10 * DAY)
    assert words(await lab.platform.events(LEG, after=4)) == ["closed", "delivered"]
    assert await lab.platform.events(LEG, after=6) == ()


async def test_an_item_done_while_you_wait_is_not_reviewed(lab: Set) -> None:
    await lab.platform.submit(package(promised_days=0))
    lab.province.advance(0.3 * DAY)
    assert words(await lab.platform.events(LEG)) == ["received", "accepted", "granted", "closed", "delivered"]


async def test_a_correction_is_answered_with_a_higher_version(lab: Set) -> None:
    lab.province.behave({"item": "household_registration", "do": "ask_correction", "about": "material:consent_letter",
                         "says": "请妈妈也签名", "times": 1})
    await lab.platform.submit(package())
    lab.province.advance(DAY)
    asked = (await lab.platform.events(LEG))[-1]
    assert asked.kind == "correction_asked"
    assert [(demand.about, demand.says) for demand in asked.demands] == [("material:consent_letter", "请妈妈也签名")]
    better = package(data_version=2, form={**package().form, "baby[1].name": "陈大满"})
    assert not (await lab.platform.supplement(better)).duplicate
    assert (await lab.platform.supplement(better)).duplicate
    lab.province.advance(10 * DAY)
    assert words(await lab.platform.events(LEG)) == ["received", "correction_asked", *WHOLE_WAY]


async def test_a_supplement_nobody_asked_for_is_refused(lab: Set) -> None:
    await lab.platform.submit(package())
    with pytest.raises(Refused) as caught:
        await lab.platform.supplement(package(data_version=2, form={"baby[1].name": "陈大满"}))
    assert caught.value.details["code"] == "STATE_CONFLICT"


async def test_a_paper_that_was_to_come_later_is_taken_unasked_and_moves_nothing(lab: Set) -> None:
    certificate, letter = package().materials
    owed = replace(package(), materials=(certificate, replace(letter, way="deferred", files=())))
    await lab.platform.submit(owed)
    lab.province.advance(DAY)
    before = words(await lab.platform.events(LEG))
    brought = replace(owed, data_version=2, materials=(certificate, letter))
    assert not (await lab.platform.supplement(brought)).duplicate
    assert (await lab.platform.supplement(brought)).duplicate
    assert words(await lab.platform.events(LEG)) == before
    with pytest.raises(Refused):
        await lab.platform.supplement(replace(brought, data_version=3, materials=(letter, certificate)))


async def test_withdrawing_ends_a_leg_and_may_be_asked_twice(lab: Set) -> None:
    await lab.platform.submit(package())
    await lab.platform.withdraw(LEG, "不办了")
    await lab.platform.withdraw(LEG, "不办了")
    lab.province.advance(10 * DAY)
    (event,) = await lab.platform.events(LEG)
    assert (event.kind, event.says) == ("withdrawn", "已按申请撤回：不办了")


async def test_withdrawing_after_the_decision_is_refused(lab: Set) -> None:
    await lab.platform.submit(package())
    lab.province.advance(10 * DAY)
    with pytest.raises(Refused):
        await lab.platform.withdraw(LEG, "不办了")


async def test_an_unknown_leg_is_refused_not_empty(lab: Set) -> None:
    with pytest.raises(Refused) as caught:
        await lab.platform.events("33010620260720CS0000099-01")
    assert caught.value.details["code"] == "NO_DATA"


async def test_a_rating_arrives(lab: Set) -> None:
    await lab.platform.submit(package())
    await lab.platform.rate(package().case_number, 5, ("办得快",))
    (row,) = lab.province.storage.run("SELECT stars, tags FROM rating")
    assert tuple(row) == (5, "办得快")


async def test_a_platform_that_is_down_is_tried_again(lab: Set) -> None:
    assert (await lab.platform.check()).ok
    lab.province.use_down(True)
    assert not (await lab.platform.check()).ok
    with pytest.raises(Unavailable) as caught:
        await lab.platform.submit(package())
    assert caught.value.retryable
    lab.province.use_down(False)
    assert not (await lab.platform.submit(package())).duplicate


@pytest.mark.parametrize(("do", "error"), [("refuse", Refused), ("fail", Unavailable), ("down", Unavailable)])
async def test_a_department_may_refuse_fail_or_be_down(lab: Set, do: str, error: type[Exception]) -> None:
    lab.province.behave({"department": "公安", "do": do, "times": 1})
    with pytest.raises(error):
        await lab.platform.submit(package())
    assert not (await lab.platform.submit(package(2, department="卫生健康"))).duplicate
    assert not (await lab.platform.submit(package())).duplicate


@pytest.mark.parametrize(("do", "error"), [("slow", Unavailable), ("garble", Garbled)])
async def test_a_package_whose_answer_was_lost_is_a_duplicate(lab: Set, do: str, error: type[Exception]) -> None:
    lab.province.behave({"leg": LEG, "do": do, "times": 1, "seconds": 3})
    with pytest.raises(error):
        await lab.platform.submit(package())
    assert (await lab.platform.submit(package())).duplicate


def pushed(key: str = CALLBACK_KEY, seq: int = 1, late: float = 0) -> tuple[dict[str, str], bytes]:
    body = json.dumps({"PROJID": LEG, "event_seq": seq, "event": "receive", "state": "RECEIVED",
                       "TIME": "2026-07-20 09:00:00"}).encode()
    timestamp = stamp(clock.now() - timedelta(seconds=late))
    return {"X-Timestamp": timestamp, "X-Nonce": "n1", "X-Sign": sign_callback(key, timestamp, "n1", body)}, body


async def test_a_callback_is_verified_and_read(lab: Set) -> None:
    await lab.platform.submit(package())
    lab.province.advance(0.1 * DAY)
    event, nonce = lab.platform.read_callback(*pushed(late=290))
    assert (event.leg_number, event.seq, event.kind, nonce) == (LEG, 1, "received", "n1")


async def test_forged_stale_and_altered_callbacks_are_turned_away(lab: Set) -> None:
    headers, body = pushed()
    for false in (pushed(key="other"), pushed(late=310), pushed(late=-310), (headers, body + b" "), ({}, body),
                  ({**headers, "X-Nonce": "n2"}, body), ({**headers, "X-Timestamp": "²³"}, body)):
        with pytest.raises(NotAuthorised):
            lab.platform.read_callback(*false)


@pytest.mark.parametrize("body", [b"", b"junk", b"[]", b"{}", b'{"PROJID":"x","event_seq":1,"event":"dance"}', b"\xff"])
async def test_signed_junk_is_garbled(lab: Set, body: bytes) -> None:
    timestamp = stamp(clock.now())
    headers = {"X-Timestamp": timestamp, "X-Nonce": "n", "X-Sign": sign_callback(CALLBACK_KEY, timestamp, "n", body)}
    with pytest.raises(Garbled):
        lab.platform.read_callback(headers, body)
