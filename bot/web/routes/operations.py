"""For those who run it: alive, ready, metrics, the API description and its page."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from tortoise.connection import get_connection

from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE, SPEC
from bot.web.metrics import REGISTRY, STUCK, VERSION
from core.kv import KV

api = Api()


class Alive(BaseModel):
    """The process answers."""

    ok: bool = True


class Ready(BaseModel):
    """What the app needs, each with whether it answers; outside systems never make the app unready."""

    ok: bool
    parts: dict[str, bool]
    outside: dict[str, str]


@api.get("/healthz", summary="Alive", who="anyone", returns=Alive, tag="operations")
async def alive(ask: Ask[None]) -> Alive:
    """Always, while the process runs."""
    return Alive()


@api.get("/readyz", summary="Ready to serve", who="anyone", returns=Ready, tag="operations")
async def ready(ask: Ask[None]) -> web.Response:
    """Database and store answer; 503 when one does not."""
    house = ask.request.app[HOUSE]
    parts = {"database": await _database(), "store": await _store(house.kv)}
    outside = {
        "sources": (await house.source.check()).says,
        "platform": (await house.platform.check()).says,
        "identity": (await house.identity.check()).says,
    }
    answer = Ready(ok=all(parts.values()), parts=parts, outside=outside)
    return web.json_response(text=answer.model_dump_json(), status=200 if answer.ok else 503)


@api.get("/metrics", summary="Counters for Prometheus", who="anyone", tag="operations")
async def metrics(ask: Ask[None]) -> web.Response:
    """The text format of Prometheus."""
    follower = ask.request.app[HOUSE].follower
    VERSION.set(follower.version)
    STUCK.set(bool(follower.problem))
    return web.Response(body=generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


@api.get("/openapi.json", summary="This description", who="anyone", tag="operations")
async def description(ask: Ask[None]) -> web.Response:
    """OpenAPI 3.1."""
    return web.json_response(ask.request.app[SPEC])


async def _database() -> bool:
    try:
        await get_connection("default").execute_query("SELECT 1")
    except Exception:  # the frame around a probe
        return False
    return True


async def _store(kv: KV) -> bool:
    try:
        await kv.client.ping()
    except Exception:  # the frame around a probe
        return False
    return True
