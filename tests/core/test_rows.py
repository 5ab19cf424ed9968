"""Rows read by SQL made once are what the model's own queries give, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tortoise.connection import get_connection

from bot.models import Citizen
from core.crypto import looks_sealed
from core.rows import facts, find

pytestmark = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]

BORN = datetime(2026, 2, 3, 23, 59, 59, 123456, tzinfo=UTC)


async def citizen(name: str, **given: object) -> Citizen:
    known = {"id": uuid4(), "id_number": "330106199307120316", "id_index": uuid4().hex, "created_at": BORN}
    return await Citizen.create(**known | {"name": name} | given)


async def test_a_row_is_found_by_its_key_as_the_model_gives_it() -> None:
    await citizen("别人")
    mine = await citizen("陈明", elder=True, deleted_at=BORN + timedelta(microseconds=1))
    found, own = await find(Citizen, id=mine.id), await Citizen.get(id=mine.id)
    assert found is not None
    assert dict(found) == dict(own)
    assert [type(value) for _, value in sorted(found)] == [type(value) for _, value in sorted(own)]
    assert found.created_at == BORN
    assert found.created_at.utcoffset() == timedelta(0)


async def test_what_was_found_can_be_saved_again() -> None:
    found = await find(Citizen, id=(await citizen("陈明")).id)
    assert found is not None
    found.name = "陈小明"
    await found.save()
    assert [one.name for one in await Citizen.all()] == ["陈小明"]


async def test_a_condition_may_ask_for_nothing_and_for_one_of_several() -> None:
    here, gone = await citizen("在", level=3), await citizen("走", deleted_at=BORN)
    assert await find(Citizen, id=gone.id, deleted_at=None) is None
    assert await find(Citizen, id=here.id, deleted_at=None) is not None
    assert await find(Citizen, id=here.id, level=(1, 2)) is None
    assert await find(Citizen, id=here.id, level=()) is None
    assert await find(Citizen, id=here.id, level=(2, 3), deleted_at=None) is not None
    assert await find(Citizen, id=uuid4()) is None


async def test_some_columns_are_read_without_opening_what_is_sealed() -> None:
    mine = await citizen("陈明")
    known = await facts(Citizen, ("id", "created_at", "name", "deleted_at"), id=mine.id)
    assert known is not None
    assert (str(known["id"]), known["created_at"], known["deleted_at"]) == (str(mine.id), BORN, None)
    assert looks_sealed(known["name"])
    assert await facts(Citizen, ("id",), id=uuid4()) is None


async def test_a_moment_that_was_written_otherwise_is_read_too() -> None:
    mine = await citizen("陈明")
    if get_connection("default").capabilities.dialect == "sqlite":
        await get_connection("default").execute_query("UPDATE bot_citizen SET created_at = '2026-02-03 10:00:00'")
        found = await find(Citizen, id=mine.id)
        assert found is not None
        assert found.created_at == datetime(2026, 2, 3, 10, tzinfo=UTC)
