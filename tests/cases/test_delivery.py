"""Delivery on good days and bad ones."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from cases.delivery import delivered as delivering
from cases.delivery import sending
from cases.models import Case, CaseEvent, Leg, Outbox, Task
from cases.service import CaseService
from core.errors import Garbled, NotAuthorised, Refused, Unavailable
from integrations.platforms.base import Package
from tests.cases.conftest import REVIEWER, Nudges, another, leg_of
from tests.cases.province import CrashNow, SmallProvince

pytestmark = pytest.mark.everywhere
DAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


async def test_only_legs_that_wait_for_nothing_go_first(service: CaseService, delivered: Case) -> None:
    states = {leg.code: leg.state async for leg in Leg.filter(case_id=delivered.id)}
    assert states == {"household": "sent", "card": "waiting", "insurance": "sent"}
    report = await service.reconcile()
    assert report.sound
    assert report.places == {"delivered": 1}


async def test_each_department_gets_its_needs_only(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    household, insurance = await leg_of(delivered, "household"), await leg_of(delivered, "insurance")
    assert province.package(household.number).form == {"baby.name": "陈小宝"}
    assert province.package(insurance.number).form == {"baby.name": "陈小宝", "mother.phone": "13800000001"}
    assert province.package(household.number).labels == {"baby.name": "宝宝姓名"}
    assert household.platform_number == f"P-{household.number}"


async def test_many_workers_send_each_leg_once(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    await asyncio.gather(*(service.deliver_due() for _ in range(5)))
    assert len(province.calls) == len(set(province.calls)) == 2


async def test_the_claim_is_in_the_row_while_it_is_sent(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    def crash(package: Package) -> None:
        raise CrashNow

    province.before = crash
    household = await leg_of(dispatched, "household")
    with pytest.raises(CrashNow):
        await service.deliver(household.id)
    row = await Outbox.get(leg_id=household.id)
    assert (row.state, row.attempts) == ("claimed", 1)
    assert row.claimed_until is not None
    assert (await service.reconcile()).sound


@pytest.mark.parametrize("where", ["before", "after"])
async def test_kill_around_sending_loses_and_doubles_nothing(
    service: CaseService, dispatched: Case, province: SmallProvince, where: str
) -> None:
    def crash(package: Package) -> None:
        raise CrashNow

    household = await leg_of(dispatched, "household")
    with time_machine.travel(DAY, tick=False) as clock:
        await Outbox.all().update(next_at=DAY)
        setattr(province, where, crash)
        with pytest.raises(CrashNow):
            await service.deliver(household.id)
        setattr(province, where, lambda package: None)
        await service.sweep()
        assert (await leg_of(dispatched, "household")).state == "sending", "the claim still holds"
        clock.shift(timedelta(seconds=service.tools.policy.claim_seconds + 1))
        await service.sweep()
    leg = await leg_of(dispatched, "household")
    assert leg.state == "sent"
    assert province.calls.count(f"{leg.number}:v1") == (2 if where == "after" else 1)
    assert await CaseEvent.filter(leg_id=leg.id, what="leg_sent").count() == 1
    assert (await service.reconcile()).sound


async def test_kill_between_the_answer_and_its_row(
    service: CaseService, dispatched: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*args: object, **kwargs: object) -> None:
        raise CrashNow

    household = await leg_of(dispatched, "household")
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_sent", die)
        with pytest.raises(CrashNow):
            await service.deliver(household.id)
    assert (await Outbox.get(leg_id=household.id)).state == "claimed", "half a store is no store"
    await Outbox.filter(leg_id=household.id).update(claimed_until=datetime(2026, 1, 1, tzinfo=UTC))
    await service.sweep()
    assert (await leg_of(dispatched, "household")).state == "sent"


async def test_the_province_is_down_for_a_day_and_comes_back(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    def down(package: Package) -> None:
        raise Unavailable()

    with time_machine.travel(DAY, tick=False) as clock:
        await Outbox.filter(state="due").update(next_at=DAY, since=DAY)
        province.before, waits = down, []
        for _ in range(23):
            await service.sweep()
            assert (await service.reconcile()).sound
            waits += [row.next_at async for row in Outbox.filter(state="due")]
            clock.shift(timedelta(hours=1))
        assert all(wait is not None for wait in waits)
        assert await Task.filter(kind="delivery").count() == 0
        province.before = lambda package: None
        clock.shift(timedelta(hours=1))
        await service.sweep()
        await service.sweep()
    assert {leg.state async for leg in Leg.filter(code__in=["household", "insurance"])} == {"sent"}
    assert sorted(province.calls) == sorted({f"{leg.number}:v1" async for leg in Leg.filter(state="sent")})


async def test_pauses_grow(service: CaseService, dispatched: Case, province: SmallProvince) -> None:
    def down(package: Package) -> None:
        raise Garbled()

    province.before = down
    household, pauses = await leg_of(dispatched, "household"), []
    with time_machine.travel(DAY, tick=False) as clock:
        await Outbox.filter(state="due").update(next_at=DAY, since=DAY)
        for _ in range(7):
            await service.deliver(household.id)
            row = await Outbox.get(leg_id=household.id)
            pauses.append((row.next_at - datetime.now(UTC)).total_seconds())
            clock.move_to(row.next_at)
    assert pauses == [1, 5, 30, 120, 600, 3600, 3600]


@pytest.mark.parametrize("problem", [Unavailable(), Garbled(), NotAuthorised()])
async def test_after_the_last_attempt_a_person_has_it_and_the_citizen_knows(
    service: CaseService, dispatched: Case, province: SmallProvince, nudges: Nudges, problem: Exception
) -> None:
    def fail(package: Package) -> None:
        raise problem

    province.before = fail
    with time_machine.travel(DAY, tick=False) as clock:
        await Outbox.filter(state="due").update(next_at=DAY, since=DAY)
        await service.sweep()
        clock.shift(timedelta(hours=25))
        await service.sweep()
        await service.sweep()
        assert (await leg_of(dispatched, "household")).state == "failed"
        assert await Task.filter(kind="delivery", state="open").count() == 2
        assert "leg_person" in nudges.notices()
        report = await service.reconcile()
        assert report.places == {"person": 1}
        assert [breach for breach in report.breaches if "not told" not in breach.what] == []


async def test_a_refusal_goes_to_a_person_at_once_and_can_be_retried(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    def refuse(package: Package) -> None:
        if package.item == "household":
            raise Refused("字段不合格")

    province.before = refuse
    await service.deliver_due()
    leg = await leg_of(dispatched, "household")
    assert leg.state == "failed"
    assert (await leg_of(dispatched, "insurance")).state == "sent"
    province.before = lambda package: None
    task = await Task.get(leg_id=leg.id, kind="delivery")
    await service.resolve_task(task.id, REVIEWER, "retry")
    await service.deliver_due()
    assert (await leg_of(dispatched, "household")).state == "sent"
    assert (await service.reconcile()).sound


async def test_a_failing_department_holds_up_nobody(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    others = [await another(service, f"c{n}") for n in range(2, 8)]

    def police_is_down(package: Package) -> None:
        if package.department == "公安":
            raise Unavailable()

    province.before = police_is_down
    await service.deliver_due(limit=20)
    insurance = await Leg.filter(code="insurance").values_list("state", flat=True)
    assert insurance == ["sent"] * (len(others) + 1)
    tries = sum([row.attempts async for row in Outbox.filter(department="公安")])
    assert tries <= service.tools.policy.breaker_after + service.tools.policy.at_once, "it stops knocking"
    assert (await service.reconcile()).sound


async def test_oldest_first(service: CaseService, dispatched: Case, province: SmallProvince) -> None:
    later = await another(service)
    await Outbox.filter(case_id=later.id, state="due").update(since=datetime(2020, 1, 1, tzinfo=UTC))
    row = await sending.due_rows(datetime.now(UTC)).first()
    assert row is not None
    assert row.case_id == later.id


async def test_a_bug_in_an_adapter_stops_only_its_own_row(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    def bug(package: Package) -> None:
        if package.item == "insurance":
            raise KeyError("oops")

    province.before = bug
    await service.deliver_due()
    assert (await leg_of(dispatched, "household")).state == "sent"
    row = await Outbox.get(leg_id=(await leg_of(dispatched, "insurance")).id)
    assert (row.state, row.problem) == ("due", "garbled")
