"""Fixtures of cases: a service over a small paper and a small province, and a walk through its first steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tortoise.context import TortoiseContext

from cases.actors import Staff
from cases.models import Case, Leg
from cases.policy import Policy
from cases.service import CaseService
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.service import FormService
from tests.cases.paper import SmallPaper, signed_draft
from tests.cases.province import SmallProvince

REVIEWER = Staff("r1", "审核员甲", "reviewer", "", "330106")


class Nudges:
    """A broker that only remembers: nothing happens unless a test makes it happen."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def send(self, name: str, arguments: dict[str, Any]) -> None:
        self.asked.append((name, arguments))

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    def notices(self) -> list[str]:
        return [arguments["what"] for name, arguments in self.asked if name == "notify"]


@pytest.fixture
def paper() -> SmallPaper:
    return SmallPaper()


@pytest.fixture
def province() -> SmallProvince:
    return SmallProvince()


@pytest.fixture
def nudges() -> Nudges:
    return Nudges()


@pytest.fixture
def service(
    database: TortoiseContext, tmp_path: Path, paper: SmallPaper, province: SmallProvince, nudges: Nudges, kv: KV
) -> CaseService:
    jobs = Jobs()
    jobs.broker = nudges
    forms = FormService(tmp_path / "uploads")
    return CaseService(paper, forms, province, kv, jobs, Settings(), policy=Policy(jitter=0.0))


@pytest.fixture
async def draft_id(service: CaseService) -> str:
    return (await service.tools.forms.create("c1", signed_draft())).id


@pytest.fixture
async def case(service: CaseService, draft_id: str) -> Case:
    """A case that was just submitted."""
    return await service.submit(draft_id, "c1", "陈一民")


@pytest.fixture
async def dispatched(service: CaseService, case: Case) -> Case:
    """A case that was approved; nothing was sent yet."""
    await service.open_review(case.id, REVIEWER)
    await service.approve(case.id, REVIEWER, "")
    return await service.case(case.id)


@pytest.fixture
async def delivered(service: CaseService, dispatched: Case) -> Case:
    """A case whose first legs the platform has."""
    await service.deliver_due()
    return dispatched


async def leg_of(case: Case, code: str) -> Leg:
    return await Leg.get(case_id=case.id, code=code)


async def another(service: CaseService, citizen: str = "c2") -> Case:
    """One more dispatched case."""
    held = await service.tools.forms.create(citizen, signed_draft())
    case = await service.submit(held.id, citizen, "陈一民")
    await service.open_review(case.id, REVIEWER)
    await service.approve(case.id, REVIEWER, "")
    return case


def unknown() -> str:
    return str(uuid4())
