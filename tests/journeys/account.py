"""Somebody's WeChat, opened at the demo's official account: what they say and tap there, and what they read."""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import unquote, urljoin

from yarl import URL

from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.demo.server import make_app
from integrations.demo_server import running
from tests.journeys.people import Browser, Citizen, Json
from tests.journeys.town import Town

PATIENCE = 120.0
"""Seconds for an answer to appear on a machine that is busy with other things."""


async def open_with_wechat(town: Town) -> str:
    """Start the app with the demo WeChat beside it; the address of its phones."""
    accounts = accounts_of(town.settings)
    url = await town.beside(running(make_app(accounts, town.url)))
    await town.open_app(wechat_api=url)
    return url


class Phone(Browser):
    """One of the demo's phones, over the page that shows it."""

    def __init__(self, town: Town, wechat: str, who: str) -> None:
        super().__init__(town)
        self.wechat, self.who, self.read = wechat, who, 0

    async def say(self, words: str, *until: str) -> str:
        """Write to the account; what it answers, as in `sees`."""
        return await self._act(until, do="say", text=words)

    async def tap(self, label: str, *until: str) -> str:
        """Tap the newest menu link, or choice of a menu message, with this label."""
        found = [id_ for one in await self.shown() for id_, words in _buttons(one) if words == label]
        assert found, (label, (await self.shown())[-1])
        return await self._act(until, do="tap", text=label, id=found[-1])

    async def _act(self, until: tuple[str, ...], **what: str) -> str:
        status, answer = await self.send("POST", f"{self.wechat}/_phone?who={self.who}", json=what)
        assert status == 200, answer
        return await self.sees(*until)

    async def sees(self, *until: str) -> str:
        """What the account wrote since the last time, as soon as one of these words stands in it."""
        end = time.monotonic() + PATIENCE
        while True:
            new = [one for one in await self.shown() if one["number"] > self.read and not one["mine"]]
            words = "\n".join([one["text"] + "".join(f"【{label}】" for _, label in one["choices"]) for one in new])
            assert "failed" not in {one["kind"] for one in new}, words
            if any(one in words for one in until):
                self.read = new[-1]["number"]
                return words
            assert time.monotonic() < end, (until, words)
            await asyncio.sleep(0.05)

    async def shown(self) -> list[Json]:
        """The whole chat."""
        status, state = await self.send("GET", f"{self.wechat}/_phone?who={self.who}")
        assert status == 200, state
        return state["shown"]

    async def open(self, page: Citizen, address: str) -> list[str]:
        """Follow a link of the chat in the phone's browser; every address on the way."""
        wechat = URL(self.wechat)
        page.http.cookie_jar.update_cookies(self.http.cookie_jar.filter_cookies(wechat), wechat)
        way = [address]
        while True:
            status, body = await page.send("GET", way[-1])
            if status not in (302, 303):
                assert status == 200, body
                return way
            way.append(urljoin(way[-1], page.location))


def _buttons(entry: Json) -> list[tuple[str, str]]:
    """(id, label) of everything in an entry of the chat that can be tapped."""
    links = re.findall(r'msgmenuid=([^"]*)">([^<]*)</a>', entry["text"])
    return [*((unquote(id_), label) for id_, label in links), *((id_, label) for id_, label in entry["choices"])]


def link_to(path: str, words: str) -> str:
    """The address of the first link in the chat that opens this page."""
    found = [one for one in re.findall(r'<a href="(http[^"]*)"', words) if unquote(one).endswith(f"to={path}")]
    assert found, words
    return found[0]
