"""The migrations make exactly the tables that the models describe."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    "sqlite": """SELECT m.name AS home, c.name, c.type, c."notnull" AS must, c.pk AS key FROM sqlite_master m
        JOIN pragma_table_info(m.name) c WHERE m.type = 'table'""",
    "postgres": """SELECT table_name AS home, column_name AS name,
        udt_name || coalesce(character_maximum_length, 0) AS type, is_nullable AS must, '' AS key
        FROM information_schema.columns WHERE table_schema = 'public'""",
}
INDEXES = {
    "sqlite": """SELECT m.name AS home, i."unique" AS alone, group_concat(c.name) AS names FROM sqlite_master m
        JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c WHERE m.type = 'table'
        GROUP BY m.name, i.name, 2""",
    "postgres": """SELECT r.relname AS home, i.indisunique AS alone,
        string_agg(a.attname, ',' ORDER BY k.place) AS names FROM pg_index i
        JOIN pg_class r ON r.oid = i.indrelid JOIN pg_namespace n ON n.oid = r.relnamespace,
        unnest(i.indkey) WITH ORDINALITY k(number, place)
        JOIN pg_attribute a ON a.attnum = k.number WHERE a.attrelid = i.indrelid AND n.nspname = 'public'
        GROUP BY r.relname, i.indexrelid, i.indisunique""",
}


async def shape(url: str) -> set[tuple[object, ...]]:
    """Every column with its type, whether it may be empty and whether it is the key, and every index."""
    kind, connection = url.split(":")[0], get_connection("default")
    rows = [*await connection.execute_query_dict(COLUMNS[kind]), *await connection.execute_query_dict(INDEXES[kind])]
    return {tuple(row.values()) for row in rows if not re.match(r"sqlite_|tortoise_", row["home"])}


@pytest.fixture
def bare(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Makes databases without tables."""
    if stage.database_url.startswith("sqlite"):
        return lambda name: f"sqlite://{tmp_path / name}.db"
    return lambda name: str(request.getfixturevalue("postgres").bare())


async def test_migrations_make_what_the_models_describe(bare: Callable[[str], str]) -> None:
    EXECUTOR_CACHE.clear()
    migrated, described = bare("migrated"), bare("described")
    await migrate(migrated)
    await migrate(migrated)
    async with database(migrated):
        made = await shape(migrated)
    async with database(described):
        await Tortoise.generate_schemas()
        wanted = await shape(described)
    assert len(wanted) > 300
    assert (sorted(map(str, wanted - made)), sorted(map(str, made - wanted))) == ([], [])


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
