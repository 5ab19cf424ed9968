"""The pages of content: files at their lines, and the preview of what a citizen is asked."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from urllib.parse import unquote

import pytest

from console.content_files import files_of, lines
from console.desk import ConsoleDesk
from console.preview import preview
from core.errors import NotFound
from forms.engine import Engine
from forms.lint import PACKAGED, Problem, check_content
from tests.console.conftest import Browser

BIRTH = "/content/newborn_birth"


@pytest.fixture
async def operator(browser: Browser) -> Browser:
    await browser.sign_in("operator")
    return browser


def test_the_files_of_a_one_thing(desk: ConsoleDesk) -> None:
    names = [one.name for one in files_of(desk, "newborn_birth")]
    assert names[0] == "forms/definitions/newborn_birth.yaml"
    assert {one.split("/")[1] for one in names} >= {
        "definitions", "catalogue", "utterances", "examples", "items", "elements", "materials"}
    assert len(names) == len(set(names))
    assert "forms/definitions/retirement.yaml" not in names
    with pytest.raises(NotFound):
        files_of(desk, "no_such_thing")


def test_the_files_of_elements_that_others_are_like_are_among_them(desk: ConsoleDesk) -> None:
    bank = desk.engine.bank
    code, like = next(
        (code, bank.alike[full]) for code, one in bank.definitions.items()
        for kinds in [{subject.kind for subject in one.subjects.values()}]
        for full in bank.alike if full.split(".")[0] in kinds and bank.alike[full].split(".")[0] not in kinds)
    assert f"forms/elements/{like.split('.')[0]}.yaml" in {one.name for one in files_of(desk, code)}


def test_a_file_laid_over_hides_the_packaged_one(desk: ConsoleDesk, tmp_path: Path) -> None:
    over = tmp_path / "forms" / "definitions" / "newborn_birth.yaml"
    over.parent.mkdir(parents=True)
    over.write_text((PACKAGED / "definitions" / "newborn_birth.yaml").read_text("utf-8") + "\n# ours\n", "utf-8")
    laid = dataclasses.replace(desk, content=(PACKAGED, tmp_path / "forms"))
    assert files_of(laid, "newborn_birth")[0].path == over


def test_problems_stand_at_their_lines() -> None:
    problems = [Problem("forms/items/a.yaml", 2, "wrong"), Problem("forms/items/b.yaml", 1, "elsewhere"),
                Problem("forms/items/a.yaml", 99, "below the end")]
    rows = lines("one\ntwo\nthree\n", "forms/items/a.yaml", problems)
    assert [[problem.wrong for problem in row.problems] for row in rows] == [[], ["wrong"], ["below the end"]]


async def test_an_operator_sees_numbers_and_files(operator: Browser) -> None:
    page = await operator.get(BIRTH)
    assert "办一次是什么样" in page
    assert "birth_certificate" in page
    page = await operator.get(f"{BIRTH}/file", params={"name": "forms/definitions/newborn_birth.yaml"})
    assert 'id="L1"' in page
    assert "code: newborn_birth" in page


async def test_an_entry_leads_to_the_element_it_is_like(operator: Browser) -> None:
    page = await operator.get("/content/post_death/file", params={"name": "forms/elements/heir.yaml"})
    row = page[page.index("code: name, like: person.name"):]
    row = row[:row.index("</tr>")]
    assert "/content/post_death/file?name=forms/elements/person.yaml" in unquote(row)
    assert "其余和「姓名」一样" in row
    page = await operator.get("/content/post_death/file", params={"name": "forms/elements/person.yaml"})
    assert "told-like" not in page


@pytest.mark.parametrize("name", [
    "../pyproject.toml", "forms/definitions/retirement.yaml", "forms/items/../../core/settings.py", "/etc/passwd", ""])
async def test_only_its_own_files_are_shown(operator: Browser, name: str) -> None:
    await operator.get(f"{BIRTH}/file", params={"name": name})
    assert operator.status == 404


async def test_a_mistake_is_shown_at_its_line(operator: Browser, desk: ConsoleDesk, tmp_path: Path) -> None:
    over = tmp_path / "forms" / "definitions" / "newborn_birth.yaml"
    over.parent.mkdir(parents=True)
    over.write_text("code: newborn_birth\n<script>: 1\n", "utf-8")
    object.__setattr__(desk, "content", (PACKAGED, tmp_path / "forms"))
    wrong = [one for one in check_content([PACKAGED, tmp_path / "forms"]) if "newborn_birth.yaml:2" in str(one)]
    assert wrong
    page = await operator.get(f"{BIRTH}/file", params={"name": "forms/definitions/newborn_birth.yaml"})
    assert 'id="L2" class="wrong"' in page
    assert "is not a word this kind of file knows" in page
    assert "<script>:" not in page


def test_an_answer_changes_what_is_asked(engine: Engine) -> None:
    before = preview(engine, "newborn_birth", "330106", {})
    assert {one.situation.code: one.given for one in before.asked}["extras"] == ""
    assert before.perhaps
    married = {"marital": ["married"], "hukou_follow": ["mother"]}
    with_card = preview(engine, "newborn_birth", "330106", {**married, "extras": ["card", "medical"]})
    without = preview(engine, "newborn_birth", "330106", {**married, "extras": ["medical"]})
    assert {leg.item.code for leg in with_card.legs} - {leg.item.code for leg in without.legs} == {
        "social_security_card"}
    assert with_card.draft.login is None
    assert not with_card.draft.facts
    extras = next(one for one in with_card.asked if one.situation.code == "extras")
    assert {choice.option.value for choice in extras.choices if choice.chosen} == {"card", "medical"}
    assert next(choice.told.adds for choice in extras.choices if choice.told and choice.option.value == "card")
    assert set(before.later) >= set(with_card.later)


def test_an_answer_that_leads_to_a_window_says_so(engine: Engine) -> None:
    made = preview(engine, "newborn_birth", "330106", {"marital": ["unmarried"]})
    assert made.offline is not None
    assert made.offline.offline


def test_answers_that_do_not_fit_are_left_out(engine: Engine) -> None:
    odd = preview(engine, "newborn_birth", "330106", {"marital": ["<b>"], "no_such": ["x"]})
    assert odd.draft.situations == preview(engine, "newborn_birth", "330106", {}).draft.situations


def test_every_one_thing_can_be_previewed_with_its_first_options(engine: Engine) -> None:
    for code, definition in engine.bank.definitions.items():
        made = preview(engine, code, "330106", {one.code: [one.options[0].value] for one in definition.situations})
        assert made.asked or made.form.legs, code
        assert made.drawing.count("[") >= len(made.legs)


async def test_the_preview_page(operator: Browser, desk: ConsoleDesk) -> None:
    page = await operator.get(f"{BIRTH}/preview", params={"s.marital": "married", "region": "330106"})
    assert operator.status == 200
    assert 'value="married" checked' in page
    assert "社会保障卡" in page
    assert "flowchart LR" in page
    await operator.get(f"{BIRTH}/preview", params={"region": "<script>"})
    assert operator.status == 200
    for code in desk.engine.bank.definitions:
        await operator.get(f"/content/{code}/preview")
        assert operator.status == 200, code
