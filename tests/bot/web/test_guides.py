"""A guide says the same as JSON, as a page and in the talk; a draft's guide is its owner's alone."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from bot.dialogue.desk import Desk
from bot.house import House
from bot.render.guide import guide_block
from forms.guides.pages import sections
from forms.guides.view import Guide
from tests.bot.web.conftest import FATHER, Person

SILENT = {"code", "region", "scope", "level", "way", "need", "kind"}
"""Words for programs, which citizens read in other words."""


def facts(node: Any) -> list[str]:
    """Every text of a guide that a citizen should read."""
    if isinstance(node, dict):
        return [text for word, part in node.items() if word not in SILENT for text in facts(part)]
    if isinstance(node, list):
        return [text for part in node for text in facts(part)]
    return [line.strip() for line in node.splitlines()] if isinstance(node, str) and node else []


async def page_of(person: Person, path: str) -> str:
    """What a page says, without its tags."""
    async with person.client.get(path) as answer:
        assert answer.status == 200
        text = await answer.text()
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def talk_of(house: House, code: str) -> str:
    """Everything the talk says of a guide, section by section."""
    desk = Desk(say=house.say, matters=house.catalogue.entries, engine=house.engine, region=house.settings.region)
    parts = ["", *(one.code for one in sections(desk.guide(code)))]
    return "\n".join(guide_block(desk, code, part).plain for part in parts)


@pytest.mark.parametrize("code", ["newborn_birth", "retirement", "open_restaurant"])
async def test_the_three_outputs_hold_the_same_facts(someone: Person, house: House, code: str) -> None:
    told = await someone.get(f"/api/v1/guides/{code}")
    shown, spoken = await page_of(someone, f"/guides/{code}"), talk_of(house, code)
    assert len(facts(told)) > 100
    assert [fact for fact in facts(told) if fact not in shown] == []
    assert [fact for fact in facts(told) if fact not in spoken] == []
    for section in sections(Guide.model_validate(told)):
        lines = facts(section.model_dump(mode="json"))
        assert [line for line in lines if line not in shown or line not in spoken] == []
    for item in told["items"]:
        if item["promised"]:
            assert f"{item['promised']} 个工作日" in shown
    assert told["version"] in shown
    assert told["version"] in spoken


async def test_all_guides_are_listed_and_open(someone: Person, house: House) -> None:
    listed = (await someone.get("/api/v1/guides"))["guides"]
    assert {one["code"] for one in listed} == set(house.catalogue.entries)
    page = await page_of(someone, "/guides")
    assert all(one["title"] in page for one in listed)
    await someone.get("/api/v1/guides/nothing_here", 404)
    async with someone.client.get("/guides/nothing_here") as answer:
        assert answer.status == 404


async def test_the_region_changes_windows_and_name(someone: Person) -> None:
    here = await someone.get("/api/v1/guides/newborn_birth")
    province = await someone.get("/api/v1/guides/newborn_birth?region=330000")
    assert here["region_title"] == "浙江省杭州市西湖区"
    assert province["region_title"] == "浙江省"
    assert not any(one["address"] for one in here["windows"])  # no source tells an address of this district
    beijing = await someone.get("/api/v1/guides/newborn_birth?region=110000")
    assert [(one["title"], bool(one["source"])) for one in beijing["windows"] if one["address"]] == [
        ("北京市政务服务中心", True)]
    await someone.get("/api/v1/guides/newborn_birth?region=33", 422)


async def test_large_type_without_a_script(someone: Person) -> None:
    async with someone.client.get("/guides/newborn_birth?elder=1") as answer:
        assert 'class="elder"' in await answer.text()
    async with someone.client.get("/guides/newborn_birth") as answer:
        assert 'class="elder"' not in await answer.text()


async def test_a_draft_has_a_guide_for_its_owner(someone: Person, another: Person) -> None:
    await someone.sign_in(FATHER)
    draft = (await someone.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201))["id"]
    mine = await someone.get(f"/api/v1/guides/newborn_birth?draft={draft}")
    assert mine["scope"] == "draft"
    assert (await someone.get("/api/v1/guides/newborn_birth"))["scope"] == "all"
    await someone.get(f"/api/v1/guides/retirement?draft={draft}", 404)
    await another.get(f"/api/v1/guides/newborn_birth?draft={draft}", 401)
    await another.sign_in("family_02_twins-1")
    await another.get(f"/api/v1/guides/newborn_birth?draft={draft}", 404)
