"""Changes by SQL made once: all or none, within a transaction too, checked and sealed as the model does it."""

import asyncio
from datetime import UTC, datetime

import pytest
from tortoise.exceptions import IntegrityError, ValidationError
from tortoise.transactions import in_transaction

from core.models import AuditEvent
from core.together import Change, added, changed, make, make_all

pytestmark = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]

AT = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


def said(subject: str, position: int | None = None) -> dict[str, object]:
    return {"at": AT, "actor": "system", "action": "test", "subject": subject, "position": position}


def renamed(before: str, after: str, **more: object) -> Change:
    return changed(AuditEvent, {"subject": after, "details": {"谁": after}}, subject=before, **more)


async def subjects() -> list[str]:
    return sorted([one.subject for one in await AuditEvent.all()])


async def test_rows_that_are_added_are_the_models_own() -> None:
    await make(added(AuditEvent, said("a") | {"details": {"数": [1, "二"]}}, said("b", 7)))
    first, second = await AuditEvent.all().order_by("id")
    assert (first.at, first.details, first.outcome, first.position) == (AT, {"数": [1, "二"]}, "done", None)
    assert (second.subject, second.details, second.position) == ("b", None, 7)


async def test_what_does_not_fit_its_field_is_refused_before_it_is_written() -> None:
    with pytest.raises(ValidationError):
        added(AuditEvent, said("x" * 81))


async def test_all_is_changed_when_the_first_change_finds_a_row() -> None:
    await make(added(AuditEvent, said("a")))
    assert await make_all(renamed("a", "b", outcome=("done", "other"), position=None), added(AuditEvent, said("c")))
    assert await subjects() == ["b", "c"]
    assert (await AuditEvent.get(subject="b")).details == {"谁": "b"}


async def test_nothing_is_changed_when_it_finds_none() -> None:
    await make(added(AuditEvent, said("a")))
    assert not await make_all(renamed("a", "b", position=1), added(AuditEvent, said("c")))
    assert await subjects() == ["a"]


async def test_one_that_fails_takes_all_back_and_the_next_goes_through() -> None:
    await make(added(AuditEvent, said("a", 1)))
    with pytest.raises(IntegrityError):
        await make_all(renamed("a", "b"), added(AuditEvent, said("c", 1)))
    assert await subjects() == ["a"]
    assert await make_all(renamed("a", "b"), added(AuditEvent, said("c", 2)))
    assert await subjects() == ["b", "c"]


async def test_within_a_transaction_it_lives_and_dies_with_it() -> None:
    await make(added(AuditEvent, said("a")))
    async with in_transaction() as within:
        assert await make_all(renamed("a", "b"), added(AuditEvent, said("c")))
        await make(added(AuditEvent, said("d")))
        assert await subjects() == ["b", "c", "d"]
        await within.rollback()
    assert await subjects() == ["a"]


async def test_a_failure_within_a_transaction_takes_back_its_own_part_only() -> None:
    await make(added(AuditEvent, said("a", 1)))
    async with in_transaction():
        await make(added(AuditEvent, said("d")))
        with pytest.raises(IntegrityError):
            await make_all(renamed("a", "b"), added(AuditEvent, said("c", 1)))
    assert await subjects() == ["a", "d"]


async def test_of_many_at_once_each_is_whole() -> None:
    await make(added(AuditEvent, *(said(f"n{number}") for number in range(20))))
    done = await asyncio.gather(*(
        make_all(renamed(f"n{one % 20}", f"m{one}"), added(AuditEvent, said(f"of m{one}"))) for one in range(40)
    ))
    now = await subjects()
    assert sum(done) == 20
    assert len(now) == 40
    assert all(f"of {name}" in now for name in now if name.startswith("m"))


async def test_whoever_goes_away_meanwhile_leaves_no_transaction_open() -> None:
    await make(added(AuditEvent, said("a")))
    going = asyncio.ensure_future(make_all(renamed("a", "b"), added(AuditEvent, said("c"))))
    await asyncio.sleep(0)
    going.cancel()
    await asyncio.wait([going])
    assert await subjects() in (["a"], ["b", "c"])
    assert await make_all(changed(AuditEvent, {"outcome": "seen"}, actor="system"))
