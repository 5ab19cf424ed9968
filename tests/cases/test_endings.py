"""Withdrawing, rating, telling, forgetting; clocks; and a reconciler that sees what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from cases import clocks
from cases.models import Case, CaseEvent, Leg, Outbox, Pause, Rating, SeenEvent, Task
from cases.numbers import case_number, check_digit, is_case_number
from cases.service import CaseService
from cases.upkeep.sweep import calendar_alarm
from core.clock import now
from core.errors import InvalidAnswer, NotNow
from core.models import AuditEvent
from integrations.platforms.base import IssuedResult
from tests.cases.conftest import REVIEWER, Nudges, leg_of
from tests.cases.province import SmallProvince
from tests.cases.test_platform_events import NUMBER, finish

pytestmark = pytest.mark.everywhere


@pytest.fixture
async def completed(service: CaseService, delivered: Case, province: SmallProvince) -> Case:
    for code in ("household", "insurance", "card"):
        await service.deliver_due()
        await finish(service, province, await leg_of(delivered, code), NUMBER, IssuedResult("凭证"))
    return await service.case(delivered.id)


async def test_withdrawing_calls_back_what_was_sent(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    await service.withdraw(delivered.id, "c1", "改主意了")
    await service.deliver_due()
    sent = [leg.number async for leg in Leg.filter(code__in=["household", "insurance"])]
    assert sorted(province.withdrawn) == sorted(sent)
    assert {leg.state async for leg in Leg.all()} == {"withdrawn"}
    with pytest.raises(NotNow):
        await service.withdraw(delivered.id, "c1")
    await service.take_event(province.says(sent[0], "accepted"))
    assert (await service.view(delivered)).state == "withdrawn"
    assert (await service.reconcile()).sound


async def test_withdrawing_before_anything_was_sent_sends_nothing(service: CaseService, case: Case) -> None:
    await service.withdraw(case.id, "c1")
    assert await Outbox.filter(state="cancelled").count() == 3
    assert await Outbox.filter(kind="withdraw").count() == 0
    assert await Task.filter(state="open").count() == 0


async def test_rating_once_and_a_low_one_is_looked_into(
    service: CaseService, completed: Case, province: SmallProvince
) -> None:
    with pytest.raises(InvalidAnswer):
        await service.rate(completed.id, "c1", 6)
    await service.rate(completed.id, "c1", 1, "等了很久", ["慢"])
    with pytest.raises(NotNow):
        await service.rate(completed.id, "c1", 5)
    assert await Rating.all().count() == 1
    assert (await Task.get(kind="rectification")).says == "等了很久"
    await service.sweep()
    assert province.rated == [(completed.number, 1)]
    view = await service.view(completed)
    assert (view.may_rate, view.rating and view.rating.stars) == (False, 1)


async def test_an_open_case_cannot_be_rated(service: CaseService, case: Case) -> None:
    with pytest.raises(NotNow):
        await service.rate(case.id, "c1", 5)


async def test_the_citizen_is_told_until_they_know(service: CaseService, case: Case, nudges: Nudges) -> None:
    assert nudges.notices() == ["submitted"]
    event_id = nudges.asked[0][1]["event_id"]
    notice = await service.notice(event_id)
    assert (notice.citizen_id, notice.params["departments"]) == ("c1", 3)
    await CaseEvent.filter(id=event_id).update(next_ask_at=datetime(2026, 1, 1, tzinfo=UTC))
    await service.sweep()
    assert nudges.notices() == ["submitted", "submitted"]
    await service.told(event_id)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=False):
        await service.sweep()
    assert len(nudges.notices()) == 2


async def test_nudges_carry_no_personal_data(service: CaseService, completed: Case, nudges: Nudges) -> None:
    allowed = {"case_id", "what", "event_id", "leg_id"}
    assert {key for _, arguments in nudges.asked for key in arguments} <= allowed


async def test_nothing_personal_is_plain_in_the_tables(service: CaseService, completed: Case) -> None:
    await service.rate(completed.id, "c1", 2, "陈一民很生气 13800000001")
    database = Case._meta.db
    for table in ("cases_case", "cases_leg", "cases_outbox", "cases_event", "cases_task", "cases_rating",
                  "cases_seen_event", "cases_correction", "core_audit_event"):
        _, rows = await database.execute_query(f"SELECT * FROM {table}")
        plain = " ".join(str(value) for row in rows for value in tuple(row))
        assert not [secret for secret in ("陈一民", "陈小宝", "13800000001", NUMBER.value) if secret in plain], table


async def test_forgetting_ended_cases(service: CaseService, completed: Case) -> None:
    assert (await service.export("c1"))[0]["number"] == completed.number
    assert await service.erase("c1") == 1
    assert await service.cases_of("c1") == []
    assert await service.tools.forms.erase("c1") == 1
    assert (await service.reconcile()).sound


async def test_what_ended_long_ago_is_emptied_by_itself(service: CaseService, completed: Case) -> None:
    assert await service.forget(0) == 0
    assert await service.forget(1095) == 0
    with time_machine.travel(now() + timedelta(days=1096), tick=True):
        assert await service.forget(1095) == 1
        assert await service.forget(1095) == 0
        assert await service.tools.forms.expire() == 0  # first it is left alone for a while
    emptied = await Case.get(id=completed.id)
    assert (emptied.number, emptied.state, emptied.signed_name) == (completed.number, "completed", "")
    assert await service.cases_of("c1") == []
    assert await AuditEvent.filter(action="case.erased", actor="system").count() == 1
    assert (await service.reconcile()).sound


async def test_nothing_said_stays_after_forgetting(
    service: CaseService, completed: Case, province: SmallProvince, nudges: Nudges
) -> None:
    await service.rate(completed.id, "c1", 1, "陈一民很生气")
    task = await Task.get(kind="rectification")
    await service.resolve_task(task.id, REVIEWER, "done", "打过电话给陈一民")
    household = await leg_of(completed, "household")
    await service.erase("c1")
    nudges.asked.clear()
    late = province.says(household.number, "delivered", says="陈一民已签收", by="陈民警")
    await service.take_event(late, "late")
    assert [(one.says, one.note) async for one in Task.all()] == [(None, None)] * await Task.all().count()
    assert await Pause.filter(says__not_isnull=True).exclude(says="").count() == 0
    assert (await leg_of(completed, "household")).results is None
    assert "陈" not in str([(seen.event) async for seen in SeenEvent.all()])
    assert "陈" not in str([event.params async for event in CaseEvent.all()])
    assert nudges.notices() == []
    assert (await service.reconcile()).sound


async def test_the_reconciler_sees_what_is_nowhere(service: CaseService, dispatched: Case, case: Case) -> None:
    household = await leg_of(dispatched, "household")
    await Outbox.filter(leg_id=household.id).update(state="held", next_at=None)
    report = await service.reconcile()
    assert [breach.number for breach in report.breaches] == [household.number]
    await Outbox.filter(leg_id=household.id).update(state="person")
    assert not (await service.reconcile()).sound, "in a person's queue without a task"


async def test_the_reconciler_misses_a_lost_review(service: CaseService, case: Case) -> None:
    await Task.all().delete()
    assert [breach.number for breach in (await service.reconcile()).breaches] == [case.number]


async def test_a_citizen_nobody_told_is_a_breach(service: CaseService, case: Case) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=13), tick=False):
        assert not (await service.reconcile()).sound


async def test_a_missing_calendar_asks_a_person_once(service: CaseService) -> None:
    with time_machine.travel(datetime(2026, 12, 10, tzinfo=UTC), tick=False):
        await calendar_alarm()
        await calendar_alarm()
        tasks = await service.tasks(REVIEWER)
        assert await Task.filter(kind="calendar", reason="2027").count() == 1
        assert tasks == [], "an operator without a region sees it, a reviewer does not"


def test_a_clock_stands_still_while_paused() -> None:
    day = date(2026, 3, 2)
    plain = clocks.read(day, 10, [], date(2026, 3, 6))
    assert (plain.used, plain.left, plain.due_on, plain.light) == (4, 6, date(2026, 3, 16), "green")
    paused = clocks.read(day, 10, [(date(2026, 3, 3), date(2026, 3, 5))], date(2026, 3, 6))
    assert (paused.used, paused.due_on) == (2, date(2026, 3, 18))
    same_day = clocks.read(day, 10, [(date(2026, 3, 3), date(2026, 3, 3))], date(2026, 3, 6))
    assert same_day.used == 4
    running = clocks.read(day, 10, [(date(2026, 3, 3), None)], date(2026, 3, 6))
    assert (running.used, running.paused) == (1, True)


@pytest.mark.parametrize(
    ("day", "light"), [(date(2026, 3, 10), "green"), (date(2026, 3, 11), "yellow"), (date(2026, 3, 17), "red")]
)
def test_lights(day: date, light: str) -> None:
    assert clocks.read(date(2026, 3, 2), 10, [], day).light == light


def test_a_promise_into_an_unknown_year_is_an_estimate() -> None:
    assert clocks.due(date(2026, 12, 28), 10)[1]
    assert clocks.read(date(2026, 12, 28), 10, [], date(2026, 12, 29)).estimated


def test_case_numbers_find_slips() -> None:
    number = case_number("330106", date(2026, 3, 5), "newborn_birth")
    assert number.startswith("33010620260305")
    for position in range(len(number)):
        other = str((int(number[position]) + 1) % 10)
        assert not is_case_number(number[:position] + other + number[position + 1:])
    assert check_digit("0794") == "5", "ISO 7064's own example"
