"""The agent's chat page: take over, answer several times, choose an answer, give back."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from cases.actors import Staff
from cases.models import Task
from cases.talks.waiting import wait_for_person
from console.beside import beside
from console.routes.talks import _suggestions
from core.clock import now
from core.models import AuditEvent
from forms.draft import MaterialAnswer
from forms.drafts import StoredDraft
from intents.understanding import FaqHit
from tests.console.conftest import PERSONAL, walked


@pytest.fixture
async def task(service) -> Task:
    """Somebody waits."""
    await wait_for_person("citizen:c1", "330106", ["我媳妇刚生了", "※ 新生儿出生", "我的身份证 330106199307120316 行"])
    return await Task.get(kind="talk")


async def test_a_talk_is_taken_answered_and_given_back(reviewer, task: Task) -> None:
    await reviewer.get("/talks")
    for words in ("已经登录的人", "我的身份证", "等您回"):
        assert words in reviewer.text
    await reviewer.get(f"/talks/{task.id}")
    assert "我来答" in reviewer.text
    assert "正在办“新生儿出生”" in reviewer.text
    assert "330106199307120316" not in reviewer.text
    await reviewer.post(f"/talks/{task.id}/take")
    for words in ("您好，请讲。", "可以的。"):
        await reviewer.post(f"/talks/{task.id}/say", words=words)
        assert words in reviewer.text
    assert "等您回" not in reviewer.text
    assert "您最近答过" in reviewer.text
    await reviewer.get(f"/talks/{task.id}?use=0")
    assert ">可以的。</textarea>" in reviewer.text
    assert await Task.filter(kind="talk", resolution="reply").count() == 2
    await reviewer.post(f"/talks/{task.id}/back")
    assert "现在没有人在等" in reviewer.text
    assert (await Task.get(id=task.id)).resolution == "back"


class Answers:
    """A recogniser that knows one answer, as the catalogue has it."""

    async def hear(self, text: str) -> SimpleNamespace:
        hit = FaqHit("childcare_subsidy", "一年多少钱？", "每年{childcare_yearly_amount}元。", 1.0)
        return SimpleNamespace(faq=(hit,))


async def test_an_answer_to_choose_names_the_amount_of_the_region(desk, task: Task) -> None:
    staff = Staff("s", "审核", "reviewer", "", "330106")
    ask = SimpleNamespace(desk=replace(desk, recogniser=Answers()), staff=staff)
    assert [one.words for one in await _suggestions(ask, task)] == ["每年3600元。"]


async def test_who_did_not_take_it_cannot_answer(reviewer, task: Task) -> None:
    await reviewer.get(f"/talks/{task.id}")
    await reviewer.post(f"/talks/{task.id}/say", words="x")
    assert reviewer.status == 409
    assert await Task.filter(kind="talk").count() == 1
    await reviewer.post(f"/talks/{task.id}/back")
    assert reviewer.status == 409
    await reviewer.get("/talks/nothing")
    assert reviewer.status == 404


async def test_the_page_refreshes_in_parts(reviewer, task: Task) -> None:
    for part, holds, not_in in (("queue", 'id="queue"', 'id="lines"'), ("lines", 'id="lines"', 'id="queue"')):
        async with reviewer.client.get(
            f"/console/talks/{task.id}?part={part}", headers={"HX-Request": "true"}
        ) as answer:
            text = await answer.text()
        assert holds in text
        assert not_in not in text
        assert "<html" not in text


@pytest.fixture
async def draft(service, engine) -> StoredDraft:
    """What they are filling in, with a picture."""
    held = await service.tools.forms.create("c1", await walked(engine, "three_of_us"))
    slot = next(one for one in engine.merged(held.draft).slots if one.material.accept)
    png = b"\x89PNG\r\n\x1a\n" + bytes(40)
    kept = await service.tools.forms.files.add(held.id, "c1", slot.key, slot.material, "a.png", "image/png", png)
    answer = MaterialAnswer(way="upload", at=now(), files=[kept.id])
    changed = held.draft.model_copy(update={"materials": {**held.draft.materials, slot.key: answer}})
    return await service.tools.forms.save(held.id, "c1", changed, held.revision)


async def test_who_took_it_sees_the_form_so_far_masked(reviewer, task: Task, draft: StoredDraft) -> None:
    await reviewer.get(f"/talks/{task.id}")
    assert "正在填的表" not in reviewer.text, "not before it is taken"
    await reviewer.post(f"/talks/{task.id}/take")
    assert "正在填的表" in reviewer.text
    assert "陈*民" in reviewer.text
    assert not [one for one in PERSONAL if one in reviewer.text]
    path = next(iter(re.findall(r"/console(/talks/[^\"]+/files/[^\"?]+)", reviewer.text)))
    await reviewer.get(path)
    assert (reviewer.status, reviewer.response.content_type) == (200, "image/png")
    assert await AuditEvent.filter(action="talk.form_read", subject=f"draft:{draft.id}").count() == 1
    await reviewer.get(f"/talks/{task.id}/files/nothing")
    assert reviewer.status == 404
    await reviewer.post(f"/talks/{task.id}/back")
    await reviewer.get(path)
    assert reviewer.status == 404


async def test_one_department_sees_its_own_part(desk, task: Task, draft: StoredDraft) -> None:
    whole = await beside(desk, Staff("s", "审核", "reviewer", "", "330106"), task)
    police = await beside(desk, Staff("p", "民警", "reviewer", "公安", "330106"), task)
    assert whole is not None
    assert police is not None
    titles = [{row.title for _, rows in one.sections for row in rows} for one in (whole, police)]
    assert titles[1] < titles[0]
    assert await beside(desk, Staff("x", "外人", "reviewer", "气象", "330106"), task) is None
    assert await beside(desk, Staff("z", "外地", "reviewer", "", "3413"), task) is None


async def test_a_guest_has_no_form(reviewer, service) -> None:
    await wait_for_person("guest:g1", "330106", ["你好"])
    task = await Task.get(kind="talk")
    await reviewer.post(f"/talks/{task.id}/take")
    assert "正在填的表" not in reviewer.text
