from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from core.clock import now
from core.errors import NotFound, NotNow
from core.models import AuditEvent
from forms.draft import Draft, Value
from forms.models import DraftRow, Upload
from forms.service import MOST_OPEN, FormService

ANNA, BEN = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"

pytestmark = pytest.mark.usefixtures("database")


def a_draft(name: str = "陈一民") -> Draft:
    value = Value(value=name, origin="citizen", at=now())
    return Draft(one_thing="newborn_birth", version="v1", region="330106", values={"father.name": value})


@pytest.fixture
def service(tmp_path: Path) -> FormService:
    return FormService(tmp_path / "uploads")


async def test_what_is_saved_comes_back(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())
    saved = await service.save(made.id, ANNA, a_draft("李晓兰"), made.revision, ["father.name"])
    assert saved.revision == made.revision + 1
    assert (await service.get(made.id, ANNA)).draft.values["father.name"].value == "李晓兰"


async def test_a_stale_save_is_refused_with_the_fresh_draft(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())
    await service.save(made.id, ANNA, a_draft("李晓兰"), 1)
    with pytest.raises(NotNow) as refused:
        await service.save(made.id, ANNA, a_draft("王小明"), 1)
    assert refused.value.details["reason"] == "stale"
    assert refused.value.details["revision"] == 2
    fresh = refused.value.details["draft"]
    assert isinstance(fresh, Draft)
    assert fresh.values["father.name"].value == "李晓兰"


async def test_of_two_saves_at_once_one_wins(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())
    saves = [service.save(made.id, ANNA, a_draft(name), 1) for name in ("李晓兰", "王小明")]
    results = await asyncio.gather(*saves, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NotNow", "StoredDraft"]
    assert (await service.get(made.id)).revision == 2


async def test_a_draft_is_its_owners_alone_and_the_attempt_is_on_record(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())
    with pytest.raises(NotFound):
        await service.get(made.id, BEN)
    with pytest.raises(NotFound):
        await service.save(made.id, BEN, a_draft("李晓兰"), 1)
    assert await AuditEvent.filter(actor=f"citizen:{BEN}", action="draft.read", outcome="refused").count() == 2
    assert (await service.get(made.id)).draft.values["father.name"].value == "陈一民"


@pytest.mark.parametrize("wrong", ["nonsense", "33333333-3333-3333-3333-333333333333", "' or 1=1 --"])
async def test_an_unknown_id_is_not_found(service: FormService, wrong: str) -> None:
    with pytest.raises(NotFound):
        await service.get(wrong, ANNA)


async def test_open_drafts_are_listed_last_changed_first(service: FormService) -> None:
    first, second = await service.create(ANNA, a_draft()), await service.create(ANNA, a_draft())
    await service.create(BEN, a_draft())
    await service.save(first.id, ANNA, a_draft("李晓兰"), 1)
    assert [held.id for held in await service.open_of(ANNA)] == [first.id, second.id]
    await service.move(first.id, "open", "submitted", "system")
    assert [held.id for held in await service.open_of(ANNA, "newborn_birth")] == [second.id]
    assert await service.open_of(ANNA, "retirement") == ()


async def test_a_submitted_draft_is_closed_until_it_is_corrected(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())
    await service.move(made.id, "open", "submitted", f"citizen:{ANNA}")
    with pytest.raises(NotNow) as refused:
        await service.save(made.id, ANNA, a_draft("李晓兰"), 1)
    assert (refused.value.details["reason"], refused.value.details["state"]) == ("closed", "submitted")
    await service.move(made.id, "submitted", "correcting", "staff:7")
    assert (await service.save(made.id, ANNA, a_draft("李晓兰"), 1)).revision == 2


async def test_a_move_happens_once(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())
    moves = [service.move(made.id, "open", "submitted", "system") for _ in range(3)]
    results = await asyncio.gather(*moves, return_exceptions=True)
    assert sum(result is None for result in results) == 1
    assert await AuditEvent.filter(action="draft.submitted").count() == 1
    with pytest.raises(NotNow):
        await service.move(made.id, "withdrawn", "open", "system")


async def test_a_move_is_undone_with_the_callers_transaction(service: FormService) -> None:
    made = await service.create(ANNA, a_draft())

    async def fails_later() -> None:
        async with in_transaction():
            await service.move(made.id, "open", "submitted", "system")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails_later()
    assert (await service.get(made.id)).state == "open"
    assert not await AuditEvent.filter(action="draft.submitted").exists()


async def test_old_drafts_expire_and_are_emptied(service: FormService) -> None:
    old, new, sent = [await service.create(ANNA, a_draft()) for _ in range(3)]
    await service.move(sent.id, "open", "submitted", "system")
    await DraftRow.filter(id__in=[old.id, sent.id]).update(updated_at=now() - timedelta(days=31))
    assert await service.expire() == 1
    assert await service.expire() == 0
    with pytest.raises(NotFound):
        await service.get(old.id, ANNA)
    assert (await DraftRow.get(id=old.id)).data is None
    assert (await service.get(new.id)).state == "open"
    assert (await service.get(sent.id)).state == "submitted"


async def test_withdrawing_empties_an_open_draft_only(service: FormService) -> None:
    dropped, sent = await service.create(ANNA, a_draft()), await service.create(ANNA, a_draft())
    await service.move(sent.id, "open", "submitted", "system")
    await service.withdraw(dropped.id, ANNA)
    assert (await DraftRow.get(id=dropped.id)).data is None
    with pytest.raises(NotNow):
        await service.withdraw(sent.id, ANNA)


async def test_erasing_leaves_only_what_belongs_to_a_case(service: FormService) -> None:
    sent = await service.create(ANNA, a_draft())
    await service.create(ANNA, a_draft())
    other = await service.create(BEN, a_draft())
    await service.move(sent.id, "open", "submitted", "system")
    assert await service.erase(ANNA) == 1
    assert {str(row.id) for row in await DraftRow.all()} == {sent.id, other.id}
    assert not await Upload.exists()


async def test_nobody_opens_drafts_without_end(service: FormService) -> None:
    for _ in range(MOST_OPEN):
        await service.create(ANNA, a_draft())
    with pytest.raises(NotNow) as refused:
        await service.create(ANNA, a_draft())
    assert refused.value.details["reason"] == "too_many_drafts"
    assert await DraftRow.filter(citizen_id=ANNA).count() == MOST_OPEN


async def test_nothing_personal_lies_plain_in_the_database(service: FormService, tmp_path: Path) -> None:
    made = await service.create(ANNA, a_draft("陈一民"))
    await service.save(made.id, ANNA, a_draft("李晓兰"), 1)
    dump = "\n".join(sqlite3.connect(tmp_path / "test.db").iterdump())
    assert "forms_draft" in dump
    assert "陈一民" not in dump
    assert "李晓兰" not in dump
