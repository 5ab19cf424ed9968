"""The mini-program's pages drawn in Chromium: nothing sticks out, nothing is too small to hit or too faint to read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from deploy.mini_pictures import SHOWN, Screen, draw, size
from tests.browser.page import AXE
from tests.miniprogram.packages import node_with_packages

STICKS_OUT = """
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll(".window *")]
      .filter((one) => !one.closest("[data-x]") && one.getBoundingClientRect().right > wide + 0.5)
      .map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 20)}`).slice(0, 5);
"""
TOO_SMALL = """
    const least = arguments[0];
    return [...document.querySelectorAll(".window :is(wx-button, wx-navigator, wx-input, wx-textarea, .tick)")]
      .map((one) => [one, one.getBoundingClientRect()]).filter(([, seen]) => seen.height < least || seen.width < 44)
      .map(([one, seen]) => `${one.className} ${one.textContent.slice(0, 20)} ${seen.width} x ${seen.height}`);
"""
TOO_FAINT = """
    const done = arguments[0];
    axe.run(document, {runOnly: ["color-contrast"]}).then((found) => done(found.violations.flatMap((one) =>
      one.nodes.map((node) => node.html.slice(0, 120)))), (error) => done([String(error)]));
"""


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> list[Screen]:
    """Every screen as Node drew it."""
    node_with_packages(pytestconfig)
    return draw(tmp_path_factory.mktemp("screens"))


@pytest.fixture
def window(chromium: Chrome) -> Iterator[Chrome]:
    yield chromium
    chromium.get("about:blank")


def test_the_sheets_show_every_kind_of_page_but_the_lists(screens: list[Screen]) -> None:
    pages = {one.page for one in screens}
    assert pages - {one.page for one in screens if one.name in SHOWN} == {"forms", "guides"}
    assert len(screens) == 2 * len({one.name for one in screens})


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_every_page_fits_and_can_be_hit_and_read(window: Chrome, screens: list[Screen], elder: bool) -> None:
    wrong: dict[str, list[str]] = {}
    for screen in (one for one in screens if one.elder == elder):
        size(window, 390, 844)
        window.get(screen.file.as_uri())
        assert window.execute_script("return document.querySelectorAll('.window *').length") > 3, screen.name
        window.execute_script(AXE)
        found = [*window.execute_async_script(TOO_FAINT), *window.execute_script(TOO_SMALL, 60 if elder else 44)]
        for width in (390, 320):
            size(window, width, 844)
            found += [f"{width}: {one}" for one in window.execute_script(STICKS_OUT)]
        if found:
            wrong[screen.name] = found
    assert wrong == {}
