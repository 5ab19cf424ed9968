"""A whole town in one process: the demo exchange, the demo province and the app, speaking real HTTP on loopback."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr
from tortoise.backends.base.executor import EXECUTOR_CACHE

from bot.app import make_app
from bot.house import House, open_house
from cases.models import Case, CaseEvent, Outbox
from cases.upkeep.reconcile import Report
from core.clock import now
from core.jobs import LocalBroker
from core.settings import Settings
from integrations.demo_exchange import make_app as make_exchange
from integrations.demo_server import running
from integrations.platforms.demo.server import PROVINCE
from integrations.platforms.demo.server import make_app as make_province

SECRETS = {
    "secret_key": "journey-secret-key", "pii_key": "00112233445566778899aabbccddeeff", "index_key": "ab" * 32,
    "sources_secret": "journey-sources", "platform_secret": "journey-platform",
    "platform_callback_key": "journey-callback",
}
WORKING_DAY_A_SECOND = 8 * 3600.0
"""The speed of the province: one working day a second of its clock."""


PATIENT = {"sources_timeout": 20.0, "prefill_budget": 30.0}
"""Seconds, so that no story turns out otherwise on a machine that is busy with other things."""


class Town:
    """Opened with ``async with``; the app can be stopped and started again on the same address."""

    def __init__(self, folder: Path, database_url: str, redis_url: str, **settings: Any) -> None:
        self.folder, self.socket = folder, _free_socket()
        self.settings = Settings(
            data_dir=folder, database_url=database_url, redis_url=redis_url, port=self.socket.getsockname()[1],
            rate_per_person=100_000, rate_per_address=100_000, demo=True, notice_minutes=0,
            **{name: SecretStr(value) for name, value in SECRETS.items()}, **PATIENT | settings,
        )
        self._stack, self._app = AsyncExitStack(), AsyncExitStack()
        self.visitors: list[aiohttp.ClientSession] = []
        """Browsers, closed with the town."""
        self.house: House

    async def __aenter__(self) -> Town:
        exchange = make_exchange(
            app=self.settings.sources_app, secret=SECRETS["sources_secret"], origins=[self.settings.url]
        )
        self.exchange = await self._stack.enter_async_context(running(exchange))
        self.counter = make_province(
            self.folder / "province.db", SECRETS["platform_secret"], SECRETS["platform_callback_key"],
            WORKING_DAY_A_SECOND, live=False, caller=self.settings.platform_caller,
        )
        self.province = await self._stack.enter_async_context(running(self.counter))
        self.settings = self.settings.model_copy(update={
            "sources_url": self.exchange, "identity_url": f"{self.exchange}/sso", "platform_url": self.province,
        })
        self.http = await self._stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        return self

    async def __aexit__(self, *problem: object) -> None:
        async with asyncio.timeout(90):
            for browser in self.visitors:
                await browser.close()
            await self.close_app()
            await self._stack.aclose()
        self.socket.close()

    @property
    def url(self) -> str:
        return self.settings.url

    async def open_app(self, *, works: bool = True, **settings: Any) -> None:
        """Start the app; ``settings`` change it from here on."""
        EXECUTOR_CACHE.clear()  # kept by connection name: SQLite's placeholders would reach PostgreSQL
        self.settings = self.settings.model_copy(update=settings)
        self.house = await self._app.enter_async_context(open_house(self.settings, works=works))
        runner = web.AppRunner(await make_app(self.house), access_log=None, handle_signals=False, shutdown_timeout=1)
        await runner.setup()
        self._app.push_async_callback(runner.cleanup)
        await web.SockSite(runner, self.socket.dup()).start()

    async def beside(self, server: AbstractAsyncContextManager[str]) -> str:
        """One more server of the town, closed with it; its address."""
        return await self._stack.enter_async_context(server)

    async def close_app(self) -> None:
        """Stop the app; its database and its address stay."""
        await self._app.aclose()
        self._app = AsyncExitStack()

    def lend_address(self) -> None:
        """Let another process listen at our address, which stays taken: nobody else is given it meanwhile."""
        lent, self.socket = self.socket, _free_socket(self.settings.port)  # one that does not listen yet
        lent.close()

    async def order(self, name: str, **wish: Any) -> Mapping[str, Any]:
        """A switch of the province: ``tick``, ``behave``, ``callbacks``, ``down``, ``press`` ..."""
        async with self.http.post(f"{self.province}/_{name}", json=wish) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def fault(self, source: str, fault: str, seconds: float = 5.0) -> None:
        """A fault of the exchange."""
        wish = {"source": source, "fault": fault, "seconds": seconds}
        async with self.http.post(f"{self.exchange}/_faults", json=wish) as answer:
            assert answer.status == 200, await answer.text()

    async def work(self, days: float = 1, rounds: int = 1) -> None:
        """Offices work for some days, a round at a time; then everything that follows is done."""
        for _ in range(rounds):
            await self.order("tick", seconds=days)
            await self.settle()

    async def settle(self, seconds: float = 120) -> None:
        """Sweep until nothing is due, nobody is left to tell and no job runs."""
        until = time.monotonic() + seconds
        while True:
            await self.house.cases.sweep()
            await self.idle()
            await self.order("tick", seconds=0)
            if await self._quiet():
                return
            assert time.monotonic() < until, "the town does not come to rest"
            await asyncio.sleep(0.05)

    async def idle(self) -> None:
        """Until no job runs in this process."""
        broker = self.house.jobs.broker
        if isinstance(broker, LocalBroker):
            await asyncio.wait_for(broker.idle(), 90)

    async def told(self, seconds: float = 120) -> None:
        """Until everybody is told what the last sweep asked for: frozen hours pass faster than a busy worker reads."""
        until = time.monotonic() + seconds
        while await CaseEvent.filter(next_ask_at__not_isnull=True, asked__gt=0).exists():
            assert time.monotonic() < until, "somebody asked to tell the citizen did not"
            await asyncio.sleep(0.02)

    async def _quiet(self) -> bool:
        moment = now()
        busy = [
            Outbox.filter(state="due", next_at__lte=moment), Outbox.filter(state="claimed"),
            CaseEvent.filter(next_ask_at__not_isnull=True),
        ]
        return not any([await rows.exists() for rows in busy])

    async def sound(self) -> Report:
        """The reconciler's proof, which must hold at any time."""
        report = await self.house.cases.reconcile()
        assert report.sound, report.breaches
        return report

    def filing(self, leg_number: str) -> Any:
        """What the province holds of a leg, or None."""
        leg = self.counter[PROVINCE].storage.leg(leg_number)
        return leg.filing if leg else None

    def filed(self, case_number: str) -> list[tuple[str, int]]:
        """(leg, version) of every package the province took for a case."""
        legs = [leg for leg in self.counter[PROVINCE].storage.legs(1000) if leg.filing.parent == case_number]
        return sorted((leg.projid, int(version)) for leg in legs for version in leg.digests)

    async def case(self, number: str) -> Case:
        return await self.house.cases.case(number)


def _free_socket(port: int = 0) -> socket.socket:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    found.bind(("127.0.0.1", port))
    return found
