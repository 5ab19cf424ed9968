"""The citizen's page as a person uses it: look, type, press, wait."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text("utf-8")
FATHER, TWINS = "family_01_three-1", "family_02_twins-1"
PATIENCE = 120.0
Found = TypeVar("Found")


def _confirms(site: str, who: str, token: str) -> bool:
    """Whether the link opens for this one of the demo people, who then confirms."""
    phone = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def send(path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(site + path, data, {"Content-Type": "application/json"} if data else {})
        with phone.open(asked, timeout=PATIENCE) as answer:
            return json.load(answer)

    try:
        send("/api/v1/demo/login", {"who": who})
        read = send(f"/api/v1/confirmations/{token}/text")
    except urllib.error.HTTPError:
        return False
    done = send(f"/api/v1/confirmations/{token}", {"decision": "confirmed", "seen": read["seen"]})
    return str(done["state"]) == "confirmed"


class Page:
    """One browser at one site."""

    def __init__(self, browser: Chrome, site: str) -> None:
        self.browser, self.site = browser, site

    def size(self, width: int, height: int) -> None:
        wanted = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wanted)

    def online(self, on: bool) -> None:
        speed = {"offline": not on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.browser.execute_cdp_cmd("Network.enable", {})
        self.browser.execute_cdp_cmd("Network.emulateNetworkConditions", speed)

    def open(self, path: str = "/") -> Page:
        self.browser.get(self.site + path)
        self.until(lambda: self.script("return document.documentElement.dataset.ready === 'yes'"), "the page")
        return self

    def script(self, code: str, *given: Any) -> Any:
        return self.browser.execute_script(code, *given)

    def until(self, look: Callable[[], Found], what: str) -> Found:
        """What ``look`` finds, as soon as it finds something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if found := look():
                    return found
            except StaleElementReferenceException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}; the page shows:\n{self.text()[-1500:]}")

    def text(self) -> str:
        return str(self.script("return document.querySelector('main').innerText"))

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """A request of the page's own session."""
        code = """
            const [method, path, body, done] = arguments;
            fetch(path, {method, headers: body ? {'Content-Type': 'application/json'} : {}, body: body || undefined})
              .then((answer) => answer.json()).then(done, (error) => done({problem: String(error)}));
        """
        return self.browser.execute_async_script(code, method, path, None if body is None else json.dumps(body))

    def sign_in(self, who: str = FATHER) -> Page:
        """As one of the demo people, behind the page's back. From a page that listens to nobody: one of the app's would
        lose its session in the middle of a request, and the browser would complain of that."""
        self.browser.get(f"{self.site}/healthz")
        assert self.api("POST", "/api/v1/demo/login", {"who": who})["signed_in"]
        return self

    def forget_drafts(self, who: str) -> Page:
        """Whatever another test left undone as ``who``; nobody is signed in after it."""
        self.sign_in(who)
        for draft in self.api("GET", "/api/v1/drafts")["drafts"]:
            self.api("DELETE", f"/api/v1/drafts/{draft['id']}")
        assert self.api("GET", "/api/v1/drafts")["drafts"] == []
        self.browser.delete_all_cookies()
        self.script("sessionStorage.clear()")
        return self

    def person(self, name: str) -> WebElement:
        """The button of one of the invented people, searched for on the sign-in sheet."""
        field = self.one("#family-search")
        field.clear()
        field.send_keys(name)
        return self.button(name, "#sheet")

    def others_confirm(self, name: str) -> None:
        """Whoever else the drafts of the one signed in wait for confirms on a phone of their own: somebody of the
        family of ``name``."""
        families = self.api("GET", "/api/v1/demo/people")["families"]
        people = [one["who"] for family in families for one in family["people"]
                  if any(each["name"] == name for each in family["people"])]
        for draft in self.api("GET", "/api/v1/drafts")["drafts"]:
            for other in self.api("GET", f"/api/v1/drafts/{draft['id']}")["others"]:
                if other["missing"]:
                    made = self.api("POST", f"/api/v1/drafts/{draft['id']}/confirmations", {"key": other["key"]})
                    token = str(made["url"]).rpartition("/")[2]
                    assert any(_confirms(self.site, who, token) for who in people), other

    def all(self, selector: str) -> list[WebElement]:
        return [one for one in self.browser.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]

    def one(self, selector: str) -> WebElement:
        return self.until(lambda: self.all(selector)[:1], selector)[0]

    def button(self, words: str, within: str = "") -> WebElement:
        """The last button that shows these words, and nothing else if there is one: the newest one counts."""
        def look() -> list[WebElement]:
            found = [one for one in self.all(f"{within} button, {within} a.button") if words in one.text]
            return ([one for one in found if one.text == words] or found)[-1:]

        return self.until(look, f"a button {words!r}")[0]

    def press(self, words: str, within: str = "") -> None:
        self.until(lambda: self.tap(self.button(words, within)), f"pressing {words!r}")

    def tap(self, found: WebElement) -> bool:
        """Click it in the middle of the screen, as a person scrolls before tapping."""
        self.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found)
        found.click()
        return True

    def say(self, words: str) -> None:
        field = self.one("#say")
        field.send_keys(words)
        field.send_keys(Keys.ENTER)

    def answered(self, turns: int) -> None:
        """Wait until there are more turns than before and nobody is typing."""
        self.until(
            lambda: self.turns() > turns and self.script(
                "return document.querySelector('.typing').hidden && "
                "!document.querySelector('.log').lastElementChild.classList.contains('citizen')"
            ), "an answer",
        )

    def turns(self) -> int:
        return int(self.script("return document.querySelectorAll('.turn').length"))

    def problems(self) -> list[str]:
        """What the console complained of: errors, refused resources, breaches of the policy."""
        return [line["message"] for line in self.browser.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]

    def overflow(self) -> list[str]:
        """What sticks out to the right."""
        return list(self.script("""
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.querySelectorAll('body *')]
              .filter((one) => one.getBoundingClientRect().right > wide + 1)
              .map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 30)}`).slice(0, 5);
        """))

    def small_targets(self, least: int) -> list[str]:
        """Buttons and choices lower than they must be."""
        return list(self.script("""
            const least = arguments[0];
            return [...document.querySelectorAll('.button, .tick, .tabs a, .bar-button, select, input.input')]
              .map((one) => [one, one.getBoundingClientRect().height])
              .filter(([one, height]) => one.offsetParent && height < least - 0.5)
              .map(([one, height]) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 20)} ${height}`);
        """, least))

    def axe(self) -> list[str]:
        """Breaches of accessibility rules, WCAG 2.2 AA and good practice."""
        self.script("window.scrollTo(0, 0)")  # what has slid under the bar would count as a small target
        self.script(AXE)
        found = self.browser.execute_async_script("""
            const done = arguments[0];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
              .then((result) => done(result.violations), (error) => done([{id: String(error), nodes: []}]));
        """)
        return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
