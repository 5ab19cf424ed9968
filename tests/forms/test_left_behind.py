"""What a process that died left behind is deleted by the next look; nothing new lies where a draft went away."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.clock import now
from core.errors import NotNow
from forms.content.material_schema import Material, Way
from forms.draft import Draft
from forms.models import DraftRow, Upload
from forms.service import FormService
from forms.uploads.inspection import Verdict

ANNA = "11111111-1111-1111-1111-111111111111"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00" + bytes(50)
PHOTO = Material(code="photo", title="照片", ways=(Way(way="upload"),), accept=("image/png",), max_mb=1)

pytestmark = pytest.mark.usefixtures("database")


class Drops:
    """A scanner that takes so long that the draft is thrown away meanwhile."""

    service: FormService

    async def scan(self, content: bytes) -> Verdict:
        for row in await DraftRow.all():
            await self.service.withdraw(str(row.id), ANNA)
        return "clean"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
async def test_a_draft_that_was_to_be_emptied_is(tmp_path: Path, state: str) -> None:
    service = FormService(tmp_path / "uploads")
    held = await service.create(ANNA, Draft(one_thing="newborn_birth", version="v1", region="330106"))
    await service.files.add(held.id, ANNA, "photo:baby", PHOTO, "a.png", "image/png", PNG)
    kept = await service.create(ANNA, Draft(one_thing="newborn_birth", version="v1", region="330106"))
    await DraftRow.filter(id=held.id).update(state=state, updated_at=now() - timedelta(minutes=10))
    await service.expire()
    assert (await DraftRow.get(id=held.id)).data is None
    assert await Upload.all().count() == 0
    assert files(tmp_path / "uploads") == []
    assert (await DraftRow.get(id=kept.id)).data is not None


async def test_a_file_for_a_draft_that_went_away_meanwhile_is_not_kept(tmp_path: Path) -> None:
    scanner = Drops()
    scanner.service = service = FormService(tmp_path / "uploads", scanner)
    held = await service.create(ANNA, Draft(one_thing="newborn_birth", version="v1", region="330106"))
    with pytest.raises(NotNow):
        await service.files.add(held.id, ANNA, "photo:baby", PHOTO, "a.png", "image/png", PNG)
    assert await Upload.all().count() == 0
    assert files(tmp_path / "uploads") == []
