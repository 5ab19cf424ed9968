"""The way into the demo WeChat: the world a call is about, how it is answered, what goes wrong on purpose."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from aiohttp import web

from integrations.channels.wechat.demo.world import World

WORLD: web.AppKey[World] = web.AppKey("world")
SLOW_SECONDS = 6.0
"""That an answer takes under the fault ``slow``."""
OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}


def answer(found: dict[str, Any]) -> web.Response:
    """JSON as WeChat sends it: labelled text/plain."""
    return web.Response(body=orjson.dumps(found), content_type="text/plain", charset="utf-8")


def error(code: int, says: str) -> dict[str, Any]:
    """A refusal, as WeChat words it."""
    return {"errcode": code, "errmsg": f"{says} rid: demo-{code}"}


async def faulty(world: World, path: str) -> web.Response | None:
    """What goes wrong on purpose, if anything."""
    world.calls.append(path)
    if world.fault == "slow":
        await asyncio.sleep(SLOW_SECONDS)
    if world.fault == "down":
        return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
    if world.fault == "garbled":
        return web.Response(text="<html>?</html>", content_type="text/html")
    if world.codes.get(path):
        code = world.codes[path].pop(0)
        return answer(error(code, "as it was told to say"))
    return answer(error(-1, "system error")) if world.fault == "busy" else None
