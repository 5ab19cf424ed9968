"""Bad days of a citizen: a nervous finger, two tabs, two channels, hostile words, other people's numbers."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from bot.models import Message
from cases.models import Case, Outbox
from tests.journeys.conftest import FATHER, MOTHER, signed_in
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import NEWBORN, consented, dispatched, finish, ready_to_sign, submitted, until_asked
from tests.journeys.town import Town


@pytest.mark.everywhere
@pytest.mark.parametrize("ids", [("same", "same"), ("one", "two")], ids=["the same press sent twice", "two presses"])
async def test_the_signature_pressed_twice_at_once(town: Town, father: Citizen, ids: tuple[str, str]) -> None:
    await ready_to_sign(father)
    await father.press("act:sign_now")
    other = await signed_in(town, FATHER)
    await asyncio.gather(father.press("act:sign", ids[0]), other.press("act:sign", ids[1]))
    assert await Case.all().count() == 1
    assert await Message.filter(client_id__in=ids).count() == len(set(ids))
    await town.sound()


@pytest.mark.everywhere
async def test_two_channels_submit_at_once(town: Town, father: Citizen) -> None:
    await ready_to_sign(father)
    await father.press("act:sign_now")
    form = father.api("POST", f"/drafts/{father.draft_id}/submit", None, name="陈一民")
    (status, answer), _ = await asyncio.gather(form, father.press("act:sign"))
    assert status == 200, answer
    assert [answer["number"]] == [case["number"] for case in await father.cases()]
    assert answer["number"] in father.plain
    await town.settle()
    assert (await town.sound()).places == {"person": 1}


@pytest.mark.everywhere
async def test_the_form_page_and_the_talk_change_the_draft_at_once(town: Town, father: Citizen) -> None:
    await consented(father)
    revision = (await father.draft())["revision"]
    patch = {"path": "mother.phone", "value": "13800000102", "revision": revision}
    (status, answer), _ = await asyncio.gather(
        father.api("PATCH", f"/drafts/{father.draft_id}", None, **patch), father.say("随爸爸"),
    )
    assert status in (200, 409), answer
    if status == 409:
        assert "stale" in str(answer)
        await father.change("mother.phone", "13800000102")
    draft = await father.draft()
    assert {one["key"]: one["value"] for one in draft["situations"]}["situation:hukou_follow"] == "father"
    assert (await father.field("mother.phone"))["status"] == "filled", "neither lost the other's answer"
    status, answer = await father.api("PATCH", f"/drafts/{father.draft_id}", None, **patch)
    assert status == 409, "an old tab never writes over newer answers"


@pytest.mark.everywhere
async def test_two_corrections_handed_in_at_once_are_one(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await submitted(father)
    await town.order("behave", do="ask_correction", item="birth_certificate", about="mother.phone", says="打不通")
    await reviewer.approve(number)
    await until_asked(town, father, number)
    answers = await asyncio.gather(*(
        father.api("POST", f"/cases/{number}/corrections", None, changes={"mother.phone": "13800000198"})
        for _ in range(2)
    ))
    assert sorted(status for status, _ in answers) in ([200, 200], [200, 409]), answers
    await town.settle()
    assert await Outbox.filter(kind="supplement").count() == 1
    await finish(town, father, number, step=20)


@pytest.mark.everywhere
@pytest.mark.parametrize("text", [
    "啊" * 10_000, "\x00\x07\x1b[31m红", "👶🎉🎉", "'; DROP TABLE bot_message; --", "<script>alert(1)</script>",
    "\u202eabc", "act:sign", "{title} %s",
], ids=["long", "control", "emoji", "sql", "html", "direction", "action", "format"])
async def test_hostile_words(father: Citizen, text: str) -> None:
    await consented(father)
    before = (await father.draft())["situations"]
    await father.say(text)
    assert father.blocks
    assert (await father.draft())["situations"] == before
    await father.answer({**NEWBORN, "baby[1].name": "陈小满"})
    assert father.stage == "checking"


@pytest.mark.everywhere
@pytest.mark.parametrize(("path", "value"), [
    ("mother.phone", "12"), ("mother.phone", 10**30), ("mother.phone", ["13800000102"]), ("baby[1].name", "满" * 500),
    ("baby[1].name", "<b>满</b>"), ("baby[1].name", "陈👶"), ("baby[1].birth_time", "昨天吧"), ("mother.phone", True),
    ("baby[9].name", "陈小满"), ("situation:hukou_follow", "'; --"), ("no.such.place", "x"),
    ("mother.id_number", "330106199504080422"),
], ids=lambda given: repr(given)[:20].encode("ascii", "replace").decode())
async def test_answers_of_the_wrong_kind_in_the_form(father: Citizen, path: str, value: object) -> None:
    await consented(father)
    before = await father.draft()
    status, answer = await father.api(
        "PATCH", f"/drafts/{father.draft_id}", None, path=path, value=value, revision=before["revision"]
    )
    assert status in (404, 409, 422), answer
    assert answer["detail"]
    assert (await father.draft())["revision"] == before["revision"]


@pytest.mark.everywhere
async def test_a_message_beyond_all_limits(father: Citizen) -> None:
    status, _ = await father.api("POST", "/messages", None, client_id=uuid4().hex, text="啊" * 20_000)
    assert status == 422
    status, _ = await father.api("POST", "/messages", None, client_id=uuid4().hex, text="a" * 400_000)
    assert status in (413, 422)


@pytest.mark.everywhere
async def test_other_peoples_numbers(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await dispatched(town, father, reviewer)
    draft = (await father.case(number))["draft"]
    stranger = await signed_in(town, "family_02_twins-1")
    asked: list[tuple[str, str, dict[str, object]]] = [
        ("GET", f"/cases/{number}", {}), ("GET", f"/drafts/{draft}", {}), ("DELETE", f"/drafts/{draft}", {}),
        ("PATCH", f"/drafts/{draft}", {"path": "mother.phone", "value": "13800000109", "revision": 1}),
        ("POST", f"/drafts/{draft}/submit", {"name": "陈一民"}), ("POST", f"/cases/{number}/withdraw", {"reason": "x"}),
        ("POST", f"/cases/{number}/rating", {"stars": 1}), ("POST", f"/cases/{number}/corrections", {"changes": {}}),
    ]
    for method, path, body in asked:
        status, answer = await stranger.api(method, path, None, **body)
        assert status == 404, (method, path, status, answer)
        assert "陈" not in str(answer)
    for action in (f"act:progress:{number}", f"act:fix:{number}", f"act:resume:{draft}", f"act:stars:{number}"):
        assert "陈" not in await stranger.press(action)
    assert "陈" not in await stranger.say(f"查一下 {number}")
    await stranger.press(f"act:withdraw:{number}")
    await stranger.press("act:yes")
    assert (await father.case(number))["state"] == "dispatched"


async def test_the_mother_does_not_see_the_fathers_case(town: Town, father: Citizen) -> None:
    number = await submitted(father)
    mother = await signed_in(town, MOTHER)
    status, _ = await mother.api("GET", f"/cases/{number}", None)
    assert status == 404
