"""Take the README's three pictures from a running system: ``python deploy/pictures.py http://127.0.0.1:8000``.

It plays the newborn story to its case number first, so start from an empty data folder.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from bot.cli.demo import WHO, play

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)
SECONDS = 20


def browser(width: int, height: int, scale: float) -> webdriver.Chrome:
    """A fresh headless Chromium with a window of this size."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={tempfile.mkdtemp()}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return driver


def take(driver: webdriver.Chrome, name: str) -> None:
    """One picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    driver.save_screenshot(str(FOLDER / f"{name}.png"))


def wait_for(driver: webdriver.Chrome, words: str) -> None:
    """Until the page shows ``words``."""
    WebDriverWait(driver, SECONDS).until(lambda d: words in d.find_element(By.TAG_NAME, "body").text)


def citizen(url: str) -> None:
    """The talk after the first answer, and the form beside it."""
    driver = browser(390, 844, 2)
    driver.get(f"{url}/")
    wait_for(driver, "一件事")
    driver.execute_async_script(
        "const done = arguments[1]; fetch('/api/v1/demo/login', {method: 'POST', headers: {'Content-Type': "
        "'application/json'}, body: JSON.stringify({who: arguments[0]})}).then(() => done())", WHO,
    )
    asyncio.run(play(url, WHO, ("我媳妇刚生了，要办啥手续", "同意")))
    driver.get(f"{url}/")
    wait_for(driver, "户口跟谁")
    driver.implicitly_wait(1)
    take(driver, "chat")
    driver.get(f"{url}/form")
    wait_for(driver, "您的情况")
    driver.execute_script(
        "const part = document.querySelector('.panel.section'); part.querySelector('details.known').open = true; "
        "part.scrollIntoView({block: 'start'})")
    take(driver, "form")
    driver.quit()


def reviewer(url: str) -> None:
    """The case as a reviewer decides on it."""
    asyncio.run(play(url, WHO, ()))
    driver = browser(1280, 860, 1.5)
    driver.get(f"{url}/console/")
    driver.find_element(By.NAME, "login").send_keys("reviewer")
    driver.find_element(By.NAME, "password").send_keys("reviewer-demo")
    driver.find_element(By.NAME, "password").submit()
    wait_for(driver, "办件队列")
    driver.get(driver.find_element(By.CSS_SELECTOR, "a[href*='/cases/']").get_attribute("href") or url)
    wait_for(driver, "预审发现")
    take(driver, "console")
    driver.quit()


if __name__ == "__main__":
    citizen(sys.argv[1])
    reviewer(sys.argv[1])
