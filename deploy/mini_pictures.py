"""Draw the mini-program without WeChat: ``python -m deploy.mini_pictures [FOLDER]``.

Node renders every page over the golden files of the checks and writes it as a web page; Chromium takes two pictures of
them for the documentation, one in usual and one in large type, and one of each screen for the demo WeChat. With FOLDER,
each screen is also put there as a picture of its whole length, to be looked at.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver

from deploy.pictures import FOLDER, browser
from integrations.channels.wechat.demo.screens import PICTURES, SCREENS, picture_of

CHECKS = Path(__file__).parents[1] / "tests" / "miniprogram"
SHOWN = tuple(SCREENS)
"""The screens of the sheet, in the order a citizen meets them."""
PHONE = (390, 844)
COLUMNS, SHRUNK, GAP = 7, 0.62, 14
TALLEST = 6000
QUALITY = 80
"""Of the pictures of single screens, in percent."""


@dataclass(frozen=True)
class Screen:
    """One page in one look, as a file that a browser opens."""

    name: str
    page: str
    elder: bool
    file: Path


def draw(folder: Path) -> list[Screen]:
    """Every screen in both looks, written into ``folder``. Raises `CalledProcessError` with what Node said."""
    subprocess.run(["node", str(CHECKS / "screens" / "draw.js"), str(folder)], check=True, timeout=240,
                   capture_output=True, text=True)
    found = json.loads((folder / "screens.json").read_text("utf-8"))["screens"]
    return [Screen(one["name"], one["page"], one["elder"], folder / one["file"]) for one in found]


def sheet(folder: Path, screens: list[Screen]) -> Path:
    """A page that shows these screens side by side, each as a phone shows it."""
    width, height = (round(side * SHRUNK) for side in PHONE)
    cells = "".join(f'<div><iframe src="{one.file.name}#phone"></iframe></div>' for one in screens)
    page = folder / "sheet.html"
    page.write_text(f"""<!doctype html><meta charset="utf-8"><style>
        body {{ margin: {GAP}px; display: grid; grid-template-columns: repeat({COLUMNS}, {width}px); gap: {GAP}px; }}
        html {{ background: #c9d0da; }}
        div {{ width: {width}px; height: {height}px; overflow: hidden; border-radius: 12px; }}
        iframe {{ width: {PHONE[0]}px; height: {PHONE[1]}px; border: 0; transform-origin: 0 0; }}
        iframe {{ transform: scale({SHRUNK}); }}
        </style>{cells}""", "utf-8")
    return page


def size(driver: webdriver.Chrome, width: int, height: int) -> None:
    """Give the window this inside."""
    wanted = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wanted)


def for_the_documentation(driver: webdriver.Chrome, folder: Path, screens: list[Screen]) -> None:
    """One sheet for each look."""
    rows = -(-len(SHOWN) // COLUMNS)
    width, height = (round(side * SHRUNK) + GAP for side in PHONE)
    for elder, name in ((False, "mini-program"), (True, "mini-program-large")):
        named = {one.name: one for one in screens if one.elder == elder}
        size(driver, width * COLUMNS + GAP, height * rows + GAP)
        driver.get(sheet(folder, [named[one] for one in SHOWN]).as_uri())
        driver.save_screenshot(str(FOLDER / f"{name}.png"))


def for_the_demo(driver: webdriver.Chrome, screens: list[Screen]) -> None:
    """One small picture of each screen of the sheet, in both looks, packaged with the demo WeChat."""
    PICTURES.mkdir(exist_ok=True)
    size(driver, *PHONE)
    for one in screens:
        if one.name in SHOWN:
            driver.get(f"{one.file.as_uri()}#phone")
            taken = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
            (PICTURES / picture_of(one.name, large=one.elder)).write_bytes(base64.b64decode(taken["data"]))


def one_by_one(driver: webdriver.Chrome, screens: list[Screen], into: Path) -> None:
    """Every screen in its whole length."""
    into.mkdir(parents=True, exist_ok=True)
    for one in screens:
        size(driver, *PHONE)
        driver.get(one.file.as_uri())
        size(driver, PHONE[0], min(int(driver.execute_script("return document.documentElement.scrollHeight")), TALLEST))
        driver.save_screenshot(str(into / f"{one.file.stem}.png"))


def main(into: Path | None) -> None:
    """Draw, and take the pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        screens = draw(folder)
        driver = browser(*PHONE, 1)
        try:
            for_the_documentation(driver, folder, screens)
            for_the_demo(driver, screens)
            if into is not None:
                one_by_one(driver, screens, into)
        finally:
            driver.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
