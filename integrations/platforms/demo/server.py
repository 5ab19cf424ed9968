"""The demo province over HTTP: `make_app` for tests and for the process."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web

from core.ending import ended
from core.errors import OutsideError
from integrations.platforms.demo.desk import add_desk
from integrations.platforms.demo.filing import Problem
from integrations.platforms.demo.gate import Gate, answer
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.pusher import Pusher
from integrations.platforms.demo.storage import Storage
from integrations.platforms.demo.wire import STARS, read_package, write_process, written

log = structlog.get_logger(__name__)

PROVINCE = web.AppKey("province", Province)


class Advance:
    """Let the province's time pass by some seconds and send every callback that falls due."""

    def __init__(self, province: Province, pusher: Pusher) -> None:
        self._province, self._pusher = province, pusher

    async def __call__(self, seconds: float) -> int:
        """Returns the number of steps that departments took."""
        steps = await asyncio.to_thread(self._province.advance, seconds)
        await self._pusher.pump()
        return steps


ADVANCE = web.AppKey("advance", Advance)
"""``await app[ADVANCE](seconds)`` moves a province that is not live."""

_TICK = 0.25
_MOST_BYTES = 4_000_000


def make_app(
    file: str | Path, secret: str, callback_key: str, speed: float = 600.0, *, live: bool = True,
    caller: str = "yijianshi",
) -> web.Application:
    """The province on a database file. With ``live`` its time follows the real one; otherwise only `ADVANCE` moves it.

    ``speed`` counts for a new database; an old one remembers its own.
    """
    app = web.Application(client_max_size=_MOST_BYTES)
    province = Province(Storage(file, secret), speed)
    pusher = Pusher(province, callback_key)
    advance = Advance(province, pusher)
    app[PROVINCE], app[ADVANCE] = province, advance
    _add_counter(app, province, Gate(province, caller, secret))
    add_desk(app, province, advance)
    app.cleanup_ctx.append(_life(province, pusher, live))
    return app


def _add_counter(app: web.Application, province: Province, gate: Gate) -> None:
    async def package(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        door = await asyncio.to_thread(province.take, read_package(body))
        await asyncio.sleep(door.wait)
        if door.garbled:
            return web.Response(text="<html><body>系统错误</body></html>", content_type="text/html", charset="utf-8")
        taken = door.taken
        return answer({"APASNUM": taken.number, "RECEIVETIME": written(taken.received_at),
                       "DUPLICATE": "1" if taken.duplicate else "0"})

    async def withdraw(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.to_thread(province.withdraw, str(body.get("PROJID", "")), str(body.get("REASON") or ""))
        return answer()

    async def process(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        since = request.query.get("AFTER", "0")
        if not (since.isascii() and since.isdigit() and len(since) < 10):
            raise Problem("BAD_REQUEST", "参数错误：AFTER 应为序号")
        found = await asyncio.to_thread(province.events, request.query.get("PROJID", ""), int(since))
        return answer(write_process(*found))

    async def evaluate(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        stars = STARS.get(str(body.get("SATISFACTION")))
        if stars is None:
            raise Problem("BAD_REQUEST", "参数错误：SATISFACTION")
        tags = tuple(str(tag)[:20] for tag in body.get("TAGS") or ())
        await asyncio.to_thread(province.rate, str(body.get("REL_BUS_ID", "")), stars, tags)
        return answer()

    async def ping(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        return answer()

    app.router.add_post("/apas/v1/package", gate(package))
    app.router.add_post("/apas/v1/withdraw", gate(withdraw))
    app.router.add_get("/apas/v1/process", gate(process))
    app.router.add_post("/apas/v1/evaluate", gate(evaluate))
    app.router.add_get("/apas/v1/ping", gate(ping))


def _life(province: Province, pusher: Pusher, live: bool) -> Callable[[web.Application], AsyncIterator[None]]:
    async def life(app: web.Application) -> AsyncIterator[None]:
        loops = [asyncio.create_task(loop) for loop in (_work(province), _push(pusher))] if live else []
        yield
        await ended(*loops)
        await pusher.close()
        province.storage.close()

    return life


async def _work(province: Province) -> None:
    """Offices work as real time passes."""
    before = time.monotonic()

    async def tick() -> None:
        nonlocal before
        before, passed = (now := time.monotonic()), now - before
        if steps := await asyncio.to_thread(province.advance, passed):
            log.debug("province.worked", steps=steps)

    await _forever(tick)


async def _push(pusher: Pusher) -> None:
    """Callbacks go out beside the work, so that a slow receiver holds up nobody."""
    await _forever(pusher.pump)


async def _forever(tick: Callable[[], Awaitable[object]]) -> None:
    """One failure is told and does not end the day."""
    while True:
        await asyncio.sleep(_TICK)
        try:
            await tick()
        except (Problem, sqlite3.Error, OutsideError) as problem:
            log.warning("province.stumbled", problem=type(problem).__name__)
