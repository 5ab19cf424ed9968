"""A database that cannot be reached is told in one sentence, without its password."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tortoise.migrations.api import migrate as run_migrations

from core import database as module
from core.database import APPS, ask_for_tables, database, migrate, tortoise_config
from core.errors import YijianshiError


@pytest.mark.parametrize("url", ["asyncpg://somebody:secret@127.0.0.1:1/none", "nonsense"])
async def test_a_database_out_of_reach_is_one_sentence(url: str) -> None:
    with pytest.raises(YijianshiError, match=r"the database cannot be reached .* look at YJS_DATABASE_URL") as told:
        await migrate(url)
    assert "secret" not in told.value.message


async def test_a_database_without_tables_is_one_sentence(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path / 'new.db'}"
    async with database(url):
        with pytest.raises(YijianshiError, match="run `yijianshi migrate`"):
            await ask_for_tables()
    await migrate(url)
    async with database(url):
        await ask_for_tables()


async def test_what_is_missing_is_migrated_and_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "old.db"
    url, runs = f"sqlite://{file}", []

    async def run(**given: Any) -> None:
        runs.append(given)
        await run_migrations(**given)

    monkeypatch.setattr(module, "run_migrations", run)
    await run_migrations(config=tortoise_config(url), app_labels=["core"])
    for expected in (1, 1):
        await migrate(url)
        assert len(runs) == expected
    with closing(sqlite3.connect(file)) as looking:
        assert {app for (app,) in looking.execute("SELECT app FROM tortoise_migrations")} == set(APPS)
