"""Large type as GB/T 37668 and the rules for older citizens ask: sizes, contrast, nothing by colour or movement."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.page import Page
from tests.browser.reviewer import Reviewer
from tests.browser.test_case import submitted

EIGHTEEN_POINTS = 24
VISIBLE = """
    const shown = (one) => one.offsetParent && getComputedStyle(one).visibility !== "hidden" && !one.closest(".unseen");
    const written = [...document.querySelectorAll("body *")].filter((one) => shown(one) && one.tagName !== "OPTION"
      && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
    const named = (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 16)}`;
"""
SMALL = VISIBLE + """
    return written.filter((one) => parseFloat(getComputedStyle(one).fontSize) < arguments[0] - 0.1).map(named);
"""
FAINT = VISIBLE + """
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([red, green, blue]) => [red, green, blue].map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
    const behind = (one) => {
      for (let at = one; at; at = at.parentElement) {
        const found = parts(getComputedStyle(at).backgroundColor);
        if (found.length < 4 || found[3] === 1) return found;
      }
      return [255, 255, 255];
    };
    const ratio = (one) => {
      const [high, low] = [light(parts(getComputedStyle(one).color)), light(behind(one))].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    };
    return written.map((one) => [ratio(one), one]).filter(([found]) => found < 4.5).map(([found, one]) =>
      `${found.toFixed(2)} ${named(one)}`);
"""
MOVING = """
    return document.getAnimations().filter((one) => one.playState === "running").length
      + [...document.querySelectorAll("body *")].filter((one) =>
          parseFloat(getComputedStyle(one).transitionDuration) > 0.01).length;
"""


@pytest.fixture
def views(page: Page, site: str) -> Iterator[tuple[Page, tuple[str, ...]]]:
    """The pages of somebody whose case came back."""
    number = submitted(page)
    Reviewer(site).return_(number, "baby[1].name", "名字里有一个字和医院登记的不一样，请再看一遍")
    page.api("POST", "/api/v1/prefs", {"elder": True, "scale": 100})
    draft = page.api("GET", f"/api/v1/cases/{number}")["draft"]
    yield page, ("/", "/cases", f"/cases/{number}", f"/form/{draft}", "/settings", "/guides/newborn_birth?elder=1")
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})


def opened(page: Page, view: str) -> None:
    page.browser.get(page.site + view)
    page.until(lambda: page.script("return document.documentElement.classList.contains('elder')"), view)
    page.until(lambda: len(page.text()) > 20 and "正在打开" not in page.text(), view)


def test_no_words_are_smaller_or_fainter_than_they_may_be(views: tuple[Page, tuple[str, ...]]) -> None:
    page, addresses = views
    for width in (390, 1280):
        page.size(width, 844)
        for view in addresses:
            opened(page, view)
            assert page.script(SMALL, EIGHTEEN_POINTS) == [], (view, width)
            assert page.script(FAINT) == [], (view, width)
            assert page.small_targets(60) == [], (view, width)


def test_whoever_wants_no_movement_sees_none(views: tuple[Page, tuple[str, ...]]) -> None:
    page, addresses = views
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": still})
    for view in addresses:
        opened(page, view)
        assert page.script(MOVING) == 0, view
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_what_a_colour_says_stands_there_in_words_too(views: tuple[Page, tuple[str, ...]]) -> None:
    """A chosen tab, a part's state, a place to mend and a wrong answer are told without their colours."""
    page, addresses = views
    opened(page, addresses[2])
    assert page.one(".tabs a[aria-current='page']").text == "我的办件"
    silent = page.script("""
        const without = (places, words) => [...document.querySelectorAll(places)].filter((one) => !words(one)).length;
        return without(".leg", (one) => one.textContent.includes("："))
          + without(".needs-you, .error:not(:empty), .badge", (one) => one.innerText);
    """)
    assert silent == 0
    opened(page, addresses[3])
    assert "这次只改" in page.text()
    marks = page.script("return getComputedStyle(Object.assign(document.querySelector('main').appendChild("
                        "document.createElement('p')), {className: 'error', textContent: 'x'}), '::before').content")
    assert "！" in marks
