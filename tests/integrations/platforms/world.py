"""One invented newborn's package, and a receiver of callbacks that keeps the rules a receiver must keep."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from core.errors import NotAuthorised, OutsideError
from integrations.demo_server import running
from integrations.platforms.base import Package, PackageMaterial, Party, Platform, PlatformEvent

SECRET, CALLBACK_KEY, CALLER = "test-secret", "test-callback-key", "yijianshi"
DAY = 8 * 3600
"""Seconds of a working day at speed 1."""

_PACKAGE = Package(
    case_number="33010620260720CS0000011", leg_number="33010620260720CS0000011-01", idempotency_key="k",
    one_thing="newborn_birth", one_thing_title="新生儿出生", item="household_registration", item_title="出生登记",
    item_version="3", department="公安", region="330106",
    applicant=Party("陈一民", "id_card", "33010619920512001X", "13800000001"),
    submitted_at=datetime(2026, 7, 20, 1, 0, tzinfo=UTC),
    form={"baby[1].name": "陈小满", "baby[1].birth_time": "2026-07-15T08:30", "baby[1].sex": "2",
          "father.birth_date": "1992-05-12", "father.sex": "1"},
    labels={"baby[1].name": "宝宝姓名", "baby[1].birth_time": "宝宝出生时间"},
    materials=(
        PackageMaterial("birth_certificate", "出生医学证明", "licence", "T990000001"),
        PackageMaterial("consent_letter", "同意书", "upload", "", ({"name": "a.pdf", "sha256": "0", "url": "/f"},)),
    ),
    promised_days=3, results=("居民户口簿", "公民身份号码"),
)


def package(number: int = 1, **changes: Any) -> Package:
    """The package of the leg with this number."""
    return replace(_PACKAGE, **{"leg_number": f"33010620260720CS0000011-{number:02d}", **changes})


def words(events: tuple[PlatformEvent, ...]) -> list[str]:
    return [event.kind for event in events]


@dataclass
class Receiver:
    """Stores before it answers, applies in order, each once, and pulls what is missing."""

    platform: Platform
    applied: dict[str, list[PlatformEvent]] = field(default_factory=dict)
    nonces: set[str] = field(default_factory=set)
    answers: list[int] = field(default_factory=list)
    fails: int = 0
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        answer = await self._take(request)
        self.answers.append(answer.status)
        return answer

    async def _take(self, request: web.Request) -> web.Response:
        if self.fails:
            self.fails -= 1
            return web.Response(status=500)
        try:
            event, nonce = self.platform.read_callback(request.headers, await request.read())
        except NotAuthorised:
            return web.Response(status=401)
        if nonce in self.nonces:
            return web.Response(status=409)
        self.nonces.add(nonce)
        known = self.applied.setdefault(event.leg_number, [])
        if event.seq == len(known) + 1:
            known.append(event)
        elif event.seq > len(known) + 1:
            await self.pull(event.leg_number)
        return web.json_response({"code": "200"})

    async def pull(self, leg: str) -> None:
        """Ask for what is missing; a platform that is down is asked another time."""
        known = self.applied.setdefault(leg, [])
        try:
            for event in await self.platform.events(leg, after=len(known)):
                if event.seq == len(known) + 1:
                    known.append(event)
        except OutsideError:
            return


@asynccontextmanager
async def receiving(platform: Platform) -> AsyncIterator[Receiver]:
    receiver = Receiver(platform)
    app = web.Application()
    app.router.add_post("/platform/callback", receiver.take)
    async with running(app) as url:
        receiver.url = f"{url}/platform/callback"
        yield receiver
