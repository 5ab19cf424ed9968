"""What a submission leaves for people besides its review."""

from __future__ import annotations

import pytest

from cases.clocks import due
from cases.models import Task
from cases.service import CaseService
from core.clock import now, today
from forms.content.material_schema import Way
from forms.draft import MaterialAnswer, Value
from tests.cases.conftest import REVIEWER
from tests.cases.paper import PHOTO, SmallPaper, signed_draft

pytestmark = pytest.mark.everywhere


async def test_a_contested_record_goes_to_the_department_that_owns_it(service: CaseService) -> None:
    draft = signed_draft()
    for path, source in (("baby.name", "population"), ("mother.phone", "marriage")):
        draft.values[path] = Value(value="甲", origin="source", source=source, did="contested", fetched="乙", at=now())
    held = await service.tools.forms.create("c1", draft)
    await service.submit(held.id, "c1", "陈一民")
    tasks = {str(task.says): task async for task in Task.filter(kind="contested")}
    assert {says: task.department for says, task in tasks.items()} == {
        "公安 · 人口信息: 宝宝姓名": "公安", "民政 · 婚姻登记: 妈妈手机号": "",  # 民政 has no part in this case
    }
    for task in tasks.values():
        await service.resolve_task(task.id, REVIEWER, "done", "核实过了")
    assert (await service.reconcile()).sound


async def test_a_paper_to_be_brought_later_has_its_last_day(
    service: CaseService, paper: SmallPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = PHOTO.model_copy(update={"ways": (*PHOTO.ways, Way(way="deferred", within_days=7))})
    monkeypatch.setattr("tests.cases.paper.PHOTO", later)
    draft = signed_draft()
    draft.materials["photo:baby"] = MaterialAnswer(way="deferred", at=now())
    held = await service.tools.forms.create("c1", draft)
    case = await service.submit(held.id, "c1", "陈一民")
    task = await Task.get(kind="deferred")
    assert (task.department, task.says, task.due_on) == ("人力资源社会保障", "宝宝照片", due(today(), 7)[0])
    await service.withdraw(case.id, "c1")
    assert (await Task.get(id=task.id)).state == "cancelled"
