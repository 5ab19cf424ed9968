"""A database that cannot be reached is told in one sentence, without its password."""

import pytest

from core.database import migrate
from core.errors import YijianshiError


@pytest.mark.parametrize("url", ["asyncpg://somebody:secret@127.0.0.1:1/none", "nonsense"])
async def test_a_database_out_of_reach_is_one_sentence(url: str) -> None:
    with pytest.raises(YijianshiError, match=r"the database cannot be reached .* look at YJS_DATABASE_URL") as told:
        await migrate(url)
    assert "secret" not in told.value.message
