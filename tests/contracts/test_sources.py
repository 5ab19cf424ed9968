"""Every adapter of shared-data sources, through one test: the gateway in each convention over HTTP, and in process."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from core import clock
from integrations.demo_server import running
from integrations.sources.base import Source
from integrations.sources.demo.desk import Desk
from integrations.sources.demo.direct import Direct
from integrations.sources.demo.faults import SLOWEST
from integrations.sources.demo.server import make_app
from integrations.sources.gateway import Gateway
from integrations.sources.gateway.signers import signer
from tests.integrations.sources import world

PATIENCE, HASTE = 60.0, 0.4
"""Seconds that an answer may take, also on a busy machine; and when somebody is not to wait for one that is slow."""


@dataclass
class Set:
    """An adapter, the same one in haste, and the clerk that answers both."""

    source: Source
    hasty: Source
    desk: Desk


@pytest.fixture(params=["gjzwfwpt", "tif", "xbg", "direct"])
async def lab(request: pytest.FixtureRequest) -> AsyncIterator[Set]:
    desk = world.desk()
    if request.param == "direct":
        yield Set(Direct(desk, timeout=PATIENCE), Direct(desk, timeout=HASTE), desk)
        return
    async with running(make_app(app=world.APP, secret=world.SECRET, signer=request.param, desk=desk)) as url:
        patient, hasty = (
            Gateway(url, signer(request.param, world.APP, world.SECRET), timeout=limit) for limit in (PATIENCE, HASTE)
        )
        yield Set(patient, hasty, desk)
        await patient.close()
        await hasty.close()


async def test_what_is_there_is_got(lab: Set) -> None:
    answer = await lab.source.ask(world.query(attributes=("name", "sex", "birth_date")))
    assert answer.outcome == "got"
    assert answer.records == ({"name": "陈一民", "sex": "1", "birth_date": "1992-05-12"},)
    assert answer.detail == ""
    assert answer.query_id
    assert answer.valid_until is not None
    assert answer.valid_until - answer.fetched_at == timedelta(days=30)


async def test_only_the_attributes_asked_for_come(lab: Set) -> None:
    (record,) = (await lab.source.ask(world.query(attributes=("sex",)))).records
    assert record == {"sex": "1"}


async def test_one_record_a_baby_with_days_relative_to_today(lab: Set) -> None:
    asked = world.query("delivery_record", ("birth_time", "order", "weight", "in_province"),
                        mother_id_number=world.MOTHER)
    answer = await lab.source.ask(asked)
    born = (clock.today() - timedelta(days=3)).isoformat()
    assert [record["order"] for record in answer.records] == [1, 2]
    assert answer.records[0]["birth_time"] == f"{born} 08:12"
    assert answer.records[0]["weight"] == 2510
    assert answer.records[0]["in_province"] == "yes"


async def test_a_key_may_match_an_attribute_of_another_name(lab: Set) -> None:
    answer = await lab.source.ask(world.query("enterprise", ("name", "uscc"), id_number=world.OWNER))
    assert {record["uscc"] for record in answer.records} == {"92330106MA2A1B2C3E", "91330106MA2D4E5F6K"}


async def test_a_key_of_two_parts_needs_both(lab: Set) -> None:
    both = world.query("licence", ("number",), uscc="92330106MA2A1B2C3E", type="business")
    assert (await lab.source.ask(both)).records == ({"number": "330106600000001"},)
    other = world.query("licence", ("number",), uscc="92330106MA2A1B2C3E", type="food")
    assert (await lab.source.ask(other)).outcome == "nothing_found"
    half = world.query("licence", ("number",), uscc="92330106MA2A1B2C3E")
    assert (await lab.source.ask(half)).detail == "BAD_REQUEST"


async def test_nothing_found_is_said_by_the_source(lab: Set) -> None:
    answer = await lab.source.ask(world.query(id_number=world.NOBODY))
    assert (answer.outcome, answer.detail, answer.records) == ("nothing_found", "NO_DATA", ())


async def test_a_mismatch_is_not_no_data(lab: Set) -> None:
    answer = await lab.source.ask(world.query(attributes=("sex",), id_number=world.FATHER, name="陈二民"))
    assert (answer.outcome, answer.detail) == ("nothing_found", "MISMATCH")
    same = await lab.source.ask(world.query(attributes=("sex",), id_number=world.FATHER, name="陈一民"))
    assert same.outcome == "got"


async def test_a_bank_answers_whether_the_name_matches(lab: Set) -> None:
    asked = world.query(
        "bank_account", ("name_match", "card_active"), account_number="6222020000000000123", name="陈二民"
    )
    answer = await lab.source.ask(asked)
    assert answer.records == ({"name_match": "no", "card_active": "yes"},)


@pytest.mark.parametrize(
    ("fault", "outcome", "detail"),
    [
        ("down", "source_down", "UPSTREAM_DOWN"),
        ("no_data", "nothing_found", "NO_DATA"),
        ("refused", "not_allowed", "AUTH_SCOPE"),
        ("garbled", "source_down", "UNKNOWN"),
    ],
)
async def test_a_fault_ends_in_one_of_four_outcomes(lab: Set, fault: str, outcome: str, detail: str) -> None:
    lab.desk.faults.switch("population", fault)
    answer = await lab.source.ask(world.query())
    assert (answer.outcome, answer.detail, answer.records) == (outcome, detail, ())
    lab.desk.faults.switch("*", "none")
    assert (await lab.source.ask(world.query())).outcome == "got"


async def test_a_slow_source_is_not_waited_for(lab: Set) -> None:
    lab.desk.faults.switch("population", "slow", seconds=SLOWEST)
    started = time.perf_counter()
    answer = await lab.hasty.ask(world.query())
    assert (answer.outcome, answer.detail, answer.records) == ("source_down", "UPSTREAM_TIMEOUT", ())
    assert time.perf_counter() - started < SLOWEST / 2
    lab.desk.faults.switch("*", "none")
    assert (await lab.source.ask(world.query())).outcome == "got"


async def test_a_fault_of_every_source_spares_none(lab: Set) -> None:
    lab.desk.faults.switch("*", "down")
    lab.desk.faults.switch("marriage", "no_data")
    assert (await lab.source.ask(world.query())).outcome == "source_down"
    asked = world.query("marriage", ("status",), id_number=world.MOTHER)
    assert (await lab.source.ask(asked)).outcome == "nothing_found"


async def test_a_slow_source_in_time_is_heard(lab: Set) -> None:
    lab.desk.faults.switch("population", "slow", seconds=0.05)
    assert (await lab.source.ask(world.query())).outcome == "got"


@pytest.mark.parametrize(
    "missing", [{"consent": ""}, {"one_thing": ""}, {"items": ()}, {"operator": ""}, {"operator": world.FATHER}]
)
async def test_without_purpose_and_consent_nothing_leaves(lab: Set, missing: dict[str, object]) -> None:
    answer = await lab.source.ask(world.query(purpose=world.because(**missing)))
    assert (answer.outcome, answer.detail) == ("not_allowed", "AUTH_SCOPE")
    assert lab.desk.calls.count(outcome="ok") == 0


@pytest.mark.parametrize("value", ["", "  ", "x" * 5000, "1\n2", "1\x002", "陈\u202e民"])
async def test_a_key_that_cannot_be_one_is_not_sent(lab: Set, value: str) -> None:
    answer = await lab.source.ask(world.query(id_number=value))
    assert (answer.outcome, answer.detail) == ("source_down", "BAD_REQUEST")
    assert lab.desk.calls.count() == 0


@pytest.mark.parametrize("value", ["' OR 1=1 --", "<script>", "../../etc/passwd", "😀", "%00", "{}", "*"])
async def test_a_hostile_key_finds_nothing(lab: Set, value: str) -> None:
    assert (await lab.source.ask(world.query(id_number=value))).outcome == "nothing_found"


@pytest.mark.parametrize(
    ("source", "attribute"), [("../_faults", "name"), ("nowhere", "name"), ("population", "photo")]
)
async def test_unknown_sources_and_attributes_are_not_asked(lab: Set, source: str, attribute: str) -> None:
    answer = await lab.source.ask(world.query(source, (attribute,)))
    assert answer.outcome == "not_allowed"
    assert lab.desk.calls.count() == 0


async def test_calls_and_logs_hold_no_personal_data(lab: Set) -> None:
    with capture_logs() as lines:
        await lab.source.ask(world.query(attributes=("name", "birth_date")))
        await lab.source.ask(world.query(id_number=world.NOBODY))
        lab.desk.faults.switch("*", "garbled")
        await lab.source.ask(world.query())
    kept = f"{lines} {lab.desk.calls.shown()}"
    assert "population" in kept
    assert not any(secret in kept for secret in (world.FATHER, world.NOBODY, "陈一民", "1992-05-12", world.SECRET))


async def test_check_is_well(lab: Set) -> None:
    health = await lab.source.check()
    assert health.ok, health.says
