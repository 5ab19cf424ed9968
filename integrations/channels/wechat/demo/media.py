"""The demo WeChat's pictures and sounds: uploaded, and fetched by their id."""

from __future__ import annotations

from typing import Any

from aiohttp import BodyPartReader, web

from integrations.channels.wechat.demo.gate import error
from integrations.channels.wechat.demo.world import World

LARGEST = {"image": 10_000_000, "voice": 2_000_000, "video": 10_000_000, "thumb": 64_000}


async def taken(world: World, request: web.Request) -> dict[str, Any]:
    """Keep what was uploaded as ``media``; its id, or why not."""
    kind = request.query.get("type", "")
    if kind not in LARGEST:
        return error(40004, "invalid media type")
    if not request.content_type.startswith("multipart/"):
        return error(41005, "media data missing")
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "media":
            content = bytes(await part.read())
            if len(content) > LARGEST[kind]:
                break
            media_id = f"demo-{kind}-{len(world.media) + 1}"
            world.media[media_id] = part.headers.get("Content-Type", "application/octet-stream"), content
            return {"type": kind, "media_id": media_id, "created_at": int(world.clock())}
    return error(40006, "invalid media size")
