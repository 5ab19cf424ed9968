"""From a signed draft to a case, once."""

from __future__ import annotations

import asyncio

import pytest
from tortoise.transactions import in_transaction

from cases.models import Case, CaseEvent, Leg, Outbox, Task
from cases.numbers import check_digit, is_case_number
from cases.service import CaseService
from cases.submission import submit as submitting
from core.errors import InvalidAnswer, NotFound, NotNow
from forms.merging.merged import Finding, Question
from tests.cases.conftest import Nudges
from tests.cases.paper import VERSION, SmallPaper
from tests.cases.province import CrashNow

pytestmark = pytest.mark.everywhere
FREE = "3301062026010199000001" + check_digit("3301062026010199000001")


async def test_one_transaction_writes_everything(case: Case, service: CaseService, nudges: Nudges) -> None:
    assert is_case_number(case.number)
    assert case.number.startswith("330106")
    assert case.state == "submitted"
    assert [leg.state async for leg in Leg.filter(case_id=case.id)] == ["waiting"] * 3
    assert [row.state async for row in Outbox.filter(case_id=case.id)] == ["held"] * 3
    assert await Task.filter(case_id=case.id, kind="review", state="open").count() == 1
    assert (await service.tools.forms.get(str(case.draft_id))).state == "submitted"
    assert nudges.notices() == ["submitted"]
    assert (await service.reconcile()).sound


async def test_submitting_twice_is_submitting_once(service: CaseService, case: Case, draft_id: str) -> None:
    again = await service.submit(draft_id, "c1", "陈一民")
    assert again.id == case.id
    assert await Case.all().count() == 1


async def test_two_tabs_at_once_make_one_case(service: CaseService, draft_id: str) -> None:
    cases = await asyncio.gather(*(service.submit(draft_id, "c1", "陈一民") for _ in range(5)))
    assert len({case.id for case in cases}) == 1
    assert await Leg.all().count() == 3
    assert await CaseEvent.filter(what="submitted").count() == 1


async def test_someone_elses_draft_is_refused(service: CaseService, draft_id: str, case: Case) -> None:
    with pytest.raises(NotFound):
        await service.submit(draft_id, "c2", "陈一民")


async def test_blocking_findings_come_back_in_words(service: CaseService, draft_id: str, paper: SmallPaper) -> None:
    paper.findings = (Finding(rule="too_old", level="block", about="baby.name", says="名字里不能有数字"),)
    with pytest.raises(NotNow) as raised:
        await service.submit(draft_id, "c1", "陈一民")
    assert raised.value.details["findings"] == [paper.findings[0].model_dump(mode="json")]
    assert await Case.all().count() == 0
    assert (await service.tools.forms.get(draft_id)).state == "open"


async def test_an_open_question_is_missing(service: CaseService, draft_id: str, paper: SmallPaper) -> None:
    paper.asks = (Question(kind="field", key="baby.name", title="", ask="", type="text"),)
    with pytest.raises(NotNow) as raised:
        await service.submit(draft_id, "c1", "陈一民")
    assert raised.value.details["missing"] == ["baby.name"]


async def test_the_signature_is_the_name_of_who_is_signed_in(service: CaseService, draft_id: str) -> None:
    with pytest.raises(InvalidAnswer):
        await service.submit(draft_id, "c1", "李晓兰")


async def test_a_draft_of_older_content_is_refused(service: CaseService, draft_id: str, paper: SmallPaper) -> None:
    paper.bank.version = lambda code: "w" * len(VERSION)
    with pytest.raises(NotNow) as raised:
        await service.submit(draft_id, "c1", "陈一民")
    assert raised.value.details["reason"] == "old_version"


async def test_reviewers_see_what_a_person_must_look_at(
    service: CaseService, draft_id: str, paper: SmallPaper
) -> None:
    paper.findings = (
        Finding(rule="unknown_address", level="manual", about="baby.name", says="请核对"),
        Finding(rule="short", level="warn", about="baby.name", says="名字只有一个字"),
    )
    case = await service.submit(draft_id, "c1", "陈一民")
    assert case.checks == 1
    assert len(case.findings) == 2


@pytest.mark.parametrize("step", ["write_legs", "open_task", "say"])
async def test_a_crash_inside_the_transaction_leaves_nothing(
    service: CaseService, draft_id: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    async def die(*args: object, **kwargs: object) -> None:
        raise CrashNow

    with monkeypatch.context() as patch:
        patch.setattr(submitting, step, die)
        with pytest.raises(CrashNow):
            await service.submit(draft_id, "c1", "陈一民")
    assert await Case.all().count() == await Leg.all().count() == await Outbox.all().count() == 0
    assert (await service.tools.forms.get(draft_id)).state == "open"
    assert (await service.submit(draft_id, "c1", "陈一民")).state == "submitted"


async def test_a_taken_number_is_drawn_again(
    service: CaseService, draft_id: str, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = await service.tools.forms.get(draft_id)
    other = await service.tools.forms.create("c2", stored.draft)
    drawn = iter([case.number, case.number, FREE])
    monkeypatch.setattr(submitting.numbers, "case_number", lambda *_: next(drawn))
    second = await service.submit(other.id, "c2", "陈一民")
    assert second.number == FREE


async def test_transactions_are_not_left_open(service: CaseService, case: Case) -> None:
    async with in_transaction():
        assert await Case.filter(id=case.id).update(revision=1) == 1
