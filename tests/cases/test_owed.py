"""A paper that was to come later is handed in online."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cases.models import Case, CaseEvent, Leg, Outbox, Pause, Task
from cases.outstanding.bringing import Given
from cases.service import CaseService
from core.clock import now
from core.errors import InvalidAnswer, NotFound, NotNow, Refused
from forms.content.material_schema import Way
from forms.draft import Draft, MaterialAnswer
from integrations.platforms.base import Demand
from tests.cases.conftest import REVIEWER, Nudges, leg_of
from tests.cases.paper import CARD, PHOTO, SmallPaper, leg, signed_draft
from tests.cases.province import SmallProvince

pytestmark = pytest.mark.everywhere
SLOT = "photo:baby"
PNG = Given("照片.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
TEXT = Given("照片.png", "image/png", b"no picture at all")


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> SmallPaper:
    """The card waits for nobody, and its photo may come within seven days."""
    later = PHOTO.model_copy(update={"ways": (*PHOTO.ways, Way(way="deferred", within_days=7))})
    monkeypatch.setattr("tests.cases.paper.PHOTO", later)
    small = SmallPaper()
    small.planned = (small.planned[0], leg(CARD, (), (SLOT,)), small.planned[2])
    return small


@pytest.fixture
async def draft_id(service: CaseService) -> str:
    draft = signed_draft()
    draft.materials[SLOT] = MaterialAnswer(way="deferred", at=now())
    return (await service.tools.forms.create("c1", draft)).id


async def test_it_reaches_the_department_that_has_its_part_already(
    service: CaseService, delivered: Case, province: SmallProvince, nudges: Nudges
) -> None:
    (owed,) = (await service.view(delivered)).owed
    assert (owed.slot, owed.title, owed.department, owed.late) == (SLOT, "宝宝照片", "人力资源社会保障", False)
    assert await service.bring(delivered.id, "c1", SLOT, [PNG])
    await service.deliver_due()
    card = await leg_of(delivered, "card")
    before, after = province.package(card.number), province.package(card.number, 2)
    assert (before.materials[0].way, after.materials[0].way) == ("deferred", "upload")
    assert [file["name"] for file in after.materials[0].files] == ["照片.png"]
    assert (card.state, card.data_version) == ("sent", 1), "its part stays where it is"
    assert not await Pause.exists()
    assert not (await service.view(delivered)).owed
    assert (await Task.get(kind="deferred")).resolution == "brought"
    assert "paper_brought" in nudges.notices()
    assert await CaseEvent.exists(what="leg_paper_sent", leg_id=card.id)
    assert (await service.reconcile()).sound


async def test_it_goes_along_with_a_part_that_was_not_sent_yet(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    await service.bring(dispatched.id, "c1", SLOT, [PNG])
    await service.deliver_due()
    assert province.package((await leg_of(dispatched, "card")).number).materials[0].way == "upload"
    assert not await Outbox.exists(kind="paper")


async def test_the_same_file_again_is_the_same_paper_and_another_is_not_owed(
    service: CaseService, delivered: Case
) -> None:
    assert await service.bring(delivered.id, "c1", SLOT, [PNG])
    assert not await service.bring(delivered.id, "c1", SLOT, [PNG])
    assert await Outbox.filter(kind="paper").count() == 1
    with pytest.raises(NotNow) as caught:
        await service.bring(delivered.id, "c1", SLOT, [Given("b.png", "image/png", PNG.content + b"b")])
    assert caught.value.details["reason"] == "not_owed"


async def test_who_may_not_bring_it_is_told_why(service: CaseService, delivered: Case) -> None:
    with pytest.raises(NotFound):
        await service.bring(delivered.id, "c2", SLOT, [PNG])
    with pytest.raises(NotNow):
        await service.bring(delivered.id, "c1", "consent:baby", [PNG])
    with pytest.raises(InvalidAnswer) as caught:
        await service.bring(delivered.id, "c1", SLOT, [TEXT])
    assert caught.value.reason == "file_type"
    with pytest.raises(NotNow) as many:
        await service.bring(delivered.id, "c1", SLOT, [PNG] * 10)
    assert many.value.details["reason"] == "too_many_files"
    await service.withdraw(delivered.id, "c1")
    with pytest.raises(NotNow):
        await service.bring(delivered.id, "c1", SLOT, [PNG])
    assert not await Outbox.exists(kind="paper")


async def test_it_is_told_before_its_last_day_and_after_it(
    service: CaseService, delivered: Case, nudges: Nudges
) -> None:
    due_on = (await Task.get(kind="deferred")).due_on
    assert due_on is not None
    for days, what in ((-1, "paper_due"), (1, "paper_overdue")):
        day = now() + (due_on + timedelta(days=days) - now().date())
        with time_machine.travel(day, tick=False):
            await service.sweep()
            await service.tools.kv.client.flushall()  # what was said is not kept there alone
            await service.sweep()
        assert nudges.notices().count(what) >= 1
        assert await CaseEvent.filter(what=what).count() == 1
    with time_machine.travel(now() + timedelta(days=30), tick=False):
        assert (await service.view(delivered)).owed[0].late
        with pytest.raises(NotNow) as caught:
            await service.bring(delivered.id, "c1", SLOT, [PNG])
    assert caught.value.details["reason"] == "paper_late"
    assert "12345" in str(caught.value.details["where"])
    assert await Task.exists(kind="deferred", state="open"), "somebody still has to see to it"


async def test_a_correction_takes_it_along(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    card = await leg_of(delivered, "card")
    await service.take_event(province.says(card.number, "correction_asked", demands=(Demand("baby.name", "写错"),)))
    await service.bring(delivered.id, "c1", SLOT, [PNG])
    assert await service.deliver_due() == 0, "the department waits for an answer first"
    await service.correct(delivered.id, "c1", {"baby.name": "陈小贝"})
    await service.deliver_due()
    assert province.package(card.number, 3).materials[0].way == "upload"
    assert (await Outbox.get(kind="paper")).state == "cancelled"
    assert (await service.reconcile()).sound


async def test_given_with_a_correction_it_is_owed_no_more(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    card = await leg_of(delivered, "card")
    demands = (Demand(f"material:{SLOT}", "交"),)
    await service.take_event(province.says(card.number, "correction_asked", demands=demands))
    held = await service.tools.forms.get(str(delivered.draft_id))
    given = held.draft.materials | {SLOT: MaterialAnswer(way="upload", at=now())}
    draft = held.draft.model_copy(update={"materials": given})
    await service.tools.forms.save(held.id, "c1", draft, held.revision)
    await service.answer_correction(delivered.id, "c1")
    assert (await Task.get(kind="deferred")).state == "done"


async def test_nobody_owes_a_paper_to_a_part_that_is_lost(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    card = await leg_of(delivered, "card")
    await service.take_event(province.says(card.number, "not_accepted"))
    assert not (await service.view(delivered)).owed
    assert (await Task.get(kind="deferred")).resolution == "superseded"


async def test_what_cannot_be_delivered_is_a_persons(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    await service.bring(delivered.id, "c1", SLOT, [PNG])

    def refuse(package: object) -> None:
        raise Refused(code="STATE_CONFLICT")

    province.before = refuse
    await service.deliver_due()
    task = await Task.get(kind="paper")
    assert await CaseEvent.exists(what="leg_person", tell=True)
    province.before = lambda package: None
    await service.resolve_task(task.id, REVIEWER, "retry")
    assert await service.deliver_due() == 1
    assert (await Leg.get(id=task.leg_id)).state == "sent"
    assert (await service.reconcile()).sound


async def test_the_draft_and_the_case_hold_the_same(service: CaseService, delivered: Case) -> None:
    await service.bring(delivered.id, "c1", SLOT, [PNG])
    held = await service.tools.forms.get(str(delivered.draft_id), "c1")
    case = await service.case(delivered.id)
    assert held.state == "submitted"
    assert held.draft.materials == Draft.model_validate(case.snapshot).materials
