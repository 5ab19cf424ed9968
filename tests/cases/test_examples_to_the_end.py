"""Every worked example of the real content that is submitted comes out as it says, and goes on to its last result.

Each begins with what the recogniser hears in its first sentence, is walked and submitted, and what each department
would be sent is looked at. What follows hangs on the legs alone: which there are, what each waits for, holds, gets from
others and gives. So the first examples of each one-thing, the plain one and the hard one among them, and the first of
every further such `shape` are driven through the province to their last result; any other whose shape was driven
before, in this same run, ends there.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tortoise.context import TortoiseContext

from cases.legs.plan import package_for, plan_in
from cases.models import Case, Leg, Task
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
from forms.walking.examples import Walk
from forms.walking.examples_schema import Example
from integrations.platforms.demo.direct import DirectPlatform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.storage import Storage
from intents.understand import Understander
from tests.cases.conftest import REVIEWER

MONTH = 60 * 24 * 3600.0
SUBMITTED = [(code, held) for code, held in examples(Tree.load([PACKAGED])) if held.thing.expect.outcome == "submitted"]
ALWAYS = 2
"""Examples of each one-thing that are driven to the end, whatever their shape."""
Shape = tuple[object, ...]


@pytest.fixture(scope="module")
def driven() -> set[Shape]:
    """The shapes of cases that were driven to their last result."""
    return set()


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
    service: CaseService, engine: Engine, office: Province, one_thing: str, held: Held[Example], driven: set[Shape],
    understander: Understander,
) -> None:
    walk = await walk_with_demo(engine, await begun(understander, one_thing, held.thing), held.thing)
    assert walk is not None
    assert [str(problem) for problem in sentences(held.at, held.thing, walk)] == []
    reviewer = replace(REVIEWER, region=held.thing.region or REVIEWER.region)
    stored = await service.tools.forms.create("c1", walk.draft)
    case = await service.submit(stored.id, "c1", walk.draft.login.name if walk.draft.login else "")
    staff = await service.staff_view(case.id, reviewer)
    assert [part.leg.code for part in staff.departments] == [leg.code for leg in walk.legs]
    legs = await Leg.filter(case_id=case.id).order_by("position")
    its_shape = (one_thing, shape(legs))
    await each_gets_its_own(service, case, legs, walk)
    if its_shape not in driven or held in firsts(one_thing):
        await service.open_review(case.id, reviewer)
        await service.approve(case.id, reviewer)
        for task in await Task.filter(kind="gate", state="open"):
            await service.resolve_task(task.id, reviewer, "release")
        await to_the_last_result(service, office, case, len(legs))
        driven.add(its_shape)


async def begun(understander: Understander, one_thing: str, example: Example) -> str:
    """What the talk begins after the first sentence: what it is most about, or what the citizen picks of the next two.

    When what they want is not among them, the walk goes on with what was heard, and does not come out as it says.
    """
    heard = await understander.hear(example.says)
    assert heard.band not in ("out_of_scope", "unknown"), f"`{example.says}` is refused"
    offered = [one.code for one in heard.ranking[:3]]
    return one_thing if one_thing in offered else offered[0]


def firsts(one_thing: str) -> list[Held[Example]]:
    """The examples of a one-thing that are always driven."""
    return [held for code, held in SUBMITTED if code == one_thing][:ALWAYS]


def shape(legs: Sequence[Leg]) -> Shape:
    """All that decides how the legs of a case follow one another."""
    plans = [(leg, plan_in(leg)) for leg in legs]
    return tuple(
        (leg.code, leg.department, leg.hold, tuple(sorted(plan.waits_for)), tuple(sorted(plan.from_results.items())),
         tuple(sorted(plan.gives.items())), plan.results)
        for leg, plan in plans
    )


async def each_gets_its_own(service: CaseService, case: Case, legs: Sequence[Leg], walk: Walk) -> None:
    """What each department would be sent now: what its part of the merged form asks, as it was answered."""
    files = {file.id: file for file in await service.tools.forms.files.list_of(str(case.draft_id))}
    for leg, part in zip(legs, walk.legs, strict=True):
        package = package_for(case, leg, legs, files, "", "")
        answered = {path: walk.draft.values[path].value for path in part.needs if path in walk.draft.values}
        asked = {path: value for path, value in package.form.items() if path not in part.from_results}
        assert asked == answered
        assert set(package.form) <= {*part.needs, *part.from_results}, "a department gets its needs only"
        assert {material.code for material in package.materials} <= {key.split(":")[0] for key in part.materials}


async def to_the_last_result(service: CaseService, office: Province, case: Case, legs: int) -> None:
    """Offices work until every leg has ended, each with all its results."""
    for _ in range(legs + 1):
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
