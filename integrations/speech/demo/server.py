"""A recogniser to speak with over HTTP, in each of the shapes that the adapter knows, with faults to switch on."""

from __future__ import annotations

import asyncio
import base64
import binascii
from dataclasses import dataclass
from hmac import compare_digest

import orjson
from aiohttp import BodyPartReader, web

from integrations.speech.base import LARGEST
from integrations.speech.demo.sounds import heard

PATH = "/speech"
SLOW_SECONDS = 6.0


@dataclass
class Ear:
    """The recogniser of one application. ``fault`` is slow, down, garbled or empty; ``asked`` counts requests."""

    secret: str = ""
    fault: str = ""
    asked: int = 0


EAR = web.AppKey("ear", Ear)


def add_speech(app: web.Application, ear: Ear) -> None:
    """Add the route. An empty secret lets anybody ask."""
    app[EAR] = ear
    app.router.add_post(PATH, recognise)


async def recognise(request: web.Request) -> web.Response:
    """The words of a recording, at ``text`` and at ``result.0.text``."""
    ear = request.app[EAR]
    ear.asked += 1
    if ear.fault == "slow":
        await asyncio.sleep(SLOW_SECONDS)
    if ear.fault == "down":
        return web.Response(status=503, text="busy")
    if ear.fault == "garbled":
        return web.Response(text="<html>?</html>", content_type="text/html")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not compare_digest(given.encode(), ear.secret.encode()):
        return web.json_response({"error": "unknown caller"}, status=401)
    content = await _content(request.clone(client_max_size=2 * LARGEST))  # base64 is longer; other routes take less
    if content is None or len(content) > LARGEST:
        return web.json_response({"error": "no recording"}, status=400)
    words = "" if ear.fault == "empty" else heard(content)
    return web.json_response({"text": words, "result": [{"text": words}]})


async def _content(request: web.Request) -> bytes | None:
    """The recording, however it came."""
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename:
                return bytes(await part.read())
        return None
    body = await request.read()
    if request.content_type != "application/json":
        return body
    try:
        found = orjson.loads(body)
        return next((base64.b64decode(one) for name, one in found.items() if name in ("file", "audio", "data")), None)
    except (orjson.JSONDecodeError, binascii.Error, AttributeError, TypeError):
        return None
