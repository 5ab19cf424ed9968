"""Tasks, ratings, supervision, content, accounts, files; and that every sentence asked for exists."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cases.lifecycle import LEG_MOVES
from cases.models import Case, Leg, Task
from cases.service import CaseService
from cases.wording_keys import CASE_STATES, EVENTS, FINDINGS, NOT_NOW, NOT_SUBMITTED, STAFF_EVENTS, TASK_KINDS
from console import pages
from console.models import Account, StaffSession
from console.wording import words
from core.errors import Refused
from core.models import AuditEvent
from forms.content.material_schema import Material, Way
from forms.draft import Draft, MaterialAnswer
from integrations.platforms.base import Package
from tests.cases.province import SmallProvince
from tests.console.conftest import Browser

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
async def stuck(case: Case, service: CaseService, province: SmallProvince, reviewer: Browser) -> Case:
    """A case whose every delivery was refused."""

    def refuse(package: Package) -> None:
        raise Refused("no")

    await reviewer.get(f"/cases/{case.number}")
    await reviewer.post(f"/cases/{case.number}/open")
    await reviewer.post(f"/cases/{case.number}/approve", looked="1")
    province.before = refuse
    await service.deliver_due()
    province.before = lambda package: None
    return case


async def test_a_task_is_claimed_and_ended(reviewer: Browser, stuck: Case) -> None:
    assert "送不到部门" in await reviewer.get("/tasks")
    task = await Task.filter(kind="delivery").first()
    assert task is not None
    await reviewer.post(f"/tasks/{task.id}/claim")
    assert (await Task.get(id=task.id)).state == "claimed"
    await reviewer.post(f"/tasks/{task.id}/claim")
    assert reviewer.status == 409
    await reviewer.post(f"/tasks/{task.id}/resolve", how="give_up", note="")
    assert reviewer.status == 409
    assert "请写明原因" in reviewer.text
    await reviewer.post(f"/tasks/{task.id}/resolve", how="unfounded", note="x")
    assert reviewer.status == 409
    await reviewer.post(f"/tasks/{task.id}/resolve", how="retry")
    assert reviewer.url == "/console/tasks"
    leg = await Leg.get(id=task.leg_id)
    assert leg.state == "ready"
    await reviewer.post(f"/tasks/{task.id}/resolve", how="retry")
    assert reviewer.status == 409


async def test_a_colleagues_task_is_theirs(
    reviewer: Browser, stuck: Case, browsers: Callable[[], Browser]
) -> None:
    police = await Task.filter(kind="delivery", department="公安").first()
    other = await Task.filter(kind="delivery").exclude(department="公安").first()
    assert other is not None
    one = browsers()
    await one.sign_in("police")
    await one.get(f"/tasks/{other.id}")
    assert one.status == 403
    if police is not None:
        await reviewer.post(f"/tasks/{police.id}/claim")
        await one.get(f"/tasks/{police.id}")
        await one.post(f"/tasks/{police.id}/resolve", how="give_up", note="不办了")
        assert one.status == 409
        assert (await Task.get(id=police.id)).state == "claimed"


async def test_a_low_rating_asks_for_rectification(reviewer: Browser, stuck: Case, service: CaseService) -> None:
    for leg_task in await Task.filter(kind="delivery"):
        await reviewer.post(f"/tasks/{leg_task.id}/resolve", how="give_up", note="该事项已停办")
    assert (await Case.get(id=stuck.id)).state == "completed"
    await service.rate(stuck.id, "c1", 1, "请打 13800000102 <b>问</b>", ["等得太久"])
    page = await reviewer.get("/ratings?low=1")
    assert "非常不满意" in page
    assert "138****0102" in page
    assert "&lt;b&gt;" in page
    task = await Task.get(kind="rectification")
    await reviewer.post(f"/tasks/{task.id}/resolve", how="done", note="已电话致歉")
    assert (await Task.get(id=task.id)).resolution == "done"


async def test_supervision_counts_and_proves(reviewer: Browser, stuck: Case, browsers: Callable[[], Browser]) -> None:
    one = browsers()
    page = await one.sign_in("supervisor")
    assert "部门办理中" in page
    assert "还没有核对过" in page
    page = await one.post("/supervision/prove")
    assert "每一件都有去向" in page
    assert "没有被改动" in page
    await reviewer.get("/supervision")
    assert reviewer.status == 403


async def test_an_operator_reads_content(browser: Browser) -> None:
    page = await browser.sign_in("operator")
    assert "新生儿" in page
    await browser.get("/content/newborn_birth")
    assert browser.status == 200
    assert "出生" in browser.text
    await browser.get("/content/no_such_thing")
    assert browser.status == 404
    await browser.get("/queue")
    assert browser.status == 403


async def test_an_admin_keeps_accounts(browser: Browser, browsers: Callable[[], Browser]) -> None:
    await browser.sign_in("admin")
    assert "韩审核" not in browser.text
    new = {"login": "Li.Si", "name": "李<b>四", "role": "reviewer", "department": "公安", "region": "330106"}
    page = await browser.post("/accounts", **new)
    password = re.search(r'<code class="hash">([^<]+)</code>', page)
    assert password is not None
    assert "李&lt;b&gt;四" in page
    one = browsers()
    await one.sign_in("li.si", password[1])
    assert one.url == "/console/password"
    await one.get("/queue")
    assert one.url == "/console/password"
    await one.post("/password", old=password[1], new="a-better-password", again="a-better-password")
    assert one.url == "/console/sign-in"
    await one.sign_in("li.si", "a-better-password")
    assert one.url == "/console/queue"
    account = await Account.get(login="li.si")
    await browser.post(f"/accounts/{account.id}/active", active="0")
    assert "账号已停用" in browser.text
    await one.get("/queue")
    assert one.url == "/console/sign-in"
    assert await StaffSession.filter(account_id=account.id).count() == 0
    assert await AuditEvent.filter(subject=f"account:{account.id}", action="account.created").count() == 1


@pytest.mark.parametrize(("changed", "says"), [
    ({"login": "reviewer"}, "已经有人用了"), ({"region": "341302"}, "管辖范围"), ({"region": "999999"}, "管辖范围"),
    ({"role": "king"}, "请选择角色"), ({"department": "没有的部门"}, "没有这个部门"), ({"login": "a b"}, "账号只能用"),
])
async def test_accounts_that_cannot_be(browser: Browser, changed: dict[str, str], says: str) -> None:
    await browser.sign_in("admin")
    new = {"login": "new", "name": "新人", "role": "reviewer", "department": "", "region": "330106"} | changed
    await browser.post("/accounts", **new)
    assert browser.status == 422
    assert says in browser.text


async def test_an_admin_cannot_touch_another_region_or_themselves(browser: Browser) -> None:
    await browser.sign_in("admin")
    suzhou, own = await Account.get(login="suzhou"), await Account.get(login="admin")
    await browser.post(f"/accounts/{suzhou.id}/password")
    assert browser.status == 404
    await browser.post(f"/accounts/{own.id}/active", active="0")
    assert browser.status == 422
    assert (await Account.get(login="admin")).active


async def test_files_open_for_those_who_see_their_material(
    case: Case, service: CaseService, reviewer: Browser, browsers: Callable[[], Browser]
) -> None:
    leg = next(leg for leg in await Leg.filter(case_id=case.id) if leg.plan["materials"] and leg.department != "公安")
    key = leg.plan["materials"][0]["key"]
    await service.tools.forms.move(str(case.draft_id), "submitted", "correcting", "system")
    material = Material(code="photo", title="照片", ways=(Way(way="upload"),))
    held = await service.tools.forms.files.add(
        str(case.draft_id), "c1", key, material, "陈一民的照片.png", "image/png", PNG
    )
    draft = Draft.model_validate(case.snapshot)
    materials = {**draft.materials, key: MaterialAnswer(way="upload", at=case.submitted_at, files=[held.id])}
    await Case.filter(id=case.id).update(snapshot=draft.model_copy(
        update={"materials": materials}).model_dump(mode="json"))
    page = await reviewer.get(f"/cases/{case.number}")
    assert "陈一民的照片" not in page
    answer = await reviewer.client.get(f"/console/cases/{case.number}/files/{held.id}")
    assert (answer.status, await answer.read()) == (200, PNG)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert await AuditEvent.filter(action="file.read").count() == 1
    for login in ("suzhou", "operator"):
        one = browsers()
        await one.sign_in(login)
        await one.get(f"/cases/{case.number}/files/{held.id}")
        assert one.status == 403
    police = browsers()
    await police.sign_in("police")
    await police.get(f"/cases/{case.number}/files/{held.id}")
    departments = {leg.department for leg in await Leg.filter(case_id=case.id)
                   if key in [slot["key"] for slot in leg.plan["materials"]]}
    assert police.status == (200 if "公安" in departments else 404)


def test_every_sentence_of_the_templates_exists() -> None:
    found = set()
    for file in [*pages.HERE.glob("templates/*.html"), *pages.HERE.rglob("*.py")]:
        text = file.read_text("utf-8")
        found |= set(re.findall(r'(?:say|words\(\))\("([a-z_.]+)"[,)]', text))
    assert len(found) > 100
    assert found - words().keys() == set()


def test_templates_hold_no_words_of_their_own() -> None:
    for file in (pages.HERE / "templates").glob("*.html"):
        assert not re.search("[\u4e00-\u9fff]", file.read_text("utf-8")), file.name
        assert not re.search(r"<style|\sstyle=|<script(?! src)|\son[a-z]+=", file.read_text("utf-8")), file.name


def test_everything_cases_say_has_words() -> None:
    wanted = {f"event.{what}" for what in (*EVENTS, *STAFF_EVENTS)} | {f"leg_state.{state}" for state in LEG_MOVES}
    wanted |= {f"task.kind.{kind}" for kind in TASK_KINDS} | {f"finding.{rule}" for rule in FINDINGS}
    wanted |= {f"not_now.{reason}" for reason in (*NOT_NOW, *NOT_SUBMITTED)}
    plain = {"needs_you", "partly_issued", "completed_full", "completed_partial", "completed_none"}
    wanted |= {f"state.{state}" for state in (*CASE_STATES, "completed") if state not in plain}
    assert wanted - words().keys() == set()


def test_static_files_are_our_own() -> None:
    css = Path(pages.STATIC / "console.css").read_text("utf-8")
    assert "http" not in css.replace("http://www.w3.org", "")


@pytest.mark.everywhere
async def test_every_page_opens_on_both_databases(
    reviewer: Browser, case: Case, service: CaseService, browsers: Callable[[], Browser]
) -> None:
    await reviewer.get(f"/cases/{case.number}")
    await reviewer.post(f"/cases/{case.number}/open")
    await reviewer.post(f"/cases/{case.number}/reject", reason="不属于本区", remedy="请到户口所在地办理")
    await service.rate(case.id, "c1", 2, "", ["等得太久"])
    police, supervisor = browsers(), browsers()
    await police.sign_in("police")
    await supervisor.sign_in("supervisor")
    for one, paths in ((police, ("/queue?state=ended", "/ratings", "/tasks")),
                       (supervisor, ("/supervision", "/ratings?low=1", "/queue?state=ended&department=公安"))):
        for path in paths:
            await one.get(path)
            assert one.status == 200, path
    assert "差评整改" in await police.get("/ratings")
    await supervisor.get("/supervision")
    assert "每一件都有去向" in await supervisor.post("/supervision/prove")
