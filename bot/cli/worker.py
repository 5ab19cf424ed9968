"""``yijianshi worker``."""

from __future__ import annotations

import argparse
import asyncio
import signal

import uvloop

from bot.house import open_house
from bot.sweeper import sweeping
from core.errors import YijianshiError
from core.logs import set_up_logging
from core.settings import Settings, load_settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Work until a signal."""
    settings = load_settings()
    if not settings.redis_url or settings.db_url.startswith("sqlite"):
        raise YijianshiError(
            "a worker of its own needs Redis and PostgreSQL: set YJS_REDIS_URL and YJS_DATABASE_URL. "
            "Without them the app does the work itself."
        )
    set_up_logging(settings.log_level, settings.log_json)
    uvloop.run(_work(settings))
    return 0


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_house(settings) as house, sweeping(house):
        await stop.wait()
