"""After submitting: the one notice of corrections, the rating, withdrawing."""

from collections.abc import Mapping
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.page import Page
from tests.browser.reviewer import Reviewer

MOTHER = "family_03_two_provinces-2"
ANSWERS = {"situation:hukou_follow": "mother", "situation:extras": ["none"], "name": "孙小雨", "phone": "13800000302"}


@pytest.fixture
def number(page: Page) -> str:
    """A case that was just submitted."""
    return submitted(page)


def submitted(page: Page, answers: Mapping[str, Any] | None = None, ways: Mapping[str, str] | None = None) -> str:
    """The number of a case that was just submitted, with other answers and ways of giving papers than the usual."""
    page.sign_in(MOTHER)
    draft = page.api("POST", "/api/v1/drafts", {"one_thing": "newborn_birth"})
    draft = page.api("POST", f"/api/v1/drafts/{draft['id']}/consent", {"given": True})
    while draft["next"]:
        value = {**(answers or {}), **(ways or {})}.get(draft["next"]) or answer_to(draft)
        draft = _change(page, draft, draft["next"], value)
    for path, way in (ways or {}).items():
        draft = _change(page, draft, path, way)
    page.others_confirm("孙玉珍")
    done = page.api("POST", f"/api/v1/drafts/{draft['id']}/submit", {"name": "孙玉珍"})
    assert "number" in done, done
    return str(done["number"])


def _change(page: Page, draft: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    change = {"revision": draft["revision"], "path": path, "value": value}
    after = page.api("PATCH", f"/api/v1/drafts/{draft['id']}", change)
    assert after.get("revision", -1) >= draft["revision"], after
    return dict(after)


def answer_to(draft: dict[str, Any]) -> Any:
    path = str(draft["next"])
    if path in ANSWERS:
        return ANSWERS[path]
    if path.startswith("situation:"):
        return next(one for one in draft["situations"] if one["key"] == path)["options"][0]["value"]
    if path.startswith("material:"):
        return next(one for one in draft["materials"] if one["key"] == path)["ways"][-1]["way"]
    fields = {one["path"]: one for section in draft["sections"] for one in section["fields"]}
    options = fields[path]["options"]
    return ANSWERS.get(path.rpartition(".")[2]) or (options[0]["value"] if options else "无")


def test_one_notice_is_corrected_in_the_form(page: Page, site: str, number: str) -> None:
    Reviewer(site).return_(number, "baby[1].name", "名字里有一个字和医院登记的不一样，请再看一遍")
    page.open(f"/cases/{number}")
    page.until(lambda: "和医院登记的不一样" in page.text(), "the notice")
    assert page.axe() == []
    assert page.overflow() == []
    page.tap(page.button("去改"))
    page.until(lambda: "这次只改" in page.text(), "the form")
    assert [one.get_attribute("id") for one in page.all("main .input:not([readonly])")] == ["f-baby_1__name"]
    page.until(lambda: page.script("return document.activeElement.id") == "f-baby_1__name", "the place")
    assert page.axe() == []
    found = page.one("#f-baby_1__name")
    found.send_keys(Keys.CONTROL, "a")
    found.send_keys("孙小云\t")
    page.until(lambda: page.api("GET", f"/api/v1/cases/{number}") and "孙小云" in _name(page, number), "the correction")
    page.tap(page.button("提交补正"))
    page.until(lambda: page.button("都改好了"), "the notice")
    page.press("都改好了")
    page.until(lambda: "补正已提交" in page.text(), "the answer")
    assert page.problems() == []


def _name(page: Page, number: str) -> str:
    draft = page.api("GET", f"/api/v1/drafts/{page.api('GET', f'/api/v1/cases/{number}')['draft']}")
    fields = {one["path"]: one for section in draft["sections"] for one in section["fields"]}
    return str(fields["baby[1].name"]["value"])


def test_a_case_that_ended_is_rated(page: Page, site: str, number: str) -> None:
    Reviewer(site).reject(number, "宝宝不在本省出生", "请到户籍地的窗口办")
    page.open(f"/cases/{number}")
    page.until(lambda: "请到户籍地的窗口办" in page.text(), "the remedy")
    page.tap(page.one("label[for='stars-2']"))
    page.tap(page.one("label[for='tag-1']"))
    page.one("#rate-words").send_keys("说得再明白些")
    assert page.axe() == []
    page.press("提交评价")
    page.until(lambda: "您的评价" in page.text(), "the thanks")
    assert "说得再明白些" in page.text()
    assert page.problems() == []


def test_withdrawing_asks_first(page: Page, number: str) -> None:
    page.open(f"/cases/{number}")
    page.press("撤回这个办件")
    page.press("不撤回", "#sheet")
    assert page.api("GET", f"/api/v1/cases/{number}")["open"]
    page.press("撤回这个办件")
    page.press("确定撤回", "#sheet")
    page.until(lambda: "已撤回" in page.text(), "the end")
