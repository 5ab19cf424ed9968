"""The console in a real browser: the queue refreshes itself, nothing is wider than a phone, no policy is broken."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from cases.models import Case
from tests.console.pictures import SIZES, Camera, run

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromedriver"), reason="needs chromium and its driver"),
]
REFRESH = """
const list = document.getElementById('list');
htmx.ajax('GET', list.getAttribute('hx-get'), {target: '#list', swap: list.getAttribute('hx-swap')});
"""


def look(url: str, folder: Path, made: dict[str, str], loop: asyncio.AbstractEventLoop) -> list[str]:
    camera = Camera(url, folder)
    chrome = camera.chrome
    try:
        camera.sign_in("reviewer")
        open_link = chrome.find_element(By.CSS_SELECTOR, f'a[href$="{made["open"]}"]')
        chrome.execute_script("arguments[0].focus()", open_link)
        change = Case.filter(number=made["open"]).update(title="改过的名字")
        asyncio.run_coroutine_threadsafe(_of(change), loop).result(10)
        chrome.execute_script(REFRESH)
        WebDriverWait(chrome, 10).until(lambda c: "改过的名字" in c.page_source)
        assert chrome.switch_to.active_element.get_attribute("href").endswith(made["open"])
        width, height = SIZES["phone"]
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": True})
        for path in ("/queue", f"/cases/{made['again']}", f"/cases/{made['open']}/return", "/tasks", "/ratings"):
            camera.open(path)
            assert chrome.execute_script("return document.documentElement.scrollWidth") <= width, path
        return [line["message"] for line in chrome.get_log("browser")]
    finally:
        chrome.quit()


async def _of(change: object) -> None:
    await change  # type: ignore[misc]


def test_a_real_browser(tmp_path: Path) -> None:
    async def act(url: str, made: dict[str, str]) -> None:
        said = await asyncio.to_thread(look, url, tmp_path, made, asyncio.get_running_loop())
        assert said == []

    asyncio.run(run(act))
