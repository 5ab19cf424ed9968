"""Those who use the town over HTTP: a citizen with a browser, and a reviewer at the console."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import aiohttp

from bot.stand_ins import others_confirm
from tests.journeys.town import Town

Json = Any


class Browser:
    """Keeps cookies, follows no redirect by itself."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        town.visitors.append(self.http)

    async def send(self, method: str, path: str, **how: Any) -> tuple[int, Any]:
        """Status and body (JSON as data, everything else as text)."""
        url = path if path.startswith("http") else self.town.url + path
        async with self.http.request(method, url, allow_redirects=False, **how) as answer:
            self.location = answer.headers.get("Location", "")
            kind = answer.content_type
            return answer.status, await (answer.json() if kind.endswith("json") else answer.text())


class Citizen(Browser):
    """A talk on the web channel, and the form view beside it."""

    def __init__(self, town: Town, who: str) -> None:
        super().__init__(town)
        self.who, self.seq = who, 0
        self.blocks: list[Json] = []
        self.stage = self.draft_id = ""
        self.asked: list[str] = []
        """Questions that were put, each once."""

    async def api(self, method: str, path: str, expect: int | None = 200, /, **body: Any) -> Json:
        """Call the API; ``expect`` None lets any status pass and gives (status, body)."""
        status, answer = await self.send(method, f"/api/v1{path}", json=body or None if method != "GET" else None)
        if expect is None:
            return status, answer
        assert status == expect, (status, answer)
        return answer

    async def begin(self) -> Citizen:
        """A guest."""
        await self.api("POST", "/session")
        return self

    async def sign_in(self) -> Citizen:
        """To unified identity and back, as a browser goes."""
        status, _ = await self.send("GET", "/login")
        assert status == 303
        goto = self.location.partition("goto=")[2]
        status, page = await self.send("GET", self.location)
        assert status == 200, page
        form = {"who": self.who, "goto": unquote(goto)}
        assert form["goto"].startswith(f"{self.town.url}/login/back")
        status, page = await self.send("POST", f"{self.town.exchange}/sso/login", data=form)
        assert status == 303, page
        status, page = await self.send("GET", self.location)
        assert (status, self.location) == (303, "/"), page
        return self

    async def say(self, text: str, client_id: str = "") -> str:
        return await self._turn(client_id, text=text)

    async def press(self, action: str, client_id: str = "") -> str:
        return await self._turn(client_id, action=action)

    async def _turn(self, client_id: str, **said: str) -> str:
        reply = await self.api("POST", "/messages", client_id=client_id or uuid4().hex, **said)
        self.seq, self.blocks = max(self.seq, reply["seq"]), reply["blocks"]
        self.stage, self.draft_id = reply["stage"], reply["draft"]
        return self.plain

    async def hear(self, wait: float = 0) -> str:
        """What was said since the last time, by anybody."""
        heard = await self.api("GET", f"/messages?after={self.seq}&wait={wait}")
        self.seq, self.stage, self.draft_id = heard["seq"], heard["stage"], heard["draft"]
        self.blocks = [block for one in heard["messages"] for block in one["blocks"]]
        return self.plain

    @property
    def plain(self) -> str:
        return "\n".join(block["plain"] for block in self.blocks)

    def buttons(self) -> dict[str, str]:
        """Action id to label of everything that can be pressed now."""
        found = [one for block in self.blocks for one in [*(block.get("actions") or ()), *(block.get("items") or ())]]
        found += [block["done"] for block in self.blocks if block.get("done")]
        return {one["id"]: one["label"] for one in found}

    async def draft(self) -> Json:
        return await self.api("GET", f"/drafts/{self.draft_id}")

    async def next(self) -> str:
        """The question on the table, counted once."""
        key = (await self.draft())["next"]
        if key and key not in self.asked:
            self.asked.append(key)
        return key

    async def answer(self, answers: Mapping[str, str]) -> None:
        """Answer in the talk whatever it asks, until it asks nothing more or something ``answers`` does not know."""
        while self.stage in ("asking", "filling") and (key := await self.next()) in answers:
            said = await self.say(answers[key])
            if "act:yes" in self.buttons():
                await self.press("act:yes")
            assert self.stage not in ("asking", "filling") or await self.next() != key, (answers[key], said)

    async def field(self, path: str) -> Json:
        """A field of the form view."""
        sections = (await self.draft())["sections"]
        return next(one for section in sections for one in section["fields"] if one["path"] == path)

    async def change(self, path: str, value: Any, expect: int = 200, revision: int | None = None, do: str = "put",
                     reason: str = "") -> Json:
        """One change in the form page."""
        seen = (await self.draft())["revision"] if revision is None else revision
        return await self.api("PATCH", f"/drafts/{self.draft_id}", expect, path=path, value=value, revision=seen, do=do,
                              reason=reason)

    async def others_confirm(self) -> None:
        """Whoever else must confirm does so, and the citizen hears of it."""
        house = self.town.house
        if await others_confirm(house.confirmations, house.engine, house.forms, self.draft_id):
            await self.hear(10)

    async def sign(self) -> str:
        """From the check to the number, in the talk; whoever else must confirm does so first."""
        await self.others_confirm()
        await self.press("act:sign_now")
        assert self.stage == "signing", self.plain
        return await self.press("act:sign")

    async def number(self) -> str:
        """The number of the last case."""
        return (await self.cases())[0]["number"]

    async def cases(self) -> Sequence[Json]:
        return (await self.api("GET", "/cases"))["cases"]

    async def case(self, number: str) -> Json:
        return await self.api("GET", f"/cases/{number}")


class Reviewer(Browser):
    """A member of staff at the console."""

    async def sign_in(self, login: str = "reviewer") -> Reviewer:
        _, page = await self.send("GET", "/console/sign-in")
        form = {"csrf": _csrf(page), "login": login, "password": f"{login}-demo"}
        status, page = await self.send("POST", "/console/sign-in", data=form)
        assert status == 303, _words(page)
        return self

    async def act(self, number: str, what: str, **form: Any) -> None:
        """One decision on a case: ``open``, ``approve``, ``return``, ``reject``."""
        status, page = await self.post(f"/console/cases/{number}", f"/console/cases/{number}/{what}", form)
        assert status == 303, (status, _words(page))

    async def post(self, page_path: str, path: str, form: Mapping[str, Any]) -> tuple[int, str]:
        status, page = await self.send("GET", page_path)
        assert status == 200, (status, _words(page))
        return await self.send("POST", path, data={"csrf": _csrf(page), **form})

    async def approve(self, number: str) -> None:
        await self.act(number, "open")
        await self.act(number, "approve", looked="1")

    async def return_(self, number: str, about: str, says: str) -> None:
        await self.act(number, "open")
        await self.act(number, "return", about=about, **{f"says:{about}": says})


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, _words(page)
    return html.unescape(found[1])


def _words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(page)))[:600]
