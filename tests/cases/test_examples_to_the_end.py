"""Every worked example of the real content that is submitted comes out as it says, and goes on to its last result."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from tortoise.context import TortoiseContext

from cases.models import Leg, Task
from cases.plan import plan_in
from cases.policy import Policy
from cases.service import CaseService
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.lint.tree import Held, Tree
from forms.service import FormService
from forms.walk import examples, sentences, walk_with_demo
from forms.walking.examples_schema import Example
from integrations.platforms.demo.direct import DirectPlatform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.storage import Storage
from tests.cases.conftest import REVIEWER

MONTH = 60 * 24 * 3600.0
SUBMITTED = [(code, held) for code, held in examples(Tree.load([PACKAGED])) if held.thing.expect.outcome == "submitted"]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


@pytest.fixture
async def office() -> AsyncIterator[Province]:
    storage = Storage(":memory:", "s")
    yield Province(storage, 1.0)
    storage.close()


@pytest.fixture
def service(database: TortoiseContext, tmp_path: Path, office: Province, kv: KV, engine: Engine) -> CaseService:
    platform, policy = DirectPlatform(office, "key"), Policy(silent_seconds=0)
    return CaseService(engine, FormService(tmp_path / "u"), platform, kv, Jobs(), Settings(), policy=policy)


@pytest.mark.parametrize(
    ("one_thing", "held"), SUBMITTED, ids=[f"{code}-{held.thing.code}" for code, held in SUBMITTED]
)
async def test_the_example_ends_with_every_result(
    service: CaseService, engine: Engine, office: Province, one_thing: str, held: Held[Example]
) -> None:
    walk = await walk_with_demo(engine, one_thing, held.thing)
    assert walk is not None
    assert [str(problem) for problem in sentences(held.at, held.thing, walk)] == []
    reviewer = replace(REVIEWER, region=held.thing.region or REVIEWER.region)
    stored = await service.tools.forms.create("c1", walk.draft)
    case = await service.submit(stored.id, "c1", walk.draft.login.name if walk.draft.login else "")
    staff = await service.staff_view(case.id, reviewer)
    assert [part.leg.code for part in staff.departments] == [leg.code for leg in walk.legs]
    await service.open_review(case.id, reviewer)
    await service.approve(case.id, reviewer)
    for task in await Task.filter(kind="gate", state="open"):
        await service.resolve_task(task.id, reviewer, "release")
    for _ in range(len(walk.legs) + 1):
        await service.sweep()
        office.advance(MONTH)
        await service.sweep()
        report = await service.reconcile()
        assert report.sound, report.breaches
        if report.places == {"ended": 1}:
            break
    view = await service.view(case)
    assert view.state == "completed_full", [(leg.code, leg.state, leg.says) for leg in view.legs]
    for leg in await Leg.filter(case_id=case.id):
        package = office.storage.leg(leg.number)
        assert package is not None
        assert set(package.filing.form) <= set(plan_in(leg).needs), "a department gets its needs only"
        assert set(plan_in(leg).from_results) <= set(package.filing.form), "results flowed on"
