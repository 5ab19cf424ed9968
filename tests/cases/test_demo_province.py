"""The whole way through the demo province, in one process: its departments work, correct and issue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise.context import TortoiseContext

from cases.models import Case, Leg, Outbox
from cases.policy import Policy
from cases.service import CaseService
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.service import FormService
from integrations.platforms.demo.direct import DirectPlatform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.storage import Storage
from tests.cases.conftest import REVIEWER, Nudges
from tests.cases.paper import SmallPaper, signed_draft

pytestmark = pytest.mark.everywhere
MONTH = 40 * 24 * 3600.0


@pytest.fixture
async def office() -> AsyncIterator[Province]:
    storage = Storage(":memory:", "s")
    yield Province(storage, 1.0)
    storage.close()


@pytest.fixture
async def service(database: TortoiseContext, tmp_path: Path, office: Province, kv: KV, nudges: Nudges) -> CaseService:
    jobs = Jobs()
    jobs.broker = nudges
    policy = Policy(jitter=0.0, silent_seconds=0)
    platform = DirectPlatform(office, "key")
    return CaseService(SmallPaper(), FormService(tmp_path / "u"), platform, kv, jobs, Settings(), policy=policy)


@pytest.fixture
async def dispatched(service: CaseService) -> Case:
    held = await service.tools.forms.create("c1", signed_draft())
    case = await service.submit(held.id, "c1", "陈一民")
    await service.open_review(case.id, REVIEWER)
    await service.approve(case.id, REVIEWER, "")
    return case


async def work(service: CaseService, office: Province, rounds: int = 3) -> None:
    """Offices work for a month a round; nothing is pushed, everything is pulled."""
    for _ in range(rounds):
        await service.sweep()
        office.advance(MONTH)
        await service.sweep()
        report = await service.reconcile()
        assert report.sound, report.breaches


async def test_from_dispatch_to_the_last_result(service: CaseService, office: Province, dispatched: Case) -> None:
    await work(service, office)
    view = await service.view(dispatched)
    assert view.state == "completed_full"
    assert {result.title for result in view.results} == {"公民身份号码", "社会保障卡", "参保凭证"}
    card = await Leg.get(case_id=dispatched.id, code="card")
    number = next(result.value for result in view.results if result.title == "公民身份号码")
    assert number
    assert office.storage.leg(card.number).filing.form["baby.id_number"] == number


async def test_a_department_asks_once_and_gets_its_answer(
    service: CaseService, office: Province, dispatched: Case
) -> None:
    office.behave({"do": "ask_correction", "item": "household", "about": "baby.name", "says": "请核对"})
    await service.sweep()
    while (await service.view(dispatched)).correction is None:
        office.advance(3600)
        await service.sweep()
    assert (await service.view(dispatched)).state == "needs_you"
    await service.correct(dispatched.id, "c1", {"baby.name": "陈小贝"})
    await work(service, office)
    view = await service.view(dispatched)
    assert view.state == "completed_full"
    assert office.storage.leg(next(leg.number for leg in view.legs if leg.code == "household")).filing.form == {
        "baby.name": "陈小贝"
    }


async def test_a_refusal_by_one_department_ends_in_a_partial_success(
    service: CaseService, office: Province, dispatched: Case
) -> None:
    office.behave({"do": "deny", "item": "household"})
    await work(service, office)
    view = await service.view(dispatched)
    assert view.state == "completed_partial"
    assert {leg.code: leg.state for leg in view.legs} == {
        "household": "rejected", "card": "dropped", "insurance": "completed"
    }


async def test_a_door_that_fails_until_somebody_mends_it(
    service: CaseService, office: Province, dispatched: Case
) -> None:
    office.use_down(True)
    await service.sweep()
    assert (await service.reconcile()).places == {"retrying": 1}
    office.use_down(False)
    await Outbox.filter(state="due").update(next_at=dispatched.submitted_at)
    await work(service, office)
    assert (await service.view(dispatched)).state == "completed_full"
