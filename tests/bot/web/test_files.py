"""Files over HTTP: streamed to the limit, sniffed, read back by their owner, fetched by departments with a tag."""

import io
import struct
import zlib
from datetime import timedelta
from ipaddress import ip_network
from typing import Any
from uuid import UUID

import pytest
from aiohttp import FormData

from bot.house import House
from cases.delivery import file_tag
from cases.models import Case
from core.clock import now
from tests.bot.web.conftest import MOTHER, Person

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


@pytest.fixture
async def draft(signed: Person) -> dict[str, Any]:
    """A draft of somebody who wants to upload everything: no look-ups, so that papers are asked for."""
    draft = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201)
    return await signed.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": False})


def slot_of(draft: dict[str, Any]) -> dict[str, Any]:
    """A material that takes uploads."""
    return next(one for one in draft["materials"] if any(way["way"] == "upload" for way in one["ways"]))


async def give(
    who: Person, draft: dict[str, Any], content: bytes, status: int = 200, *, slot: str = "", name: str = "a.png",
    mime: str = "image/png",
) -> Any:
    form = FormData(quote_fields=False)
    form.add_field("slot", slot or slot_of(draft)["slot"])
    form.add_field("file", io.BytesIO(content), filename=name, content_type=mime)
    async with who.client.post(f"/api/v1/drafts/{draft['id']}/files", data=form) as answer:
        assert answer.status == status, await answer.text()
        return await answer.json(content_type=None)


async def test_a_file_is_given_read_back_and_removed(signed: Person, draft: dict[str, Any]) -> None:
    after = await give(signed, draft, png(), name="../../身份证.png")
    slot = slot_of(after)
    assert slot["given"] == "upload"
    assert [file["name"] for file in slot["files"]] == ["身份证.png"]
    async with signed.client.get(f"/api/v1/files/{slot['files'][0]['id']}") as answer:
        assert await answer.read() == png()
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    gone = await signed.ask("DELETE", f"/api/v1/files/{slot['files'][0]['id']}")
    assert slot_of(gone)["files"] == []
    assert slot_of(gone)["given"] == ""


async def test_the_same_file_twice_is_one_file(signed: Person, draft: dict[str, Any]) -> None:
    await give(signed, draft, PDF, name="a.pdf", mime="application/pdf")
    after = await give(signed, draft, PDF, name="b.pdf", mime="application/pdf")
    assert len(slot_of(after)["files"]) == 1


@pytest.mark.parametrize(
    ("content", "name", "mime", "reason"),
    [
        (b"", "a.png", "image/png", "file_empty"), (b"<html><script>", "a.png", "image/png", "file_type"),
        (b"MZ" + b"\0" * 100, "a.pdf", "application/pdf", "file_type"), (png(), "a.png", "text/html", "file_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml", "file_type"),
    ],
)
async def test_what_is_no_photo_is_refused(
    signed: Person, draft: dict[str, Any], content: bytes, name: str, mime: str, reason: str
) -> None:
    problem = await give(signed, draft, content, 422, name=name, mime=mime)
    assert problem["reason"] == reason
    assert problem["path"].startswith("material:")


async def test_a_file_that_is_too_large_is_refused(signed: Person, draft: dict[str, Any]) -> None:
    problem = await give(signed, draft, png() + b"\0" * (slot_of(draft)["max_mb"] * 1024 * 1024), 422)
    assert problem["reason"] == "file_size"


async def test_a_slot_that_is_not_in_the_form_is_refused(signed: Person, draft: dict[str, Any]) -> None:
    assert (await give(signed, draft, png(), 422, slot="nothing:here"))["reason"] == "not_in_form"


@pytest.mark.parametrize("body", [b"", b"--x\r\n\r\n", b"nonsense"])
async def test_a_broken_upload_is_refused(signed: Person, draft: dict[str, Any], body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        path = f"/api/v1/drafts/{draft['id']}/files"
        async with signed.client.post(path, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 422, await answer.text()


async def test_somebody_elses_file_is_not_shown(signed: Person, another: Person, draft: dict[str, Any]) -> None:
    after = await give(signed, draft, png())
    id_ = slot_of(after)["files"][0]["id"]
    await another.sign_in(MOTHER)
    await another.get(f"/api/v1/files/{id_}", 404)
    await another.ask("DELETE", f"/api/v1/files/{id_}", status=404)
    await give(another, draft, png(), 404)


@pytest.mark.parametrize("id_", ["0f6d2c52-3a1e-4c52-9d57-6b7de4c1a111", "x", "%00", "..%2f..%2fetc"])
async def test_a_file_that_does_not_exist_is_not_found(signed: Person, id_: str) -> None:
    await signed.get(f"/api/v1/files/{id_}", 404)
    await signed.get(f"/api/v1/platform/files/{id_}", 404)


async def test_departments_fetch_by_the_tag_of_the_package(
    signed: Person, another: Person, draft: dict[str, Any], house: House
) -> None:
    after = await give(signed, draft, png())
    id_ = slot_of(after)["files"][0]["id"]
    address = f"/api/v1/platform/files/{id_}.{file_tag.tag(id_)}"
    await another.get(address, 404)  # nothing was handed in yet
    case = await Case.create(
        number="33010620260302000000001", draft_id=UUID(draft["id"]), citizen_id="c", one_thing="newborn_birth",
        title="x", version="v", region="330106", state="dispatched", submitted_at=now(), updated_at=now(), snapshot={},
        signed_name="x",
    )
    async with another.client.get(address) as answer:
        assert await answer.read() == png()
    for days, status in ((29, 200), (31, 404)):
        await Case.filter(id=case.id).update(ended_at=now() - timedelta(days=days))
        async with another.client.get(address) as answer:
            assert answer.status == status
    await Case.filter(id=case.id).update(ended_at=None)
    for networks, status in (("10.0.0.0/8", 404), ("127.0.0.0/8", 200)):
        house.settings = house.settings.model_copy(update={"platform_networks": (ip_network(networks),)})
        async with another.client.get(address) as answer:
            assert answer.status == status
    await another.get(f"/api/v1/platform/files/{id_}", 404)
    await another.get(f"/api/v1/platform/files/{id_}.{'0' * 40}", 404)
    await another.get(f"/api/v1/platform/files/{id_}.é", 404)
