"""The database: which models there are, opening, closing, migrating."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import ConfigurationError, DBConnectionError, OperationalError
from tortoise.migrations.api import migrate as run_migrations
from tortoise.migrations.recorder import MigrationRecorder

from core.errors import YijianshiError

LOCK_SECONDS = 5.0
"""How long another process may keep an SQLite file locked at the start."""
APPS = ("core", "intents", "forms", "cases", "console", "bot")


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


async def ask_for_tables() -> None:
    """Raise `YijianshiError` when the database that is open was never migrated."""
    try:
        await get_connection("default").execute_query("SELECT 1 FROM core_audit_event LIMIT 1")
    except OperationalError as problem:
        raise YijianshiError(
            "the database has no tables: run `yijianshi migrate`, or name the right YJS_DATA_DIR or YJS_DATABASE_URL"
        ) from problem


def _look_at_file(url: str) -> None:
    """Raise `YijianshiError` for an SQLite file that cannot be opened and written: the driver would wait for ever."""
    if not url.startswith("sqlite://") or ":memory:" in url:
        return
    path = url.removeprefix("sqlite://").partition("?")[0]
    try:
        with closing(sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as problem:
        raise YijianshiError(f"the database {path} cannot be used: {problem}") from problem


async def _up_to_date(url: str) -> bool:
    """Whether every migration there is was applied: looking is quicker than replaying them, and holds no memory."""
    await Tortoise.init(config=tortoise_config(url), init_connections=False)
    applied = {(key.app_label, key.name)
               for key in await MigrationRecorder(get_connection("default")).applied_migrations()}
    folders = {app: importlib.import_module(f"{app}.migrations").__path__ for app in APPS}
    return all((app, one.name) in applied for app, path in folders.items() for one in pkgutil.iter_modules(path))


async def migrate(url: str) -> None:
    """Bring the schema up to date; safe to run again. Raises `YijianshiError` when the database cannot be reached."""
    await asyncio.to_thread(_look_at_file, url)
    try:
        if not await _up_to_date(url):
            await run_migrations(config=tortoise_config(url))
    except (OSError, ConfigurationError, DBConnectionError) as problem:
        raise YijianshiError(f"the database cannot be reached ({problem}): look at YJS_DATABASE_URL") from problem
    finally:
        # the migrator leaves its connection open, and an open SQLite connection keeps the process from ending
        with suppress(ConfigurationError):
            await Tortoise.close_connections()
