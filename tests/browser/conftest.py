"""A really running app, and a headless Chromium that opens its page."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from tests.browser.page import Page

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
READY_SECONDS = 400
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None or DRIVER is None:
                item.add_marker(pytest.mark.skip(reason="chromium and chromedriver are not installed"))


def four_ports() -> int:
    """The first of four free ports in a row, below those that outgoing connections are given."""
    for _ in range(200):
        first = random.randrange(20000, 32000)
        if all(_free(first + step) for step in range(4)):
            return first
    raise RuntimeError("no four free ports in a row")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, trained: Path) -> Iterator[str]:
    """The address of the app, started as a stranger starts it, but with the recogniser that this run has trained."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "nlu").mkdir()
    shutil.copy(trained, folder / "nlu" / "local.json")
    port = four_ports()
    settings = {"YJS_DATA_DIR": str(folder), "YJS_PORT": str(port), "YJS_RATE_PER_PERSON": "1000",
                "YJS_RATE_PER_ADDRESS": "100000",
                "YJS_SOURCES_TIMEOUT": "15", "YJS_PREFILL_BUDGET": "25"}
    with (folder / "out.log").open("wb") as log:
        app = subprocess.Popen(
            [sys.executable, "-m", "bot.cli.main", "serve"], env=os.environ | settings, stdout=log, stderr=log,
            cwd=Path(__file__).parents[2],
        )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", app, folder / "out.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        app.terminate()
        app.wait(120)


def _wait(url: str, app: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and app.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the app did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One browser for all tests."""
    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    browser.set_script_timeout(120)
    yield browser
    browser.quit()


@pytest.fixture
def page(site: str, chromium: webdriver.Chrome) -> Iterator[Page]:
    """The page at phone width, for somebody who was never here."""
    chromium.get(f"{site}/healthz")
    chromium.delete_all_cookies()
    chromium.execute_script("sessionStorage.clear()")
    found = Page(chromium, site)
    found.size(390, 844)
    chromium.get_log("browser")
    yield found
    found.online(True)
    chromium.get("about:blank")
