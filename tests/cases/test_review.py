"""Staff: review, tasks, gates, what they may see."""

from __future__ import annotations

import asyncio

import pytest

from cases.actors import Demand, Staff
from cases.models import Case, Leg, Outbox, Task
from cases.service import CaseService
from core.errors import NotFound, NotNow, NotYours, Refused
from core.models import AuditEvent
from forms.merging.merged import Finding
from integrations.platforms.base import Package
from tests.cases.conftest import REVIEWER, leg_of
from tests.cases.paper import SmallPaper
from tests.cases.province import SmallProvince

pytestmark = pytest.mark.everywhere
GATE = Finding(rule="old_photo", level="gate", about="material:photo:baby", says="照片不清楚", gates="insurance")
ELSEWHERE = Staff("r9", "外地", "reviewer", "", "341302")
POLICE = Staff("p1", "民警", "reviewer", "公安", "330100")
TAX = Staff("t1", "税务", "reviewer", "税务", "330106")


@pytest.mark.parametrize("staff", [ELSEWHERE, TAX])
async def test_others_regions_and_departments_are_closed(service: CaseService, case: Case, staff: Staff) -> None:
    for act in (service.open_review(case.id, staff), service.staff_view(case.id, staff),
                service.reveal(case.id, staff, "mother.phone", "")):
        with pytest.raises(NotYours):
            await act
    assert (await service.queue(staff))[1] == 0


async def test_a_department_sees_its_part(service: CaseService, case: Case) -> None:
    view = await service.staff_view(case.id, POLICE)
    assert [part.leg.department for part in view.departments] == ["公安"]
    assert view.departments[0].fields[0].shown == "***"
    rows, count = await service.queue(POLICE)
    assert (rows[0].number, count) == (case.number, 1)
    assert view.applicant == "陈*民"


async def test_revealing_is_written_down(service: CaseService, case: Case) -> None:
    assert await service.reveal(case.id, REVIEWER, "mother.phone", "核对") == "13800000001"
    line = await AuditEvent.get(action="case.reveal")
    assert (line.actor, line.details["path"]) == ("staff:r1", "mother.phone")


async def test_a_department_reveals_its_part_only(service: CaseService, case: Case) -> None:
    assert await service.reveal(case.id, POLICE, "baby.name", "核对") == "陈小宝"
    with pytest.raises(NotYours):
        await service.reveal(case.id, POLICE, "mother.phone", "核对")
    with pytest.raises(NotYours):
        await service.reveal(case.id, REVIEWER, "nobody.name", "核对")
    outcomes = await AuditEvent.filter(action="case.reveal").order_by("id").values_list("outcome", flat=True)
    assert outcomes == ["done", "refused", "refused"]


async def test_a_department_sees_what_changed_in_its_part_only(service: CaseService, case: Case) -> None:
    await service.open_review(case.id, REVIEWER)
    await service.return_(case.id, REVIEWER, [Demand("baby.name", "请核对"), Demand("mother.phone", "打不通")])
    await service.correct(case.id, "c1", {"baby.name": "陈大宝", "mother.phone": "13900000000"})
    seen = {staff.id: (await service.staff_view(case.id, staff)).corrections[0] for staff in (REVIEWER, POLICE)}
    assert [change.about for change in seen["r1"].changes] == ["baby.name", "mother.phone"]
    assert [change.about for change in seen["p1"].changes] == ["baby.name"]
    assert [entry.about for entry in seen["p1"].entries] == ["baby.name"]


async def test_one_department_does_not_decide_for_the_others(service: CaseService, case: Case) -> None:
    with pytest.raises(NotNow):
        await service.open_review(case.id, POLICE)
    await service.open_review(case.id, REVIEWER)
    for act in (service.approve(case.id, POLICE), service.reject(case.id, POLICE, "不符合", "请到窗口"),
                service.return_(case.id, POLICE, [Demand("baby.name", "请核对")])):
        with pytest.raises(NotNow) as refused:
            await act
        assert refused.value.details["reason"] == "other_departments"
    assert (await service.case(case.id)).state == "in_review"


async def test_a_case_of_one_department_is_theirs_to_decide(
    service: CaseService, draft_id: str, paper: SmallPaper
) -> None:
    paper.planned = paper.planned[:1]
    case = await service.submit(draft_id, "c1", "陈一民")
    await service.open_review(case.id, POLICE)
    await service.approve(case.id, POLICE)
    assert (await service.case(case.id)).state == "dispatched"


async def test_approving_needs_a_review_and_happens_once(service: CaseService, case: Case) -> None:
    with pytest.raises(NotNow):
        await service.approve(case.id, REVIEWER, "")
    await service.open_review(case.id, REVIEWER)
    done = await asyncio.gather(*(service.approve(case.id, REVIEWER, "") for _ in range(3)), return_exceptions=True)
    assert sum(result is None for result in done) == 1
    assert await Outbox.filter(state="due").count() == 2
    assert await Task.filter(state__in=["open", "claimed"]).count() == 0


async def test_rejecting_needs_reason_and_remedy(service: CaseService, case: Case) -> None:
    await service.open_review(case.id, REVIEWER)
    with pytest.raises(NotNow):
        await service.reject(case.id, REVIEWER, "不属于本区", " ")
    await service.reject(case.id, REVIEWER, "不属于本区", "请到户口所在地办理")
    view = await service.view(case)
    assert (view.state, view.reason, view.remedy) == ("rejected", "不属于本区", "请到户口所在地办理")
    assert {leg.state for leg in view.legs} == {"dropped"}
    assert await Outbox.filter(state="cancelled").count() == 3
    assert (await service.reconcile()).sound


async def test_notes_are_for_colleagues(service: CaseService, case: Case) -> None:
    await service.note(case.id, REVIEWER, "已电话核实")
    await service.assign(case.id, REVIEWER, "r2")
    assert "noted" not in [moment.what for moment in (await service.view(case)).timeline]
    staff = await service.staff_view(case.id, REVIEWER)
    assert {"noted", "assigned"} <= {moment.what for moment in staff.timeline}
    assert (await service.case(case.id)).assigned_to == "r2"


@pytest.fixture
async def gated(service: CaseService, draft_id: str, paper: SmallPaper) -> Case:
    paper.findings = (GATE,)
    case = await service.submit(draft_id, "c1", "陈一民")
    await service.open_review(case.id, REVIEWER)
    await service.approve(case.id, REVIEWER, "")
    return case


async def test_a_gate_holds_one_leg_only(service: CaseService, gated: Case) -> None:
    await service.deliver_due()
    states = {leg.code: leg.state async for leg in Leg.filter(case_id=gated.id)}
    assert states == {"household": "sent", "card": "waiting", "insurance": "waiting"}
    assert (await service.reconcile()).sound
    task = await Task.get(kind="gate")
    await service.claim_task(task.id, REVIEWER)
    with pytest.raises(NotNow):
        await service.claim_task(task.id, REVIEWER)
    await service.resolve_task(task.id, REVIEWER, "release")
    assert (await leg_of(gated, "insurance")).state == "ready"
    assert (await service.reconcile()).sound


async def test_a_gate_the_citizen_can_open(service: CaseService, gated: Case, paper: SmallPaper) -> None:
    task = await Task.get(kind="gate")
    await service.resolve_task(task.id, REVIEWER, "ask", demands=[Demand("mother.phone", "请换一个号码")])
    assert (await service.view(gated)).state == "needs_you"
    assert (await service.reconcile()).sound
    paper.findings = ()
    await service.correct(gated.id, "c1", {"mother.phone": "13900000000"})
    assert (await leg_of(gated, "insurance")).state == "ready"
    assert (await service.reconcile()).sound


async def test_a_gate_still_shut_after_the_answer_is_a_persons_again(service: CaseService, gated: Case) -> None:
    task = await Task.get(kind="gate")
    await service.resolve_task(task.id, REVIEWER, "ask", demands=[Demand("mother.phone", "请换一个号码")])
    await service.correct(gated.id, "c1", {"mother.phone": "13900000000"})
    assert await Task.filter(kind="gate", state="open").count() == 1
    assert (await service.reconcile()).sound


async def test_given_up_by_a_person_with_a_reason(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    def refuse(package: Package) -> None:
        raise Refused("接口不收")

    province.before = refuse
    await service.deliver_due()
    household, insurance = await leg_of(dispatched, "household"), await leg_of(dispatched, "insurance")
    task = await Task.get(leg_id=household.id)
    with pytest.raises(NotNow):
        await service.resolve_task(task.id, REVIEWER, "give_up")
    await service.resolve_task(task.id, REVIEWER, "give_up", "该事项已停办")
    assert (await leg_of(dispatched, "card")).state == "dropped"
    task = await Task.get(leg_id=insurance.id)
    await service.resolve_task(task.id, REVIEWER, "sent_by_hand", number="医保-123")
    assert (await leg_of(dispatched, "insurance")).platform_number == "医保-123"
    assert (await service.reconcile()).sound


async def test_odd_names_are_not_found(service: CaseService, case: Case) -> None:
    for odd in ("", "' OR 1=1 --", "9" * 10_000, "😀", "\x00", case.number[:-1] + "x"):
        with pytest.raises(NotFound):
            await service.case(odd)
    with pytest.raises(NotFound):
        await service.case(case.number, "c2")
    line = await AuditEvent.get(action="case.read")
    assert (line.actor, line.subject, line.outcome) == ("citizen:c2", f"case:{case.id}", "refused")
