from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.crypto import CannotDecrypt
from core.errors import InvalidAnswer, NotFound, NotNow
from core.models import AuditEvent
from forms.content.material_schema import Material, Way
from forms.draft import Draft
from forms.models import Upload
from forms.service import FormService
from forms.uploads.files import FileStore
from forms.uploads.inspection import Verdict, clean_name, inspect

ANNA, BEN = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(80)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00" + bytes(50)
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
PHOTO = Material(code="photo", title="照片", ways=(Way(way="upload"),), accept=("image/jpeg", "image/png"), max_mb=1)

pytestmark = pytest.mark.usefixtures("database")


class Finds:
    """A scanner that finds something in everything."""

    async def scan(self, content: bytes) -> Verdict:
        return "infected"


@pytest.fixture
def service(tmp_path: Path) -> FormService:
    return FormService(tmp_path / "uploads")


@pytest.fixture
async def draft_id(service: FormService) -> str:
    made = await service.create(ANNA, Draft(one_thing="newborn_birth", version="v1", region="330106"))
    return made.id


async def test_a_file_is_kept_encrypted_and_read_back(service: FormService, draft_id: str, tmp_path: Path) -> None:
    kept = await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "C:\\陈小满.jpeg", "image/jpg", JPEG)
    assert (kept.name, kept.mime, kept.size, kept.scan) == ("陈小满.jpg", "image/jpeg", len(JPEG), "not_scanned")
    assert (await service.files.read(kept.id, f"citizen:{ANNA}", ANNA))[1] == JPEG
    on_disk = [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]
    assert len(on_disk) == 1
    assert b"JFIF" not in on_disk[0].read_bytes()
    assert on_disk[0].stat().st_mode & 0o077 == 0
    assert await AuditEvent.filter(action="file.read", subject=f"draft:{draft_id}").count() == 1


@pytest.mark.parametrize(
    ("declared", "content", "reason"),
    [
        ("image/jpeg", b"", "file_empty"),
        ("image/jpeg", JPEG + bytes(1024 * 1024), "file_size"),
        ("image/png", JPEG, "file_type"),
        ("application/pdf", PDF, "file_type"),
        ("image/jpeg", b"MZ\x90\x00" + bytes(100), "file_type"),
        ("image/jpeg", b"<html><script>alert(1)</script></html>", "file_type"),
        ("", b"nothing known", "file_type"),
        ("image/heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(60), "file_heic"),
        ("", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(60), "file_heic"),
        ("image/tiff", b"II*\0\x08\0\0\0" + bytes(60), "file_type"),
        ("image/jpeg", b"MM\0*\0\0\0\x08" + bytes(60), "file_type"),
        ("image/gif", b"GIF89a" + bytes(60), "file_type"),
    ],
)
def test_what_does_not_fit_is_refused(declared: str, content: bytes, reason: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        inspect(PHOTO, "photo:baby", "a.jpg", declared, content)
    assert (refused.value.path, refused.value.reason) == ("material:photo:baby", reason)


def test_a_type_that_was_not_said_is_found() -> None:
    assert inspect(PHOTO, "photo:baby", "a.bin", "application/octet-stream", PNG).mime == "image/png"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("出生证\u202egpj.exe", "出生证gpj.jpg"),
        ("a\x00b\n.jpg", "ab.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ("长" * 300 + ".jpg", "长" * 75 + ".jpg"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given, "image/jpeg") == kept


async def test_a_broken_photo_that_tells_its_place_is_refused(service: FormService, draft_id: str) -> None:
    broken = b"\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0 30.27N 120.15E"
    with pytest.raises(InvalidAnswer) as refused:
        await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "a.jpg", "image/jpeg", broken)
    assert refused.value.reason == "file_broken"
    assert await service.files.list_of(draft_id) == ()


async def test_a_file_is_its_owners_alone(service: FormService, draft_id: str) -> None:
    kept = await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "a.jpg", "image/jpeg", JPEG)
    with pytest.raises(NotFound):
        await service.files.add(draft_id, BEN, "photo:baby", PHOTO, "a.jpg", "image/jpeg", JPEG)
    with pytest.raises(NotFound):
        await service.files.read(kept.id, f"citizen:{BEN}", BEN)
    with pytest.raises(NotFound):
        await service.files.drop(kept.id, BEN)
    with pytest.raises(NotFound):
        await service.files.read("nonsense", f"citizen:{ANNA}", ANNA)


async def test_the_same_file_twice_is_one(service: FormService, draft_id: str, tmp_path: Path) -> None:
    adds = [service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "a.jpg", "image/jpeg", JPEG) for _ in range(4)]
    kept = await asyncio.gather(*adds)
    assert len({file.id for file in kept}) == 1
    assert len([path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]) == 1
    assert len(await service.files.list_of(draft_id, ANNA)) == 1


async def test_an_infected_file_is_refused_and_on_record(tmp_path: Path) -> None:
    service = FormService(tmp_path / "uploads", Finds())
    made = await service.create(ANNA, Draft(one_thing="newborn_birth", version="v1", region="330106"))
    with pytest.raises(InvalidAnswer) as refused:
        await service.files.add(made.id, ANNA, "photo:baby", PHOTO, "a.jpg", "image/jpeg", JPEG)
    assert refused.value.reason == "file_infected"
    assert await AuditEvent.filter(action="file.add", outcome="infected").count() == 1
    assert not await Upload.exists()


async def test_dropped_files_leave_the_disk(service: FormService, draft_id: str, tmp_path: Path) -> None:
    kept = await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "a.jpg", "image/jpeg", JPEG)
    await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "b.png", "image/png", PNG)
    await service.files.drop(kept.id, ANNA)
    assert [file.name for file in await service.files.list_of(draft_id, ANNA)] == ["b.png"]
    await service.withdraw(draft_id, ANNA)
    assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]


async def test_files_of_a_submitted_draft_stand(service: FormService, draft_id: str) -> None:
    kept = await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "a.jpg", "image/jpeg", JPEG)
    await service.move(draft_id, "open", "submitted", "system")
    with pytest.raises(NotNow):
        await service.files.drop(kept.id, ANNA)
    with pytest.raises(NotNow):
        await service.files.add(draft_id, ANNA, "photo:baby", PHOTO, "b.png", "image/png", PNG)
    assert (await service.files.read(kept.id, "staff:7"))[1] == JPEG


async def test_a_file_altered_or_swapped_on_disk_is_not_given_out(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    one, two = await store.write("aa11", b"one"), await store.write("aa22", b"two")
    (tmp_path / one).write_bytes((tmp_path / two).read_bytes())
    with pytest.raises(CannotDecrypt):
        await store.read(one)
    (tmp_path / two).write_bytes(b"short")
    with pytest.raises(CannotDecrypt):
        await store.read(two)
    with pytest.raises(NotFound):
        await store.read("aa/none")
