"""The queue and the case page: scope, masking, revealing, deciding, pressing twice, hostile text."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cases.models import Case, Correction, Leg
from cases.service import CaseService
from console import accounts
from console.models import Account
from core.models import AuditEvent
from forms.draft import Draft, Login
from tests.console.conftest import PERSONAL, Browser

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


async def test_the_queue_is_masked_and_in_words(reviewer: Browser, case: Case) -> None:
    page = await reviewer.get("/queue")
    assert case.number in re.sub("<wbr>", "", page)
    assert "陈*民" in page
    assert "剩" in page
    assert not [text for text in PERSONAL if text in page]


async def test_a_refresh_brings_the_list_alone(reviewer: Browser, case: Case) -> None:
    page = await reviewer.get("/queue", headers={"HX-Request": "true"})
    assert page.lstrip().startswith("<section")
    assert "陈*民" in page


async def test_the_queue_filters_and_finds(reviewer: Browser, case: Case) -> None:
    assert "共 0 件" in await reviewer.get("/queue?mine=1")
    assert "共 0 件" in await reviewer.get("/queue?state=returned")
    assert "共 1 件" in await reviewer.get("/queue?department=公安")
    assert "共 0 件" in await reviewer.get("/queue?department=烟草专卖")
    assert "共 1 件" in await reviewer.get("/queue?state=' OR 1=1&page=-3")
    await reviewer.get(f"/queue?number={case.number}")
    assert reviewer.url == f"/console/cases/{case.number}"


async def test_no_page_shows_personal_data_by_itself(reviewer: Browser, case: Case) -> None:
    for path in ("/queue", f"/cases/{case.number}", f"/cases/{case.number}?part=household_registration", "/tasks",
                 "/ratings"):
        page = await reviewer.get(path)
        assert reviewer.status == 200
        assert [text for text in PERSONAL if text in page] == [], path
        assert not re.search(r"(?<![\dA-Fa-f-])\d{17}[\dX](?!\d)", page.replace(case.number, "")), path


@pytest.mark.parametrize("login", ["suzhou", "operator", "admin"])
async def test_others_find_nothing(browser: Browser, case: Case, login: str) -> None:
    await browser.sign_in(login)
    for path in (f"/cases/{case.number}", f"/cases/{case.id}", f"/cases/{case.number}/return"):
        await browser.get(path)
        assert browser.status == 403
        assert "陈*民" not in browser.text
    for act in ("open", "approve", "reject", "return", "reveal", "note", "assign"):
        await browser.post(f"/cases/{case.number}/{act}", path="mother.phone", why="verify", words="x")
        assert browser.status == 403
    assert (await Case.get(id=case.id)).state == "submitted"
    assert await AuditEvent.filter(action="console.refused").count() == 10


async def test_a_department_sees_its_part_only(browser: Browser, case: Case) -> None:
    await browser.sign_in("police")
    page = await browser.get(f"/cases/{case.number}?part=resident_medical_insurance")
    assert browser.status == 200
    legs = await Leg.filter(case_id=case.id)
    visible = {path for leg in legs if leg.department == "公安" for path in leg.plan["needs"]}
    hidden = {path for leg in legs for path in leg.plan["needs"]} - visible
    assert hidden
    offered = set(re.findall(r'name="path" value="([^"]+)"', page))
    assert offered
    assert not offered & hidden
    await browser.post(f"/cases/{case.number}/reveal", path=sorted(hidden)[0], why="verify")
    assert browser.status == 404
    assert await AuditEvent.filter(action="case.reveal").count() == 0


async def test_a_supervisor_sees_and_does_not_decide(browser: Browser, case: Case) -> None:
    await browser.sign_in("supervisor")
    page = await browser.get(f"/cases/{case.number}")
    assert browser.status == 200
    assert f"/cases/{case.number}/open" not in page
    await browser.post(f"/cases/{case.number}/open")
    assert browser.status == 403
    assert (await Case.get(id=case.id)).state == "submitted"


async def test_revealing_needs_a_reason_and_is_written_down(reviewer: Browser, case: Case) -> None:
    await reviewer.get(f"/cases/{case.number}")
    await reviewer.post(f"/cases/{case.number}/reveal", path="mother.phone", why="")
    assert reviewer.status == 422
    assert "13800000102" not in reviewer.text
    await reviewer.post(f"/cases/{case.number}/reveal", path="mother.phone", why="contact")
    assert "13800000102" in reviewer.text
    assert reviewer.text.count('class="revealed"') == 1
    assert reviewer.response is not None
    assert reviewer.response.headers["Cache-Control"] == "no-store"
    line = await AuditEvent.get(action="case.reveal")
    assert line.details == {"path": "mother.phone", "why": "联系申请人"}
    assert "13800000102" not in await reviewer.get(f"/cases/{case.number}")
    assert await AuditEvent.filter(action="case.read", subject=f"case:{case.id}").count() == 2


async def reviewed(browser: Browser, case: Case) -> None:
    await browser.get(f"/cases/{case.number}")
    await browser.post(f"/cases/{case.number}/open")
    assert "已开始审核" in browser.text


async def test_approving(reviewer: Browser, case: Case) -> None:
    await reviewed(reviewer, case)
    looked = {"looked": "1"} if case.checks else {}
    if case.checks:
        await reviewer.post(f"/cases/{case.number}/approve", note="")
        assert reviewer.status == 422
    await reviewer.post(f"/cases/{case.number}/approve", note="核对无误", **looked)
    assert "已分送各部门" in reviewer.text
    assert (await Case.get(id=case.id)).state == "dispatched"
    await reviewer.post(f"/cases/{case.number}/approve", note="再按一次", **looked)
    assert reviewer.status == 409
    assert "刚刚有变化" in reviewer.text
    assert "部门办理中" in reviewer.text


async def test_two_who_open_the_same_case(reviewer: Browser, browsers: Callable[[], Browser], case: Case) -> None:
    other = browsers()
    await accounts.create("colleague", "吴审核", "reviewer", "colleague-demo", region="330100", must_change=False)
    await other.sign_in("colleague")
    await other.get(f"/cases/{case.number}")
    await reviewed(reviewer, case)
    await other.post(f"/cases/{case.number}/open")
    assert other.status == 409
    assert "由周审核经办" in other.text


async def test_a_department_is_not_offered_to_decide(browser: Browser, case: Case) -> None:
    await browser.sign_in("police")
    page = await browser.get(f"/cases/{case.number}")
    assert f"/cases/{case.number}/open" not in page
    for act in ("open", "approve", "reject"):
        await browser.post(f"/cases/{case.number}/{act}", looked="1", reason="不符合", remedy="请到窗口")
        assert browser.status == 409
        assert "还涉及其他部门" in browser.text
    assert (await Case.get(id=case.id)).state == "submitted"


async def test_rejecting_needs_both(reviewer: Browser, case: Case) -> None:
    await reviewed(reviewer, case)
    await reviewer.post(f"/cases/{case.number}/reject", reason="不属于本区", remedy=" ")
    assert reviewer.status == 422
    assert "不属于本区</textarea>" in reviewer.text
    await reviewer.post(f"/cases/{case.number}/reject", reason="不属于本区", remedy="请到户口所在地办理")
    stored = await Case.get(id=case.id)
    assert (stored.state, stored.remedy) == ("rejected", "请到户口所在地办理")
    assert "不予通过" in reviewer.text


async def test_who_is_refused_is_told_where_the_window_is(reviewer: Browser, case: Case) -> None:
    await reviewed(reviewer, case)
    assert "12345" in reviewer.text
    await reviewer.post(f"/cases/{case.number}/reject", reason="不属于本区", remedy="请到窗口办理", where="公安")
    stored = await Case.get(id=case.id)
    assert stored.remedy.startswith("请到窗口办理\n公安部门的窗口在哪里、几点上班，我们这里还没有核实到。")
    assert "12345" in stored.remedy


async def test_returning_with_the_one_notice(reviewer: Browser, case: Case, service: CaseService) -> None:
    await reviewed(reviewer, case)
    at = f"/cases/{case.number}/return"
    await reviewer.get(at)
    await reviewer.send(at, [("csrf", reviewer.csrf)])
    assert reviewer.status == 422
    await reviewer.send(at, [("csrf", reviewer.csrf), ("about", "mother.phone"), ("says:mother.phone", "")])
    assert reviewer.status == 422
    assert "请写一句说明" in reviewer.text
    await reviewer.send(at, [("csrf", reviewer.csrf), ("about", "material:anything_else"),
                             ("says:material:anything_else", "请另外交一份证明")])
    assert reviewer.status == 422
    assert (await Case.get(id=case.id)).state == "in_review"
    await reviewer.send(at, [("csrf", reviewer.csrf), ("about", "mother.phone"),
                             ("says:mother.phone", "号码打不通，请换一个"), ("about", "baby[1].name"),
                             ("says:baby[1].name", "名字请和出生证上一样")])
    assert "补正通知已发给申请人" in reviewer.text
    notice = await Correction.get(open_for=case.id)
    asked = {entry["about"]: entry["says"] for entry in notice.entries}
    assert asked["mother.phone"] == "号码打不通，请换一个"
    assert asked["baby[1].name"] == "名字请和出生证上一样"
    await reviewer.send(at, [("csrf", reviewer.csrf), ("about", "mother.phone"), ("says:mother.phone", "再按一次的")])
    assert reviewer.status == 409
    changed: dict[str, object] = {"mother.phone": "13800000199"}
    await service.correct(case.id, "c1", changed, {about: "没有改" for about in notice.allowed if about not in changed})
    page = await reviewer.get(f"/cases/{case.number}")
    assert "申请人改动了" in page
    assert "138****0199" in page
    assert "13800000199" not in page


async def test_notes_and_assigning(reviewer: Browser, case: Case) -> None:
    await reviewed(reviewer, case)
    await reviewer.post(f"/cases/{case.number}/note", words=f"电话 13800000102 已核实 {HOSTILE}")
    assert "138****0102" in reviewer.text
    assert "13800000102" not in reviewer.text
    assert HOSTILE not in reviewer.text
    assert "&lt;script&gt;" in reviewer.text
    police, suzhou = await Account.get(login="police"), await Account.get(login="suzhou")
    await reviewer.post(f"/cases/{case.number}/assign", to=str(suzhou.id))
    assert reviewer.status == 422
    await reviewer.post(f"/cases/{case.number}/assign", to=str(police.id))
    assert "转交给冯民警" in reviewer.text
    assert (await Case.get(id=case.id)).assigned_to == str(police.id)


async def test_hostile_values_are_text(
    submit: Callable[..., Awaitable[Case]], reviewer: Browser, engine: Any, case: Case
) -> None:
    draft = Draft.model_validate(case.snapshot)
    values = {**draft.values, "baby[1].name": draft.values["baby[1].name"].model_copy(
        update={"value": HOSTILE, "did": "contested", "reason": HOSTILE, "fetched": HOSTILE})}
    assert draft.login is not None
    login = Login(**draft.login.model_dump() | {"name": f"<b>{HOSTILE}"})
    await Case.filter(id=case.id).update(
        snapshot=draft.model_copy(update={"values": values, "login": login}).model_dump(mode="json")
    )
    for path in ("/queue", f"/cases/{case.number}"):
        page = await reviewer.get(path)
        assert reviewer.status == 200
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b><s" not in page


async def test_odd_numbers_are_not_found(reviewer: Browser) -> None:
    for odd in ("9" * 500, "%27%20OR%201=1", "😀", "..%2f..%2fetc"):
        await reviewer.get(f"/cases/{odd}")
        assert reviewer.status == 404
