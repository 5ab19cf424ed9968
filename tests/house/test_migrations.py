"""The migrations make exactly the tables that the models describe."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.migrations.operations import AddField

from core.database import APPS, database, migrate, tortoise_config
from tests.conftest import Stage

pytestmark = pytest.mark.everywhere

COLUMNS = {
    "sqlite": "SELECT m.name || '.' || c.name AS column FROM sqlite_master m JOIN pragma_table_info(m.name) c "
    "WHERE m.type = 'table'",
    "postgres": "SELECT table_name || '.' || column_name AS column FROM information_schema.columns "
    "WHERE table_schema = 'public'",
}


async def columns(url: str) -> set[str]:
    rows = await get_connection("default").execute_query_dict(COLUMNS[url.split(":")[0]])
    return {row["column"] for row in rows if not re.match(r"sqlite_|tortoise_", row["column"])}


@pytest.fixture
def empty_url(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A database without tables."""
    if stage.database_url.startswith("sqlite"):
        return f"sqlite://{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres").bare())


async def test_migrations_and_models_agree(stage: Stage, empty_url: str) -> None:
    EXECUTOR_CACHE.clear()
    await migrate(empty_url)
    await migrate(empty_url)
    async with database(empty_url):
        made = await columns(empty_url)
        described = {
            f"{model._meta.db_table}.{field.source_field or name}"
            for app in Tortoise.apps.values() for model in app.values()
            for name, field in model._meta.fields_map.items() if name in model._meta.db_fields
        }
    assert described <= made
    assert {column for column in made if column.split("_")[0] in APPS} <= described


def test_every_app_has_migrations() -> None:
    for app in tortoise_config("sqlite://:memory:")["apps"].values():
        import_module(app["migrations"])


def test_no_table_comment_holds_a_semicolon() -> None:
    """On SQLite migrations are cut at semicolons, also inside the comment that a model's docstring becomes."""
    for app in APPS:
        for model in vars(import_module(f"{app}.models")).values():
            if isinstance(model, type) and model.__module__ == f"{app}.models":
                assert ";" not in (model.__doc__ or "").splitlines()[0]


def test_a_column_added_later_may_be_empty_in_the_rows_there_are() -> None:
    for app in tortoise_config("sqlite://:memory:")["apps"].values():
        folder = Path(import_module(app["migrations"]).__file__ or "").parent
        for file in folder.glob("[0-9]*.py"):
            made = import_module(f"{app['migrations']}.{file.stem}").Migration
            for one in made.operations:
                if isinstance(one, AddField):
                    assert one.field.null or one.field.has_db_default(), f"{file.name}: {one.name} needs null=True"
