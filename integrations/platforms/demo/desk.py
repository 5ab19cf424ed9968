"""The operator's desk of the demo province: a page to watch and steer by, and the same switches for programs.

It is open to whoever sits at this machine; others, and forms from foreign pages, are turned away.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from yarl import URL

from integrations.demo_server import from_own_page, operators_here, page
from integrations.platforms.demo.filing import Problem
from integrations.platforms.demo.overview import overview, render
from integrations.platforms.demo.province import Province

Advance = Callable[[float], Awaitable[int]]
Order = Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]]


def add_desk(app: web.Application, province: Province, advance: Advance) -> None:
    """Add the page at ``/``, its data at ``/_state``, and the switches."""

    async def show(request: web.Request) -> web.Response:
        seen = await asyncio.to_thread(overview, province)
        return page(render(seen, watch="watch" in request.query, says=request.query.get("says", "")[:200]))

    async def state(request: web.Request) -> web.Response:
        return _json(await asyncio.to_thread(overview, province))

    app.middlewares.append(operators_here)
    app.router.add_get("/", show)
    app.router.add_get("/_state", state)
    for name, order in _orders(province, advance).items():
        app.router.add_post(f"/_{name}", _route(order))


def _orders(province: Province, advance: Advance) -> dict[str, Order]:
    def order(do: Callable[[dict[str, Any]], None]) -> Order:
        async def run(wish: dict[str, Any]) -> None:
            await asyncio.to_thread(do, wish)
            await advance(0)

        return run

    async def tick(wish: dict[str, Any]) -> dict[str, Any]:
        return {"steps": await advance(_number(wish, "seconds"))}

    return {
        "tick": tick,
        "behave": order(province.behave),
        "callbacks": order(lambda wish: province.use_callbacks(str(wish.get("mode", "")))),
        "speed": order(lambda wish: province.use_speed(_number(wish, "speed"))),
        "down": order(lambda wish: province.use_down(str(wish.get("on")).lower() in ("true", "1", "yes"))),
        "step": order(lambda wish: province.step(str(wish.get("leg", "")))),
        "press": order(lambda wish: province.press(
            str(wish.get("leg", "")), str(wish.get("event", "")), str(wish.get("about") or ""),
            str(wish.get("says") or "")[:200],
        )),
    }


def _number(wish: dict[str, Any], name: str) -> float:
    try:
        number = float(wish.get(name, ""))
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= 100_000_000:
        raise Problem("BAD_REQUEST", f"{name} 应为不小于 0 的数")
    return number


def _route(order: Order) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        if not from_own_page(request):
            raise web.HTTPForbidden(text="foreign page")
        form = request.content_type != "application/json"
        try:
            wish = dict(await request.post()) if form else json.loads(await request.text())
            done, status, says = await order(wish) or {}, 200, ""
        except Problem as problem:
            done, status, says = {"code": problem.name, "message": problem.says}, 409, problem.says
        except (ValueError, AttributeError, TypeError):
            done, status, says = {"code": "BAD_REQUEST"}, 400, "参数错误"
        if form:
            raise web.HTTPSeeOther(URL("/").with_query({"says": says} if says else {}))
        return _json(done, status)

    return handle


def _json(value: Any, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, dumps=lambda data: json.dumps(data, ensure_ascii=False))
