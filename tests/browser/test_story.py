"""From the first sentence to the rating, on a phone."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.page import FATHER, Page
from tests.browser.reviewer import Reviewer, hurry

IN_SIGHT = """
    const asked = [...document.querySelectorAll(".turn.live h2")].at(-1), seen = asked && asked.getBoundingClientRect();
    const top = document.querySelector(".tabs").getBoundingClientRect().bottom;
    const bottom = document.querySelector(".composer").getBoundingClientRect().top;
    return !asked || (seen.top > top - 2 && seen.bottom < bottom);
"""


def answer_to(question: str, baby: str) -> str:
    """A prepared answer."""
    answers = {"手机": "13800000102", "叫什么": baby, "民族": "汉族"}
    found = [answer for words, answer in answers.items() if words in question]
    assert found, question
    return found[0]


def go_on(page: Page, baby: str, father: str) -> bool:
    """Answer what is asked; False when it is done."""
    turns, live = page.turns(), page.all(".turn.live")[-1]
    labels = [one.text for one in live.find_elements(By.CSS_SELECTOR, "button") if one.is_displayed()]
    question = [one.text for one in live.find_elements(By.CSS_SELECTOR, "h2")][-1:]
    if "已提交" in live.text and not any("提交" in label for label in labels):
        return False
    if any(label.startswith("发给") for label in labels):
        page.others_confirm(father)
        page.answered(turns)
        return True
    for words in ("同意并提交", "都对，去签字", "同意"):
        if any(label == words for label in labels):
            page.press(words, ".turn.live")
            page.answered(turns)
            return True
    if ticks := live.find_elements(By.CSS_SELECTOR, ".tick"):
        for tick in ticks[:3]:
            page.script("arguments[0].scrollIntoView({block: 'center'})", tick)
            tick.click()
        page.press("选好了", ".turn.live")
    elif choices := live.find_elements(By.CSS_SELECTOR, ".choices .button"):
        page.press(choices[0].text.split("\n")[0], ".turn.live")
    else:
        page.say(answer_to(question[0] if question else live.text, baby))
    page.answered(turns)
    return True


@pytest.mark.parametrize(
    ("elder", "who", "father", "baby"),
    [(False, FATHER, "陈一民", "陈小雨"), (True, "family_10_second_child-1", "罗海涛", "罗小雨")],
    ids=["normal", "elder"],
)
def test_a_newborn_from_the_first_sentence_to_the_rating(
    page: Page, elder: bool, who: str, father: str, baby: str
) -> None:
    page.forget_drafts(who).open()
    if elder:
        page.one("#elder").click()
        page.until(lambda: page.script("return document.documentElement.classList.contains('elder')"), "large type")
        assert float(page.script("return parseFloat(getComputedStyle(document.body).fontSize)")) >= 24
    page.until(lambda: page.turns() > 0, "the greeting")
    page.say("我媳妇刚生了，要办啥手续")
    page.answered(1)
    assert "新生儿出生" in page.text()
    page.press("登录", "main")
    page.tap(page.person(father))
    page.until(lambda: any("同意" in one.text for one in page.all(".turn.live button")), "the consent")
    for _ in range(20):
        assert page.overflow() == []
        assert page.small_targets(60 if elder else 44) == []
        page.until(lambda: page.script(IN_SIGHT), "the question in sight")
        if not go_on(page, baby, father):
            break
    page.until(lambda: "已提交" in page.text(), "the case")
    number = str(page.one("main a[href^='/cases/']").get_attribute("href")).rpartition("/")[2]
    hurry(page.site)
    Reviewer(page.site).approve(number)
    page.until(lambda: "全部办好了" in page.text(), "the results")
    page.press("非常满意", ".turn.live")
    page.press("提交评价", ".turn.live")
    page.until(lambda: "谢谢您的评价" in page.text(), "the thanks")
    assert page.small_targets(60 if elder else 44) == []
    page.tap(page.all("main a[href^='/cases/']")[-1])
    page.until(lambda: "各部门进度" in page.text(), "the case page")
    assert "非常满意" in page.text()
    assert page.overflow() == []
    assert page.problems() == []


def test_what_a_guest_said_is_still_there_after_signing_in(page: Page) -> None:
    page.forget_drafts("family_08_grandfather-1").open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.say("我媳妇刚生了，要办啥手续")
    page.answered(1)
    page.press("登录", "main")
    page.tap(page.person("沈家明"))
    page.until(lambda: any("同意" in one.text for one in page.all(".turn.live button")), "the consent")
    assert "我媳妇刚生了" in page.text()
    assert "登录" not in [one.text for one in page.all(".turn button")]


def test_whoever_reads_further_up_is_told_of_what_comes_and_follows_their_own_words(page: Page) -> None:
    page.size(390, 500)
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    for words in ("我想开个小饭店", "我下个月到退休年龄了"):
        turns = page.turns()
        page.say(words)
        page.answered(turns)
    page.script("window.scrollTo(0, 0)")
    turns = page.turns()
    page.say("我媳妇刚生了，要办啥手续")
    page.answered(turns)
    page.until(lambda: page.script(
        "const last = [...document.querySelectorAll('.log .block')].at(-1).getBoundingClientRect();"
        "return last.bottom > 60 && last.top < innerHeight"), "the answer in sight")


def test_the_talk_is_still_there_after_reloading(page: Page) -> None:
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.say("我下个月到退休年龄了")
    page.answered(1)
    before = page.text()
    page.open()
    page.until(lambda: page.turns() >= 3, "the talk")
    assert page.text() == before


def test_what_is_said_without_a_network_is_sent_once_there_is_one(page: Page) -> None:
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.online(False)
    page.say("你好呀")
    page.until(lambda: "连上网会自动再送" in page.text(), "the note")
    page.online(True)
    page.script("window.dispatchEvent(new Event('online'))")
    page.until(lambda: "连上网会自动再送" not in page.text() and page.turns() >= 3, "the answer")
    said = page.api("GET", "/api/v1/messages")["messages"]
    assert [one["text"] for one in said if one["role"] == "citizen"] == ["你好呀"]


def test_markup_stays_text(page: Page) -> None:
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    page.say("<img src=x onerror=alert(1)><b>粗</b>")
    page.answered(1)
    assert "<img src=x onerror=alert(1)>" in page.text()
    assert page.all(".log img, .log b") == []
    assert page.problems() == []


def test_with_the_keyboard_alone(page: Page) -> None:
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    body = page.browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert page.script("return document.activeElement.className") == "skip"
    page.browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.script("return document.activeElement.id") == "main"
    _tab_to(page, "新生儿出生")
    turns = page.turns()
    page.browser.switch_to.active_element.send_keys(Keys.ENTER)
    page.answered(turns)
    assert page.script("return document.activeElement.classList.contains('turn')"), "the focus follows the talk"
    _tab_to(page, "登录")
    page.browser.switch_to.active_element.send_keys(Keys.ENTER)
    page.until(lambda: page.script("return document.activeElement.id === 'sheet-title'"), "the sheet")
    _tab_to(page, "陈一民")
    page.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.until(lambda: not page.all("#sheet"), "the sheet to close")
    assert "登录" in page.browser.switch_to.active_element.text, "the focus comes back"


def _tab_to(page: Page, words: str) -> None:
    for _ in range(40):
        page.browser.switch_to.active_element.send_keys(Keys.TAB)
        focused = page.browser.switch_to.active_element
        if words in focused.text:
            outline = page.script("return getComputedStyle(document.activeElement).outlineWidth")
            assert float(outline.removesuffix("px")) >= 2, "the focus is seen"
            return
    raise AssertionError(f"never came to {words}")


def test_a_person_signed_in_goes_on_in_a_second_window(page: Page) -> None:
    page.sign_in(FATHER).open()
    page.until(lambda: page.turns() > 0, "the talk")
    first = page.browser.current_window_handle
    page.browser.switch_to.new_window("tab")
    try:
        page.open()
        page.until(lambda: page.turns() > 0, "the talk")
        turns = page.turns()
        page.say("查进度")
        page.answered(turns)
        words = page.text()
    finally:
        page.browser.close()
        page.browser.switch_to.window(first)
    page.until(lambda: page.text() == words, "the same talk in the first window")
