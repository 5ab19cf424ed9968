"""The console in a real browser: the queue refreshes itself, nothing is wider than a phone, no policy is broken."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from cases.models import Case
from core.clock import now, today
from intents.models import Heard, ModelVersion
from intents.training.comparing import Change
from intents.training.evaluation import measured
from intents.training.measures import Evaluation
from intents.training.reading import Answer
from intents.training.versions import keep_evaluation
from tests.console.pictures import SIZES, Camera, run

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromedriver"), reason="needs chromium and its driver"),
]
DRAWN = "return [...document.querySelectorAll('[data-chart]')].every(one => one.querySelector('canvas'))"
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
        asyncio.run_coroutine_threadsafe(_of(change), loop).result(60)
        chrome.execute_script(REFRESH)
        WebDriverWait(chrome, 60).until(lambda c: "改过的名字" in c.page_source)
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


def look_at_versions(url: str, folder: Path, paths: tuple[str, ...]) -> tuple[int, list[str]]:
    """How many charts were drawn, and what the browser complained of; no page is wider than a phone."""
    camera, drawn = Camera(url, folder), 0
    chrome, (width, height) = camera.chrome, SIZES["phone"]
    try:
        camera.sign_in("operator")
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": True})
        for path in paths:
            camera.open(path)
            WebDriverWait(chrome, 60).until(lambda c: c.execute_script(DRAWN))
            drawn += len(chrome.find_elements(By.CSS_SELECTOR, "[data-chart]:has(canvas)"))
            assert chrome.execute_script("return document.documentElement.scrollWidth") <= width, path
        return drawn, [line["message"] for line in chrome.get_log("browser")]
    finally:
        chrome.quit()


async def two_versions() -> None:
    """One published, one better."""
    for right in (12, 18):
        answers = [Answer(text="x", truth="retirement", best="retirement" if n < right else "newborn_birth",
                          three=(), score=n / 20, band="act") for n in range(20)]
        version = await ModelVersion.create(
            digest="d", engine="local", recipe="r", examples="e", file="f", sentences=20, intents=2, by="staff:x",
            by_name="甲", at=now())
        change = Change(text="很长的一句话" * 30, source="heard", truth="", before="retirement", after="newborn_birth",
                        turn="other", score_before=0.1, score_after=0.2)
        await keep_evaluation(version, Evaluation(
            folds=measured(answers), against=1 if right == 18 else None, changes=(change,), changed=1))
    await Heard.create(day=today(), channel="web", text="x", key="k", band="act", best="retirement")


async def _of(change: object) -> None:
    await change  # type: ignore[misc]


def test_a_real_browser(tmp_path: Path) -> None:
    place = "/understanding/versions"
    paths = (place, f"{place}/2", f"{place}/compare?a=1&b=2", "/understanding/golden")

    async def act(url: str, made: dict[str, str]) -> None:
        said = await asyncio.to_thread(look, url, tmp_path, made, asyncio.get_running_loop())
        assert said == []
        await two_versions()
        assert await asyncio.to_thread(look_at_versions, url, tmp_path, paths) == (4, [])

    asyncio.run(run(act))
