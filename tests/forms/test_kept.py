from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.clock import now
from core.errors import NotFound, NotNow
from forms.draft import Draft
from forms.drafts import StoredDraft
from forms.kept import Kept
from forms.models import DraftRow
from forms.service import FormService

ANNA = "11111111-1111-1111-1111-111111111111"


def held(revision: int = 1) -> StoredDraft:
    draft = Draft(one_thing="newborn_birth", version="v1", region="330106")
    return StoredDraft(str(uuid4()), ANNA, "open", revision, draft, now(), now())


def test_only_the_very_revision_and_time_is_given_back() -> None:
    kept, one = Kept(), held(3)
    key = UUID(one.id)
    kept.put(key, one)
    assert kept.get(key, 3, one.updated_at) is one
    assert kept.get(key, 4, one.updated_at) is None
    assert kept.get(key, 3, one.updated_at + timedelta(microseconds=1)) is None
    kept.drop(key)
    assert kept.get(key, 3) is None


def test_the_one_not_used_for_longest_goes_first() -> None:
    kept, three = Kept(most=2), [held() for _ in range(3)]
    kept.put(UUID(three[0].id), three[0])
    kept.put(UUID(three[1].id), three[1])
    kept.get(UUID(three[0].id), 1)
    kept.put(UUID(three[2].id), three[2])
    assert kept.get(UUID(three[1].id), 1) is None
    assert kept.get(UUID(three[0].id), 1) is three[0]


@pytest.mark.usefixtures("database")
class TestTwoProcesses:
    """Two services on one database stand for two processes."""

    async def test_what_the_other_one_saved_is_read(self, tmp_path: Path) -> None:
        mine, other = FormService(tmp_path), FormService(tmp_path)
        made = await mine.create(ANNA, held().draft)
        saved = await other.save(made.id, ANNA, made.draft.model_copy(update={"region": "330102"}), 1)
        assert (await mine.get(made.id)).draft.region == "330102"
        assert (await mine.get(made.id)).revision == saved.revision

    async def test_what_the_other_one_moved_is_not_overwritten(self, tmp_path: Path) -> None:
        mine, other = FormService(tmp_path), FormService(tmp_path)
        made = await mine.create(ANNA, held().draft)
        await other.move(made.id, "open", "submitted", "system")
        with pytest.raises(NotNow) as refused:
            await mine.save(made.id, ANNA, made.draft, made.revision)
        assert refused.value.details["reason"] == "closed"
        assert (await mine.get(made.id)).state == "submitted"

    async def test_what_was_emptied_is_gone(self, tmp_path: Path) -> None:
        mine, other = FormService(tmp_path), FormService(tmp_path)
        made = await mine.create(ANNA, held().draft)
        await other.withdraw(made.id, ANNA)
        assert (await DraftRow.get(id=made.id)).data is None
        with pytest.raises(NotFound):
            await mine.get(made.id)
