"""A reviewer at the console of the running app, without a browser."""

from __future__ import annotations

import html
import json
import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener


def hurry(site: str) -> None:
    """Departments of the demo province, which stands two ports further, need no time from now on."""
    address, _, port = site.rpartition(":")
    asked = Request(f"{address}:{int(port) + 2}/_speed", json.dumps({"speed": 1_000_000}).encode(),
                    {"Content-Type": "application/json"})
    with build_opener().open(asked) as answer:
        assert answer.status == 200


class Reviewer:
    """Signed in with the demo account."""

    def __init__(self, site: str, login: str = "reviewer") -> None:
        self._site, self._open = site, build_opener(HTTPCookieProcessor(CookieJar())).open
        self._post("/console/sign-in", "/console/sign-in", login=login, password=f"{login}-demo")

    def approve(self, number: str) -> None:
        """Approve a case; what a person must look at was looked at."""
        self._act(number, "open")
        self._act(number, "approve", looked="1")

    def return_(self, number: str, about: str, says: str) -> None:
        """Send a case back with one demand."""
        self._act(number, "open")
        self._act(number, "return", about=about, **{f"says:{about}": says})

    def reject(self, number: str, reason: str, remedy: str) -> None:
        """Refuse a case."""
        self._act(number, "open")
        self._act(number, "reject", reason=reason, remedy=remedy)

    def _act(self, number: str, what: str, **form: str) -> None:
        self._post(f"/console/cases/{number}", f"/console/cases/{number}/{what}", **form)

    def _post(self, page: str, path: str, **form: str) -> None:
        with self._open(self._site + page) as answer:
            token = re.search(r'name="csrf" value="([^"]+)"', answer.read().decode())
        assert token, page
        body = urlencode({"csrf": html.unescape(token[1]), **form}).encode()
        with self._open(Request(self._site + path, data=body)) as answer:  # our own site
            assert answer.status == 200
