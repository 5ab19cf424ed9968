"""The signed door of the province: who calls, when, and for the first time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from core import clock
from integrations.platforms.demo.filing import Problem
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.wire import CODES
from integrations.platforms.signing import fresh, same, sign

Signed = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


class Gate:
    """Lets signed requests through to handlers and turns what they raise into answers."""

    def __init__(self, province: Province, caller: str, secret: str) -> None:
        self._province, self._caller, self._secret = province, caller, secret

    def __call__(self, handler: Signed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """A route's handler that is reached by signed requests only."""

        async def enter(request: web.Request) -> web.StreamResponse:
            try:
                body = await request.read()
                await self._verify(request, body)
                return await handler(request, _json(body))
            except Problem as problem:
                return refuse(problem)

        return enter

    async def _verify(self, request: web.Request, body: bytes) -> None:
        head = request.headers
        caller, timestamp, nonce = (head.get(f"X-{name}", "") for name in ("Caller", "Timestamp", "Nonce"))
        if self._province.down:
            raise Problem("UPSTREAM_DOWN", "平台维护中")
        if caller != self._caller:
            raise Problem("AUTH_SCOPE", "no permission")
        parts = (request.method, request.path_qs, caller, timestamp, nonce)
        if not same(sign(self._secret, [*(part.encode() for part in parts), body]), head.get("X-Sign", "")):
            raise Problem("AUTH_SIGN", "invalid signature")
        if not fresh(timestamp, clock.now()):
            raise Problem("AUTH_CLOCK", "timestamp")
        if not nonce or not await asyncio.to_thread(self._province.new_nonce, nonce):
            raise Problem("REPLAY", "nonce already used")


def _json(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        read = json.loads(body)
    except ValueError as problem:
        raise Problem("BAD_REQUEST", "参数错误：不是 JSON") from problem
    if not isinstance(read, dict):
        raise Problem("BAD_REQUEST", "参数错误：不是对象")
    return read


def answer(data: dict[str, Any] | None = None) -> web.Response:
    """Success, with what was asked for."""
    return _answer({"code": CODES["OK"], "message": "成功", "data": data or {}})


def refuse(problem: Problem) -> web.Response:
    """A failure. A platform that is down has no manners: plain text, as its proxy would say it."""
    if problem.name == "UPSTREAM_DOWN":
        return web.Response(status=503, text="Service Unavailable")
    return _answer({"code": CODES.get(problem.name, CODES["UNKNOWN"]), "message": problem.says})


def _answer(body: dict[str, Any]) -> web.Response:
    return web.json_response(body, dumps=lambda value: json.dumps(value, ensure_ascii=False))
