"""The bench in a real browser: labelling with the keyboard alone, on a desk and on a phone, open to everybody."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from console.app import make_alone
from console.desk import ConsoleDesk
from intents.labels import accepted_labels
from intents.models import Heard
from intents.understand import Understander
from tests.browser.page import AXE
from tests.console.pictures import SIZES, Camera
from tests.intents.test_bench import BABY, SCHOOL, heard

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromedriver"), reason="needs chromium and its driver"),
]
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"


def breaches(chrome: Chrome) -> list[str]:
    """Breaches of accessibility on the page that is open."""
    chrome.execute_script(AXE)
    found = chrome.execute_async_script(
        f"const done = arguments[0]; axe.run(document, {{runOnly: {RULES}}}).then("
        "r => done(JSON.stringify(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' ')))))"
    )
    return list(json.loads(found))


SMALL = """
const pressed = "a, button, select, summary, label.check, input:not([type=hidden]):not([type=checkbox])";
const low = (one) => one.getBoundingClientRect().height && one.getBoundingClientRect().height < 43.5;
return [...document.querySelectorAll(pressed)].filter((one) => low(one) && !one.matches(".unseen, .skip"))
  .map((one) => one.tagName + " " + (one.innerText || one.name))"""


def small(chrome: Chrome) -> list[str]:
    """What a thumb cannot hit: lower than 44 px."""
    return list(chrome.execute_script(SMALL))


class Hands:
    """Somebody at the keyboard."""

    def __init__(self, camera: Camera) -> None:
        self.camera, self.chrome = camera, camera.chrome

    def size(self, name: str) -> None:
        width, height = SIZES[name]
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": name == "phone"})

    def sentence(self) -> str:
        """The sentence in hand."""
        return self.chrome.find_element(By.CSS_SELECTOR, ".utter.now h2").text

    def type(self, *keys: str) -> None:
        ActionChains(self.chrome).send_keys(*keys).perform()

    def until(self, words: str) -> None:
        """Until the page that says so stands, with its keys."""
        ready = "return document.readyState === 'complete' && document.body.innerText.includes(arguments[0])"
        WebDriverWait(self.chrome, 30).until(lambda chrome: chrome.execute_script(ready, words))


def label_by_hand(url: str, folder: Path) -> tuple[list[str], list[str]]:
    hands = Hands(Camera(url, folder))
    try:
        hands.camera.sign_in("operator")
        hands.size("desk")
        hands.camera.open("/understanding")
        found = [hands.sentence()]
        hands.type("1")
        hands.until("记成了“教育入学”")
        hands.type("u")
        hands.until("已撤销")
        hands.type("1")
        hands.until("记成了“教育入学”")
        found.append(hands.sentence())
        hands.type(Keys.ARROW_DOWN)
        found.append(hands.sentence())
        hands.type("o", Keys.ESCAPE, "/")
        hands.type("1 退休", Keys.ENTER)
        hands.until("没有叫“1 退休”的事")
        typed = "return document.querySelector('.utter.now [data-panel=\"/\"][open] input').value"
        found.append(hands.chrome.execute_script(typed))
        hands.type("s")
        hands.until("已跳过")
        hands.type("o")
        hands.type("1")
        hands.until("记成了“其他部门的事”")
        hands.type("w")
        return found, look_at_all(hands)
    finally:
        hands.chrome.quit()


def look_at_all(hands: Hands) -> list[str]:
    wrong = []
    for size, (width, _) in SIZES.items():
        hands.size(size)
        for path in ("", "/demand", "/labels", "?q=没有这句话", "/golden", "/versions"):
            hands.camera.open(f"/understanding{path}")
            wrong += [f"{path} {size}: {one} is small" for one in small(hands.chrome) if size == "phone"]
            wrong += [f"{path} {size}: {one}" for one in breaches(hands.chrome)]
            if hands.chrome.execute_script("return document.documentElement.scrollWidth") > width:
                wrong.append(f"{path} {size}: wider than the page")
    return wrong + [line["message"] for line in hands.chrome.get_log("browser") if "422" not in line["message"]]


async def test_an_operator_labels_with_the_keyboard(
    desk: ConsoleDesk, understander: Understander, tmp_path: Path,
) -> None:
    await heard("孩子要背书包啦咋报到", band="act", outcome="denied", chosen=SCHOOL)
    await heard("小本本咋弄", 2)
    await heard("出国的本子在哪里拿")
    await heard("娃娃那个事情", top=[[BABY, 0.4]])
    server = TestServer(make_alone(replace(desk, recogniser=understander)))
    await server.start_server()
    try:
        found, wrong = await asyncio.to_thread(label_by_hand, str(server.make_url("")).rstrip("/"), tmp_path)
    finally:
        await server.close()
    assert found == ["孩子要背书包啦咋报到", "小本本咋弄", "出国的本子在哪里拿", "1 退休"]
    assert wrong == []
    assert [(one.text, one.intent) for one in await accepted_labels()] == [
        ("孩子要背书包啦咋报到", SCHOOL), ("小本本咋弄", "out_of_scope.other_service")]
    assert {row.text for row in await Heard.filter(state="skipped")} == {"出国的本子在哪里拿"}
