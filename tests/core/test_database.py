"""A database that cannot be reached is told in one sentence, without its password."""

from pathlib import Path

import pytest

from core.database import ask_for_tables, database, migrate
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
