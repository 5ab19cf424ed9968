"""The one notice of all corrections, and its answer."""

from __future__ import annotations

import pytest

from cases.actors import Demand
from cases.corrections.notice import changes_of, entries_of, open_notice
from cases.models import Case, Correction, Outbox, Task
from cases.service import CaseService
from core.errors import InvalidAnswer, NotFound, NotNow
from core.models import AuditEvent
from forms.merging.merged import Finding
from integrations.platforms import base
from tests.cases.conftest import REVIEWER, leg_of
from tests.cases.paper import SmallPaper
from tests.cases.province import SmallProvince

pytestmark = pytest.mark.everywhere
NAME = Demand("baby.name", "名字和出生证上的不一样")


@pytest.fixture
async def returned(service: CaseService, case: Case) -> Case:
    await service.open_review(case.id, REVIEWER)
    await service.return_(case.id, REVIEWER, [NAME])
    return await service.case(case.id)


async def asked_by_police(service: CaseService, province: SmallProvince, case: Case, *abouts: str) -> None:
    leg = await leg_of(case, "household")
    await service.take_event(province.says(leg.number, "received"))
    demands = tuple(base.Demand(about, "请更正") for about in abouts)
    await service.take_event(province.says(leg.number, "correction_asked", demands=demands))


async def test_machine_and_reviewer_speak_in_one_notice(
    service: CaseService, draft_id: str, paper: SmallPaper
) -> None:
    paper.findings = (Finding(rule="short", level="warn", about="mother.phone", says="号码像是旧的"),
                      Finding(rule="same", level="warn", about="baby.name", says="与曾用名相同"))
    case = await service.submit(draft_id, "c1", "陈一民")
    await service.open_review(case.id, REVIEWER)
    await service.return_(case.id, REVIEWER, [NAME])
    view = await service.view(case)
    assert view.correction is not None
    assert [(e.about, e.source, e.title) for e in view.correction.entries] == [
        ("baby.name", "reviewer", "宝宝姓名"), ("mother.phone", "finding", "妈妈手机号")]
    assert view.state == "returned"
    assert view.clock.paused
    assert (await service.reconcile()).sound


async def test_the_answer_goes_back_with_what_changed(service: CaseService, returned: Case) -> None:
    notice = await service.correct(returned.id, "c1", {"baby.name": "陈小贝"})
    assert [(c.title, c.before, c.after) for c in changes_of(notice)] == [("宝宝姓名", "陈小宝", "陈小贝")]
    case = await service.case(returned.id)
    assert (case.state, case.data_version) == ("resubmitted", 2)
    assert await Task.filter(case_id=case.id, kind="review", state="open", reason="resubmitted").count() == 1
    staff = await service.staff_view(case.id, REVIEWER)
    assert staff.corrections[0].changes[0].after == "陈小贝"
    assert [f.path for d in staff.departments for f in d.fields if f.changed] == ["baby.name"] * 3
    assert not staff.case.clock.paused
    assert (await service.reconcile()).sound


async def test_words_for_what_was_left_are_not_said_of_what_was_changed(
    service: CaseService, returned: Case
) -> None:
    held = await service.tools.forms.get(str(returned.draft_id), "c1")
    changed = service.tools.engine.put(held.draft, "baby.name", "陈小贝")
    await service.tools.forms.save(held.id, "c1", changed, held.revision)
    notice = await service.answer_correction(returned.id, "c1", unchanged="已经核对，没有改动。")
    assert [entry.reply for entry in entries_of(notice)] == [""]


async def test_what_was_left_as_it_was_is_answered_in_those_words(service: CaseService, returned: Case) -> None:
    notice = await service.answer_correction(returned.id, "c1", unchanged="已经核对，没有改动。")
    assert [entry.reply for entry in entries_of(notice)] == ["已经核对，没有改动。"]


async def test_only_what_was_named_reopens(service: CaseService, returned: Case) -> None:
    with pytest.raises(NotNow) as raised:
        await service.correct(returned.id, "c1", {"mother.phone": "13900000000"})
    assert raised.value.details["about"] == "mother.phone"
    held = await service.tools.forms.get(str(returned.draft_id), "c1")
    changed = service.tools.engine.put(held.draft, "mother.phone", "13900000000")
    await service.tools.forms.save(held.id, "c1", changed, held.revision)
    with pytest.raises(NotNow) as raised:
        await service.answer_correction(returned.id, "c1", {"baby.name": "没有错"})
    assert raised.value.details["reason"] == "not_reopened"
    assert (await service.case(returned.id)).state == "returned"


async def test_what_is_right_can_be_explained(service: CaseService, returned: Case) -> None:
    with pytest.raises(NotNow) as raised:
        await service.answer_correction(returned.id, "c1")
    assert raised.value.details["missing"] == ["baby.name"]
    notice = await service.answer_correction(returned.id, "c1", {"baby.name": "出生证就是这样写的"})
    assert entries_of(notice)[0].reply == "出生证就是这样写的"


async def test_wrong_answers_and_wrong_people_change_nothing(service: CaseService, returned: Case) -> None:
    with pytest.raises(InvalidAnswer):
        await service.correct(returned.id, "c1", {"baby.name": ""})
    with pytest.raises(NotFound):
        await service.correct(returned.id, "c2", {"baby.name": "王某"})
    assert (await service.case(returned.id)).state == "returned"


async def test_answering_twice_is_answering_once(service: CaseService, returned: Case) -> None:
    await service.correct(returned.id, "c1", {"baby.name": "陈小贝"})
    with pytest.raises(NotNow):
        await service.answer_correction(returned.id, "c1", {})
    assert await Correction.filter(case_id=returned.id).count() == 1


async def test_a_later_demand_on_what_stood_there_is_a_breach(service: CaseService, returned: Case) -> None:
    await service.correct(returned.id, "c1", {"baby.name": "陈小贝"})
    await service.open_review(returned.id, REVIEWER)
    await service.return_(returned.id, REVIEWER, [Demand("baby.name", "还是不对"), Demand("mother.phone", "也要改")])
    notice = await open_notice(returned.id)
    assert notice is not None
    assert {entry.about: entry.breach for entry in entries_of(notice)} == {"baby.name": "", "mother.phone": "late"}
    assert notice.breaches == 1
    assert await AuditEvent.filter(action="correction.breach").count() == 1


async def asked_by_both(service: CaseService, province: SmallProvince, case: Case) -> None:
    """The police ask for the name, the insurance for the phone number."""
    await asked_by_police(service, province, case, "baby.name")
    insurance = await leg_of(case, "insurance")
    await service.take_event(province.says(insurance.number, "received"))
    await service.take_event(province.says(
        insurance.number, "correction_asked", demands=(base.Demand("mother.phone", "打不通"),)))


async def test_departments_ask_in_the_same_notice(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    await asked_by_both(service, province, delivered)
    view = await service.view(delivered)
    assert view.state == "needs_you"
    assert view.correction is not None
    assert view.correction.allowed == ("baby.name", "mother.phone")
    assert [e.department for e in view.correction.entries] == ["公安", "医疗保障"]
    assert await Correction.all().count() == 1
    assert (await service.reconcile()).sound


async def test_a_department_gets_its_supplement_under_a_new_key(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    await asked_by_police(service, province, delivered, "baby.name")
    await service.correct(delivered.id, "c1", {"baby.name": "陈小贝"})
    leg = await leg_of(delivered, "household")
    assert (leg.state, leg.data_version) == ("ready", 2)
    assert (await service.reconcile()).sound
    await service.deliver_due()
    assert (await leg_of(delivered, "household")).state == "sent"
    assert province.package(leg.number, 2).form == {"baby.name": "陈小贝"}
    assert province.package(leg.number, 2).data_version == 2
    assert province.package(leg.number, 1).form == {"baby.name": "陈小宝"}
    kinds = [row.kind async for row in Outbox.filter(leg_id=leg.id).order_by("data_version")]
    assert kinds == ["submit", "supplement"]
    assert await Task.filter(kind="changed").count() == 1, "insurance has the old name and a person tells it"
    assert (await service.reconcile()).sound


async def test_asking_after_acceptance_is_a_breach(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    leg = await leg_of(delivered, "household")
    await service.take_event(province.says(leg.number, "received"))
    await service.take_event(province.says(leg.number, "accepted"))
    await service.take_event(province.says(
        leg.number, "correction_asked", demands=(base.Demand("baby.name", "再改"),)))
    notice = await open_notice(delivered.id)
    assert notice is not None
    assert entries_of(notice)[0].breach == "after_acceptance"


async def test_no_answer_in_time_ends_the_leg(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    await asked_by_police(service, province, delivered, "baby.name")
    leg = await leg_of(delivered, "household")
    await service.take_event(province.says(leg.number, "correction_timeout"))
    assert (await leg_of(delivered, "household")).state == "rejected"
    assert (await leg_of(delivered, "card")).state == "dropped"
    view = await service.view(delivered)
    assert (view.correction, view.clock.paused) == (None, False), "nobody asks any more"
    assert (await service.tools.forms.get(str(delivered.draft_id))).state == "submitted"
    assert (await service.reconcile()).sound


async def test_going_on_without_the_correction_takes_the_question_back(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    await asked_by_both(service, province, delivered)
    await service.take_event(province.says((await leg_of(delivered, "household")).number, "accepted"))
    view = await service.view(delivered)
    assert view.correction is not None
    assert view.correction.allowed == ("mother.phone",)
    await service.withdraw(delivered.id, "c1")
    assert (await service.tools.forms.get(str(delivered.draft_id))).state == "submitted"
