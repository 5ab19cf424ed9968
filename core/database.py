"""The database: which models there are, opening, closing, migrating."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tortoise import Tortoise
from tortoise.context import TortoiseContext
from tortoise.migrations.api import migrate as run_migrations

APPS = ("core", "forms", "cases", "console", "bot")


def tortoise_config(url: str) -> dict[str, Any]:
    """The Tortoise configuration: one app per package, each with its own migrations."""
    return {
        "connections": {"default": url},
        "apps": {
            app: {"models": [f"{app}.models"], "migrations": f"{app}.migrations", "default_connection": "default"}
            for app in APPS
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def open_database(url: str) -> TortoiseContext:
    """Open the connections of this process. Close with ``await context.close_connections()``."""
    return await Tortoise.init(config=tortoise_config(url), _enable_global_fallback=True)


@asynccontextmanager
async def database(url: str) -> AsyncIterator[TortoiseContext]:
    """The database, open for the length of a block."""
    context = await open_database(url)
    try:
        yield context
    finally:
        await context.close_connections()


async def migrate(url: str) -> None:
    """Bring the schema up to date; safe to run again."""
    try:
        await run_migrations(config=tortoise_config(url))
    finally:
        # the migrator leaves its connection open, and an open SQLite connection keeps the process from ending
        await Tortoise.close_connections()
