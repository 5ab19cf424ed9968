"""The form view over HTTP: one change at a time, checked, never over a newer revision."""

import asyncio
from typing import Any

import pytest

from tests.bot.web.conftest import MOTHER, Person


def field(draft: dict[str, Any], path: str) -> dict[str, Any]:
    return next(one for section in draft["sections"] for one in section["fields"] if one["path"] == path)


async def test_a_draft_begins_once(signed: Person) -> None:
    draft = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201)
    again = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"})
    assert again["id"] == draft["id"]
    assert [one["id"] for one in (await signed.get("/api/v1/drafts"))["drafts"]] == [draft["id"]]


async def test_nothing_is_looked_up_before_consent(signed: Person) -> None:
    draft = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201)
    assert draft["consent"]["given"] is None
    assert not [one for section in draft["sections"] for one in section["fields"] if one["source"].startswith("来自")]
    refused = await signed.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": False})
    assert refused["consent"]["given"] is False
    assert refused["left"] > 3


async def test_consent_fills_and_names_sources(signed: Person) -> None:
    draft = await signed.begun()
    name = field(draft, "mother.name")
    assert name["shown"] == "李*兰"
    assert name["value"] is None
    assert name["source"].startswith("来自")
    assert name["status"] == "known"
    assert draft["numbers"]["prefilled"] > 10


async def test_a_locked_value_says_why_and_can_be_contested(signed: Person) -> None:
    draft = await signed.begun()
    locked = field(draft, "mother.name")
    assert locked["editable"] is False
    assert locked["may_contest"] is True
    assert "不能直接改" in locked["reason"]
    problem = await signed.change(draft, "mother.name", "李小兰", 422)
    assert problem["reason"] == "locked"
    assert (await signed.change(draft, "mother.name", "李小兰", 422, do="contest"))["reason"] == "reason"
    after = await signed.change(draft, "mother.name", "李小兰", do="contest", reason="改过名")
    assert field(after, "mother.name")["status"] == "contested"


async def test_a_wrong_answer_says_what_to_type(signed: Person) -> None:
    draft = await signed.filled()
    problem = await signed.change(draft, "mother.phone", "1380013", 422)
    assert problem["path"] == "mother.phone"
    assert problem["detail"] == "手机号是 11 位数字，请再看一遍。"


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE forms_draft; --", "<img src=x onerror=alert(1)>", "\x00", "😀" * 50, "x" * 10_000, 5, True,
              None, ["a"], 1e308],
)
async def test_hostile_answers_are_read_or_refused(signed: Person, value: object) -> None:
    draft = await signed.begun()
    path = f"/api/v1/drafts/{draft['id']}"
    body = {"revision": draft["revision"], "path": "baby[1].name", "value": value}
    async with signed.client.patch(path, json=body) as answer:
        assert answer.status in (200, 422)
        assert (await answer.json(content_type=None))["id" if answer.status == 200 else "detail"]


@pytest.mark.parametrize("path", ["nobody.name", "mother", "mother.", "baby[9].name", "situation:nothing", "material:x",
                                  "material:", "situation:", "__class__.x", "mother.name.name"])
async def test_a_place_that_is_not_in_the_form_is_refused(signed: Person, path: str) -> None:
    draft = await signed.begun()
    assert (await signed.change(draft, path, "x", 422))["status"] == 422


async def test_two_tabs_the_second_one_is_told(signed: Person) -> None:
    draft = await signed.begun()
    await signed.change(draft, "mother.phone", "13800000102")
    problem = await signed.change(draft, "mother.phone", "13800000103", 409)
    assert problem["reason"] == "stale"
    assert problem["revision"] > draft["revision"]
    assert problem["detail"].startswith("这份表刚在别处改过")


async def test_two_tabs_at_once_one_wins(signed: Person) -> None:
    draft = await signed.begun()
    body = {"revision": draft["revision"], "path": "mother.phone", "value": "13800000102"}

    async def write() -> int:
        async with signed.client.patch(f"/api/v1/drafts/{draft['id']}", json=body) as answer:
            return answer.status

    assert sorted(await asyncio.gather(write(), write())) == [200, 409]


async def test_a_situation_changes_the_form(signed: Person) -> None:
    draft = await signed.begun()
    draft = await signed.change(draft, "situation:hukou_follow", "father")
    with_card = await signed.change(draft, "situation:extras", ["card"])
    without = await signed.change(with_card, "situation:extras", ["none"])
    assert with_card["numbers"]["items"] == without["numbers"]["items"] + 1


async def test_an_answer_that_leads_to_a_window_says_where(signed: Person) -> None:
    draft = await signed.begun()
    away = await signed.change(draft, "situation:marital", "unmarried")
    assert away["offline"] or away["can_submit"] is False


async def test_somebody_elses_draft_is_not_shown(signed: Person, another: Person) -> None:
    draft = await signed.begun()
    await another.sign_in(MOTHER)
    for path in (f"/api/v1/drafts/{draft['id']}",):
        assert (await another.get(path, 404))["detail"] == "没有找到。"
    await another.change(draft, "mother.phone", "13800000102", 404)
    await another.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": "李晓兰"}, 404)
    await another.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": True}, 404)
    await another.ask("DELETE", f"/api/v1/drafts/{draft['id']}", status=404)


@pytest.mark.parametrize("id_", ["0f6d2c52-3a1e-4c52-9d57-6b7de4c1a111", "1", "%00", "..%2f..", "x" * 500,
                                 "' or 1=1 --"])
async def test_a_draft_that_does_not_exist_is_not_found(signed: Person, id_: str) -> None:
    assert (await signed.get(f"/api/v1/drafts/{id_}", 404))["code"] == "not_found"


async def test_guests_have_no_drafts(someone: Person) -> None:
    await someone.post("/api/v1/session")
    await someone.get("/api/v1/drafts", 401)
    await someone.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 401)


async def test_an_unknown_one_thing_is_not_found(signed: Person) -> None:
    await signed.post("/api/v1/drafts", {"one_thing": "marriage"}, 404)
    await signed.post("/api/v1/drafts", {"one_thing": "../etc"}, 422)


async def test_submitting_needs_everything_and_the_own_name(signed: Person) -> None:
    draft = await signed.begun()
    problem = await signed.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": "陈一民"}, 409)
    assert problem["detail"].startswith("还有没答完的")
    draft = await signed.filled()
    problem = await signed.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": "王五"}, 422)
    assert problem["path"] == "signature"


async def test_submit_pressed_twice_is_one_case(signed: Person) -> None:
    draft = await signed.filled()
    path = f"/api/v1/drafts/{draft['id']}/submit"
    numbers = await asyncio.gather(*(signed.post(path, {"name": "陈一民"}) for _ in range(3)))
    assert len({one["number"] for one in numbers}) == 1
    assert len((await signed.get("/api/v1/cases"))["cases"]) == 1
    said = (await signed.get("/api/v1/messages"))["messages"]
    assert sum("已提交" in str(one["blocks"]) and "notice" in str(one["blocks"]) for one in said) == 1


async def test_after_submitting_the_draft_only_reads(signed: Person) -> None:
    draft = await signed.filled()
    number = (await signed.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": "陈一民"}))["number"]
    shown = await signed.get(f"/api/v1/drafts/{draft['id']}")
    assert shown["case"] == number
    assert not any(one["editable"] for section in shown["sections"] for one in section["fields"])
    assert (await signed.change(shown, "mother.phone", "13800000102", 409))["reason"] == "closed"


async def test_a_draft_can_be_thrown_away(signed: Person) -> None:
    draft = await signed.begun()
    await signed.ask("DELETE", f"/api/v1/drafts/{draft['id']}")
    await signed.get(f"/api/v1/drafts/{draft['id']}", 404)


async def test_talk_and_form_edit_the_same_draft(signed: Person) -> None:
    await signed.press("act:begin:newborn_birth")
    reply = await signed.press("act:consent:yes")
    draft = await signed.get(f"/api/v1/drafts/{reply['draft']}")
    draft = await signed.change(draft, "baby[1].name", "陈安")
    await signed.press("act:answer:situation:hukou_follow=father")
    assert field(await signed.get(f"/api/v1/drafts/{draft['id']}"), "baby[1].name")["value"] == "陈安"
