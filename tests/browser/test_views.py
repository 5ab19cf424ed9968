"""Every view: no breach of accessibility, nothing sticks out, nothing is too small; the form by hand."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.page import TWINS, Page

VIEWS = ("/", "/form/{draft}", "/form", "/cases", "/settings")


@pytest.fixture
def draft(page: Page) -> str:
    """A draft of the twins' father, looked up and half filled."""
    page.sign_in(TWINS)
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})
    found = page.api("POST", "/api/v1/drafts", {"one_thing": "newborn_birth"})
    if not found["consent"]["given"]:
        page.api("POST", f"/api/v1/drafts/{found['id']}/consent", {"given": True})
    return str(found["id"])


def show(page: Page, view: str, draft: str) -> None:
    page.open(view.format(draft=draft))
    page.until(lambda: len(page.text()) > 5 and "正在打开" not in page.text(), "the view")
    page.script("document.querySelectorAll('details.known').forEach((one) => { one.open = true })")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_no_view_breaks_a_rule_of_accessibility(page: Page, draft: str, elder: bool) -> None:
    page.api("POST", "/api/v1/prefs", {"elder": elder, "scale": 100})
    for view in VIEWS:
        show(page, view, draft)
        assert page.axe() == [], view
        assert page.small_targets(60 if elder else 44) == [], view
        assert page.overflow() == [], view
    assert page.problems() == []


def test_the_sign_in_sheet_breaks_no_rule(page: Page) -> None:
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.one("#account").click()
    page.until(lambda: page.all("#sheet .person"), "the people")
    assert page.axe() == []
    assert page.overflow() == []


def test_people_are_found_by_what_they_came_for(page: Page) -> None:
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.one("#account").click()
    page.until(lambda: page.all("#sheet .person"), "the people")
    assert len(page.all("#sheet .person")) < 20
    page.tap(page.one("#sheet .group:last-of-type summary"))
    page.until(lambda: page.all("#sheet .group[open] .person"), "those of one matter")
    assert page.axe() == []
    assert page.small_targets(44) == []
    page.one("#family-search").send_keys("退休")
    page.until(lambda: "到龄退休" in page.one("#sheet").text, "who matches")
    assert page.all("#sheet .group") == []
    page.one("#family-search").send_keys("没有这样的人")
    page.until(lambda: "换个词试试" in page.one("#sheet").text, "the sentence")


def test_a_wrong_address_is_a_page_with_the_way_home(page: Page) -> None:
    page.browser.get(f"{page.site}/nowhere")
    assert "没有找到" in page.text()
    assert page.axe() == []
    assert page.overflow() == []
    page.press("去办事")
    page.until(lambda: page.turns() > 0, "the talk")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_pages_beside_the_app_fit_a_narrow_phone_in_large_type_too(page: Page, elder: bool) -> None:
    page.size(320, 568)
    page.open()
    page.api("POST", "/api/v1/prefs", {"elder": elder, "scale": 100})
    page.open("/settings")
    for path in ("/nowhere", "/guides", "/guides/newborn_birth", "/docs/errors"):
        page.browser.get(f"{page.site}{path}{'?elder=1' if elder else ''}")
        page.until(lambda: page.browser.find_elements(By.TAG_NAME, "h1"), "the page")
        assert page.overflow() == [], path
        if path != "/docs/errors":
            large = "return document.documentElement.classList.contains('elder')"
            page.until(lambda large=large: page.script(large) == elder, path)  # type: ignore[misc]
            assert page.small_targets(60 if elder else 44) == [], path


def test_consent_is_taken_back_in_the_settings(page: Page, draft: str) -> None:
    show(page, "/settings", draft)
    page.press("撤回同意", "main")
    page.press("撤回同意", "#sheet")
    page.until(lambda: "已经撤回" in page.text(), "the sentence")
    now = page.api("GET", f"/api/v1/drafts/{draft}")
    assert now["consent"]["given"] is False
    assert not [one for part in now["sections"] for one in part["fields"] if "查到的" in one["source"]]
    show(page, f"/form/{draft}", draft)
    page.press("改主意了，同意查询")
    page.until(lambda: "您同意查询" in page.text(), "the look-ups")


def test_nothing_sticks_out_on_a_narrow_phone_with_text_twice_as_large(page: Page, draft: str) -> None:
    page.size(320, 568)
    for elder in (False, True):
        page.api("POST", "/api/v1/prefs", {"elder": elder, "scale": 200})
        for view in VIEWS:
            show(page, view, draft)
            assert page.overflow() == [], (view, elder)
    page.one("#account")
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})


def test_lines_are_far_enough_apart(page: Page, draft: str) -> None:
    show(page, f"/form/{draft}", draft)
    close = page.script("""
        const ratio = (style) => parseFloat(style.lineHeight) / parseFloat(style.fontSize);
        return [...document.querySelectorAll('p, dd, dt, li, label, legend, summary, .button')]
          .filter((one) => one.offsetParent && ratio(getComputedStyle(one)) < 1.49)
          .map((one) => one.textContent.slice(0, 20));
    """)
    assert close == []


def field(page: Page, path: str) -> str:
    """The id of a field's box."""
    return f"#f-{path}-field"


def fill(page: Page, selector: str, words: str) -> None:
    found = page.one(selector)
    page.script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.send_keys(Keys.CONTROL, "a")
    found.send_keys(words)
    found.send_keys(Keys.TAB)


def test_an_answer_is_checked_as_soon_as_it_is_given(page: Page, draft: str) -> None:
    show(page, f"/form/{draft}", draft)
    fill(page, "#f-mother_phone", "1380013")
    page.until(lambda: "手机号是 11 位数字" in page.one(field(page, "mother_phone")).text, "the error")
    control = page.one("#f-mother_phone")
    assert control.get_attribute("value") == "1380013"
    assert control.get_attribute("aria-invalid") == "true"
    described = (control.get_attribute("aria-describedby") or "").split()
    assert any("手机号是 11 位数字" in page.one(f"#{one}").text for one in described)
    fill(page, "#f-mother_phone", "13800000202")
    page.until(lambda: "您自己填的" in page.one(field(page, "mother_phone")).text, "the value")
    assert page.all(f"{field(page, 'mother_phone')} .error") == []


def test_what_is_typed_without_a_line_is_saved_as_soon_as_there_is_one(page: Page, draft: str) -> None:
    show(page, f"/form/{draft}", draft)
    page.online(False)
    fill(page, "#f-mother_phone", "13800000201")
    page.until(lambda: "连上以后会自动接着来" in page.one(field(page, "mother_phone")).text, "the note")
    assert page.one("#f-mother_phone").get_attribute("value") == "13800000201"
    page.online(True)
    page.script("window.dispatchEvent(new Event('online'))")
    page.until(lambda: "您自己填的" in page.one(field(page, "mother_phone")).text, "the value")
    assert page.all(f"{field(page, 'father_phone')} .error") == []


def test_what_data_brought_is_read_only_and_says_why(page: Page, draft: str) -> None:
    show(page, f"/form/{draft}", draft)
    control = page.one("#f-mother_name")
    assert control.get_attribute("readonly")
    assert control.get_attribute("disabled") is None
    box = page.one(field(page, "mother_name")).text
    assert "来自" in box
    assert "不能直接改" in box
    page.script("arguments[0].focus()", control)
    assert page.script("return document.activeElement.id") == "f-mother_name"


def test_another_window_changed_the_form_and_nothing_typed_is_lost(page: Page, draft: str) -> None:
    show(page, f"/form/{draft}", draft)
    found = page.one("#f-baby_1__name")
    page.script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.send_keys("王小明")
    now = page.api("GET", f"/api/v1/drafts/{draft}")
    change = {"revision": now["revision"], "path": "mother.phone", "value": "13800000209"}
    page.api("PATCH", f"/api/v1/drafts/{draft}", change)
    found.send_keys(Keys.TAB)
    page.until(lambda: "您自己填的" in page.one(field(page, "baby_1__name")).text, "the answer to be saved")
    after = page.api("GET", f"/api/v1/drafts/{draft}")
    values = {one["path"]: one["value"] for section in after["sections"] for one in section["fields"]}
    assert (values["baby[1].name"], values["mother.phone"]) == ("王小明", "13800000209")


def test_what_is_filled_already_is_folded_away_until_somebody_looks(page: Page, draft: str) -> None:
    page.open(f"/form/{draft}")
    page.until(lambda: page.all("details.known summary"), "the folded parts")
    assert page.all("#f-mother_name") == []
    assert page.one("#f-mother_phone")
    page.tap(page.all("section.section details.known summary")[0])
    assert page.axe() == []
    assert page.small_targets(44) == []


def test_the_footer_leads_through_what_is_missing(page: Page, draft: str) -> None:
    show(page, f"/form/{draft}", draft)
    assert "还差" in page.one(".foot").text
    page.press("去填下一项")
    focused = page.browser.switch_to.active_element
    assert focused.tag_name in ("input", "select", "textarea")
    box = focused.find_element(By.XPATH, "./ancestor::*[contains(@class, 'missing')][1]")
    assert box.is_displayed()


def test_in_large_type_the_form_asks_one_thing_a_screen(page: Page, draft: str) -> None:
    page.api("POST", "/api/v1/prefs", {"elder": True, "scale": 100})
    page.open(f"/form/{draft}")
    page.until(lambda: page.all(".parts .field"), "the question")
    first = [one.get_attribute("id") for one in page.all(".parts .field")]
    assert len(first) == 1
    assert page.axe() == []
    assert page.small_targets(60) == []
    page.press("下一项")
    page.until(lambda: "请先填这一项" in page.one(".parts .field").text, "the error")
    page.tap(page.all(".parts .tick")[0])
    page.until(lambda: "您填的" in page.one(".parts .field").text, "the answer to be saved")
    assert [one.get_attribute("id") for one in page.all(".parts .field")] == first, "nothing moves under the finger"
    page.press("下一项")
    page.until(lambda: [one.get_attribute("id") for one in page.all(".parts .field")] != first, "the next question")
    assert len(page.all(".parts .field")) == 1
    assert page.script("return document.activeElement.classList.contains('field')"), "it is read out"
    assert page.overflow() == []
    page.press("上一项")
    page.until(lambda: [one.get_attribute("id") for one in page.all(".parts .field")] == first, "the way back")
    page.press("看整张表")
    page.until(lambda: len(page.all(".parts .field")) > 3, "the whole form")
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})


def test_large_type_is_remembered(page: Page, draft: str) -> None:
    page.open("/settings")
    page.one("#elder").click()
    page.until(lambda: page.api("GET", "/api/v1/session")["elder"], "the choice to be kept")
    page.open("/")
    assert page.script("return document.documentElement.classList.contains('elder')")
    assert page.one("#elder").get_attribute("aria-pressed") == "true"
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})


def test_a_page_that_does_not_exist_says_so(page: Page) -> None:
    page.sign_in()
    page.open("/cases/33010620261122870476984")
    page.until(lambda: "没有找到" in page.text(), "the sentence")
    page.open("/form/nothing")
    page.until(lambda: "没有找到" in page.text(), "the sentence")


def test_the_docs_are_drawn_without_a_breach(page: Page) -> None:
    page.browser.get(f"{page.site}/docs")
    page.until(lambda: page.browser.find_elements(By.CSS_SELECTOR, ".opblock"), "the operations")
    assert [line for line in page.problems() if "Content Security" in line or "404" in line] == []
