"""The demo WeChat in one application: its API, its phones, and pushes to the app."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web

from core.ending import ended
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.api import add_api
from integrations.channels.wechat.demo.gate import WORLD
from integrations.channels.wechat.demo.phone import ERRANDS, PUSHER, add_phones
from integrations.channels.wechat.demo.pushing import Pusher
from integrations.channels.wechat.demo.world import World
from integrations.demo_server import operators_here


def make_app(accounts: tuple[Account, ...], app_url: str, world: World | None = None) -> web.Application:
    """``app_url`` is where the accounts' callbacks are: ``<app_url>/wx/<name>``."""
    app = web.Application(middlewares=[operators_here], client_max_size=6_000_000)
    app[WORLD] = world or World(accounts)
    app[PUSHER] = Pusher(app[WORLD], app_url)
    add_api(app)
    add_phones(app)
    app.cleanup_ctx.append(_ending)
    return app


async def _ending(app: web.Application) -> AsyncIterator[None]:
    yield
    await ended(*app[ERRANDS])
    await app[PUSHER].close()
