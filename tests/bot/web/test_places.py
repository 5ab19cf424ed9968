"""Several regions over HTTP: choosing, moving, the guide of a place, and whose desk a case comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.house import House
from bot.stand_ins import others_confirm
from cases import tasks
from cases.actors import Staff
from cases.models import Leg
from cases.review.viewing import queue
from core.errors import NotYours
from core.settings import Settings
from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from tests.bot.a_district import CITY, FAR, HERE, THERE, district
from tests.bot.web.conftest import Person
from tests.bot.web.test_guides import page_of


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(Bank.load([PACKAGED, district(tmp_path_factory.mktemp("over")) / "forms"]))


@pytest.fixture(autouse=True)
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YJS_REGIONS", f"{HERE},{THERE}")


async def begun(person: Person, region: str) -> dict[str, Any]:
    draft = await person.post("/api/v1/drafts", {"one_thing": "newborn_birth", "region": region}, 201)
    return await person.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": True})


async def moved(person: Person, draft: dict[str, Any], region: str) -> dict[str, Any]:
    body = {"region": region, "revision": draft["revision"]}
    return await person.post(f"/api/v1/drafts/{draft['id']}/place", body)


async def test_the_places_of_a_one_thing_say_whether_it_must_be_said_where(someone: Person) -> None:
    told = await someone.get("/api/v1/places?one_thing=newborn_birth")
    assert told == {"places": [{"region": HERE, "title": "西湖区"}, {"region": THERE, "title": "滨江区"}],
                    "default": HERE, "asked": True}
    assert (await someone.get("/api/v1/places?one_thing=second_hand_housing"))["asked"] is False
    assert len((await someone.get("/api/v1/places"))["places"]) == 2


async def test_a_draft_wants_a_region_only_where_one_hangs_on_it(signed: Person) -> None:
    problem = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 422)
    assert (problem["reason"], problem["path"], problem["regions"]) == ("region_wanted", "region", [HERE, THERE])
    assert problem["detail"] == "各地办的不一样，请先选在哪里办。"
    draft = await signed.post("/api/v1/drafts", {"one_thing": "second_hand_housing"}, 201)
    assert draft["place"] == {"region": HERE, "title": "西湖区"}
    for wrong in (FAR, "999999"):
        problem = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth", "region": wrong}, 422)
        assert (problem["reason"], problem["regions"]) == ("region_not_served", [HERE, THERE])
    await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth", "region": "33"}, 422)
    draft = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth", "region": THERE}, 201)
    assert draft["place"]["region"] == THERE


async def test_moving_says_what_changes_first_and_keeps_what_was_typed(signed: Person) -> None:
    draft = await begun(signed, HERE)
    draft = await signed.change(draft, "baby[1].name", "陈小雨")
    told = await signed.get(f"/api/v1/drafts/{draft['id']}/place?region={THERE}")
    assert ["多办", "新生儿礼包申领"] in told["changes"]
    assert (await signed.get(f"/api/v1/drafts/{draft['id']}"))["revision"] == draft["revision"]
    there = await moved(signed, draft, THERE)
    assert there["place"]["title"] == "滨江区"
    assert there["consent"]["given"] is None  # it names an item more
    names = {one["path"]: one["value"] for section in there["sections"] for one in section["fields"]}
    assert names["baby[1].name"] == "陈小雨"
    stale = {"region": HERE, "revision": draft["revision"]}
    assert (await signed.post(f"/api/v1/drafts/{draft['id']}/place", stale, 409))["reason"] == "stale"
    await signed.post(f"/api/v1/drafts/{draft['id']}/place", {**stale, "region": FAR}, 422)
    await signed.get(f"/api/v1/drafts/{draft['id']}/place?region={FAR}", 422)


async def test_somebody_elses_draft_does_not_move(signed: Person, another: Person) -> None:
    draft = await begun(signed, HERE)
    await another.sign_in("family_02_twins-1")
    await another.get(f"/api/v1/drafts/{draft['id']}/place?region={THERE}", 404)
    await another.post(f"/api/v1/drafts/{draft['id']}/place", {"region": THERE, "revision": draft["revision"]}, 404)


async def test_the_guide_of_a_place(someone: Person) -> None:
    here = await someone.get("/api/v1/guides/newborn_birth")
    there = await someone.get(f"/api/v1/guides/newborn_birth?region={THERE}")
    assert [one["title"] for one in there["items"] if one not in here["items"]].count("新生儿礼包申领") == 1
    assert there["windows"] != here["windows"]
    page = await page_of(someone, f"/guides/newborn_birth?region={THERE}")
    assert "新生儿礼包申领" in page
    assert "看哪里的" in page
    async with someone.client.get(f"/guides?region={THERE}&elder=1") as answer:
        assert f"/guides/newborn_birth?region={THERE}&amp;elder=1" in await answer.text()
    await someone.get("/api/v1/guides/newborn_birth?region=999999", 404)


async def test_a_single_region_is_not_spoken_of(someone: Person, house: House) -> None:
    parts = house.conversations.parts
    object.__setattr__(parts, "places", replace(parts.places, served=(HERE,)))
    await someone.sign_in("family_01_three-1")
    assert (await someone.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201))["place"] is None
    assert "看哪里的" not in await page_of(someone, "/guides/newborn_birth")


async def test_a_case_comes_to_its_own_county_and_those_above(signed: Person, house: House) -> None:
    await moved(signed, await begun(signed, HERE), THERE)
    number = await submitted(signed, house)
    case = await house.cases.case(number)
    legs = await Leg.filter(case_id=case.id)
    assert (case.region, number[:6], {leg.region for leg in legs}) == (THERE, THERE, {THERE})
    assert "newborn_gift" in {leg.item for leg in legs}
    sees = {region: [row.number for row in (await queue(Staff("s", "审", region=region)))[0]]
            for region in (HERE, THERE, CITY, "330000", "", FAR, "320500")}
    assert {region for region, rows in sees.items() if rows == [number]} == {THERE, CITY, "330000", ""}
    assert {region for region in sees if await tasks.tasks_of(Staff("s", "审", region=region)).count()} == {
        THERE, CITY, "330000", ""}
    with pytest.raises(NotYours):
        await house.cases.open_review(case.id, Staff("h", "西湖的", region=HERE))
    await house.cases.open_review(case.id, Staff("t", "滨江的", region=THERE))
    await house.cases.approve(case.id, Staff("t", "滨江的", region=THERE))
    await house.cases.deliver_due()
    # the province numbers what it takes by the region of the package
    taken = await Leg.filter(case_id=case.id).exclude(platform_number="")
    assert taken
    assert {leg.platform_number[:6] for leg in taken} == {THERE}


async def submitted(person: Person, house: House) -> str:
    """The newborn draft in hand, filled and signed."""
    draft = (await person.get("/api/v1/drafts"))["drafts"][0]
    draft = await person.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": True})
    answers = {"situation:hukou_follow": "father", "situation:extras": ["medical", "card"], "name": "陈小雨",
               "phone": "13800000102"}
    for _ in range(20):
        if not draft["next"]:
            break
        path = draft["next"]
        draft = await person.change(draft, path, answers.get(path) or _first(draft) or answers[path.rpartition(".")[2]])
    await others_confirm(house.confirmations, house.engine, house.forms, draft["id"])
    return str((await person.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": "陈一民"}))["number"])


def _first(draft: dict[str, Any]) -> Any:
    path = draft["next"]
    if path.startswith("situation:"):
        return next(one for one in draft["situations"] if one["key"] == path)["options"][0]["value"]
    if path.startswith("material:"):
        return next(one for one in draft["materials"] if one["key"] == path)["ways"][-1]["way"]
    return None


def test_the_settings_of_the_test_serve_both(settings: Settings) -> None:
    assert settings.served == (HERE, THERE)
