"""Without a mouse, and on a slow line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.page import Page
from tests.browser.test_case import answer_to

FATHER, NAME = "family_09_bill_open-2", "马晓峰"
COLLECTIVE, HER_NAME = "family_07_collective-2", "唐若溪"
TYPED = {"手机": "13800000109", "姓名": "马小雨", "网点": "西湖支行"}
SLOW = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""What browsers call slow 3G: two seconds there and back, 400 kbit/s."""


def focused(page: Page) -> WebElement:
    return page.browser.switch_to.active_element


def reach(page: Page, words: str) -> None:
    """Tab until the focus stands on a control of these words, and is seen."""
    for _ in range(120):
        found = focused(page)
        if words in (found.text or found.get_attribute("aria-label") or "") and found.tag_name in ("a", "button"):
            outline = page.script("return getComputedStyle(document.activeElement).outlineWidth")
            assert float(outline.removesuffix("px")) >= 2, words
            return
        found.send_keys(Keys.TAB)
    raise AssertionError(f"the keyboard never came to {words!r}:\n{page.text()[-1500:]}")


def enter(page: Page, words: str) -> None:
    reach(page, words)
    focused(page).send_keys(Keys.ENTER)


def answer(page: Page) -> None:
    """The control that the form put the focus on, answered as its kind is answered by hand."""
    found = focused(page)
    kind = found.get_attribute("type")
    box = found.find_element(By.XPATH, "./ancestor::*[contains(@class, 'field')][1]")
    if kind in ("radio", "checkbox"):
        found.send_keys(Keys.SPACE)
        if kind == "checkbox":
            enter(page, "选好了")
        return
    found.send_keys(next(said for words, said in TYPED.items() if words in box.text))
    found.send_keys(Keys.TAB)


def missing(page: Page) -> str:
    """What the form wants next."""
    draft = str(page.script("return location.pathname")).rpartition("/")[2]
    return str(page.api("GET", f"/api/v1/drafts/{draft}")["next"] or "")


def saved(page: Page, wanted: str) -> None:
    """What was answered is kept, and the focus is still somewhere."""
    page.until(lambda: missing(page) != wanted, f"{wanted} to be saved")
    page.until(lambda: page.script("return document.activeElement !== document.body"), f"the focus after {wanted}")


def test_from_the_talk_over_the_form_to_the_signature_by_keyboard_alone(page: Page) -> None:
    page.sign_in(FATHER)
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.say("我媳妇刚生了，要办啥手续")
    page.until(lambda: any(one.text == "同意" for one in page.all(".turn.live button")), "the consent")
    turns = page.turns()
    enter(page, "同意")
    page.answered(turns)
    assert page.script("return document.activeElement.classList.contains('turn')"), "the focus follows the talk"
    enter(page, "表格")
    page.until(lambda: "还差" in page.text(), "the form")
    for _ in range(20):
        if not (wanted := missing(page)):
            break
        enter(page, "去填下一项")
        answer(page)
        saved(page, wanted)
    page.others_confirm(NAME)
    page.open(page.script("return location.pathname"))
    page.until(lambda: page.all(".foot button"), "the form")
    assert [one for one in page.all("[tabindex]") if int(one.get_attribute("tabindex") or 0) > 0] == []
    enter(page, "去确认提交")
    assert focused(page).get_attribute("id") == "sign-name"
    focused(page).send_keys(NAME + Keys.ENTER)
    page.until(lambda: "已提交" in page.text(), "the case")
    assert page.problems() == []


@pytest.fixture
def slow(page: Page) -> Iterator[Page]:
    """A line on which everything takes seconds; signed in, with a form that only wants the signature."""
    page.sign_in(COLLECTIVE)
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})
    draft = page.api("POST", "/api/v1/drafts", {"one_thing": "newborn_birth"})
    draft = page.api("POST", f"/api/v1/drafts/{draft['id']}/consent", {"given": True})
    while draft["next"]:
        change = {"revision": draft["revision"], "path": draft["next"], "value": answer_to(draft)}
        draft = page.api("PATCH", f"/api/v1/drafts/{draft['id']}", change)
    page.others_confirm(HER_NAME)
    page.browser.execute_cdp_cmd("Network.enable", {})
    page.browser.execute_cdp_cmd("Network.emulateNetworkConditions", SLOW)
    yield page
    page.online(True)


def test_on_a_slow_line_everything_arrives_once(slow: Page) -> None:
    page = slow
    page.open("/")
    page.until(lambda: page.turns() > 0, "the talk")
    page.say("查进度")
    page.until(lambda: "助手正在看" in page.text(), "a sign of life")
    page.tap(page.one(".tabs a[data-view='form']"))
    page.until(lambda: page.all("#sign-name"), "the form")
    draft = str(page.script("return location.pathname")).rpartition("/")[2]
    page.one("#sign-name").send_keys(HER_NAME + Keys.ENTER + Keys.ENTER)
    button = page.one(".sign button[type=submit]")
    assert button.text == "正在提交"
    page.tap(button)
    page.until(lambda: "已提交" in page.text(), "the case")
    page.online(True)
    cases = page.api("GET", "/api/v1/cases")["cases"]
    assert len(cases) == 1, cases
    assert page.api("GET", f"/api/v1/drafts/{draft}")["state"] == "submitted"
    said = page.api("GET", "/api/v1/messages?after=0&wait=0")["messages"]
    assert [one["text"] for one in said if one["role"] == "citizen" and one["text"]] == ["查进度"]
    assert [one for one in page.problems() if "409" in one or "422" in one] == []
