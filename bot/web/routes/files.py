"""Files for materials: taken as a stream up to the limit, read back and deleted by their owner only."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.web.changes import slot_in
from bot.web.endpoint import Api, Ask, UnreadableBody
from bot.web.keys import HOUSE
from bot.web.multipart import content_of, multipart, part_of, slot_of
from bot.web.papers import Papers
from bot.web.shapes import DraftOut
from core.errors import InvalidAnswer, NotFound, NotNow

api = Api()
FORM = {
    "type": "object", "required": ["slot", "file"],
    "properties": {"slot": {"type": "string"}, "file": {"type": "string", "format": "binary"}},
}


@api.post("/api/v1/drafts/{id}/files", summary="Give a file for a material", who="citizen", form=FORM,
          returns=DraftOut, errors=(NotFound, NotNow, InvalidAnswer, UnreadableBody), tag="files")
async def upload(ask: Ask[None]) -> DraftOut:
    """Multipart with ``slot`` first and then ``file``. Photos and PDF only; the same file twice is one file."""
    house = ask.request.app[HOUSE]
    await house.kv.limit(f"upload:{ask.citizen}", house.settings.rate_per_person)
    papers = Papers(house, ask.citizen)
    held = await papers.get(ask.request.match_info["id"])
    reader = await multipart(ask.request)
    slot = slot_in(house.engine, held.draft, await slot_of(await part_of(reader, "slot")))
    await papers.may(held, f"material:{slot.key}")
    part = await part_of(reader, "file")
    content = await content_of(part, slot.material.max_mb, slot.key)
    declared = part.headers.get("Content-Type", "")
    await house.forms.files.add(
        held.id, ask.citizen, slot.key, slot.material, part.filename or "", declared, content
    )
    return await papers.view(await papers.files_changed(held.id, slot.key))


@api.get("/api/v1/files/{id}", summary="A file of mine", who="citizen", errors=(NotFound,), tag="files",
         gives="application/octet-stream")
async def download(ask: Ask[None]) -> web.Response:
    """As a download; never shown as a page of this site."""
    house = ask.request.app[HOUSE]
    held, content = await house.forms.files.read(
        ask.request.match_info["id"], f"citizen:{ask.citizen}", ask.citizen
    )
    return as_download(held.name, held.mime, content)


@api.delete("/api/v1/files/{id}", summary="Delete a file of mine", who="citizen", returns=DraftOut,
            errors=(NotFound, NotNow), tag="files")
async def drop(ask: Ask[None]) -> DraftOut:
    """From a draft that may still be changed."""
    house, papers = ask.request.app[HOUSE], Papers(ask.request.app[HOUSE], ask.citizen)
    held, _ = await house.forms.files.read(ask.request.match_info["id"], f"citizen:{ask.citizen}", ask.citizen)
    await papers.may(await papers.get(held.draft_id), f"material:{held.slot}")
    await house.forms.files.drop(held.id, ask.citizen)
    return await papers.view(await papers.files_changed(held.draft_id, held.slot))


def as_download(name: str, mime: str, content: bytes) -> web.Response:
    """Bytes that a browser saves."""
    headers = {
        "Content-Type": mime, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store",
    }
    return web.Response(body=content, headers=headers)
