"""Files for materials: taken as a stream up to the limit, read back and deleted by their owner only."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import BodyPartReader, MultipartReader, web

from bot.web.endpoint import Api, Ask, UnreadableBody
from bot.web.keys import HOUSE
from bot.web.papers import Papers
from bot.web.shapes import DraftOut
from core.errors import InvalidAnswer, NotFound, NotNow, NotYours

api = Api()
PIECE = 256 * 1024
FORM = {
    "type": "object", "required": ["slot", "file"],
    "properties": {"slot": {"type": "string"}, "file": {"type": "string", "format": "binary"}},
}


@api.post("/api/v1/drafts/{id}/files", summary="Give a file for a material", who="citizen", form=FORM,
          returns=DraftOut, errors=(NotFound, NotYours, NotNow, InvalidAnswer, UnreadableBody), tag="files")
async def upload(ask: Ask[None]) -> DraftOut:
    """Multipart with ``slot`` first and then ``file``. Photos and PDF only; the same file twice is one file."""
    house = ask.request.app[HOUSE]
    await house.kv.limit(f"upload:{ask.citizen}", house.settings.rate_per_person)
    papers = Papers(house, ask.citizen)
    held = await papers.get(ask.request.match_info["id"])
    reader = await _multipart(ask.request)
    slot = papers.slot(held, await _slot(await _part(reader, "slot")))
    await papers.may(held, f"material:{slot.key}")
    part = await _part(reader, "file")
    content = await _content(part, slot.material.max_mb, slot.key)
    declared = part.headers.get("Content-Type", "")
    await house.forms.files.add(
        held.id, ask.citizen, slot.key, slot.material, part.filename or "", declared, content
    )
    return await papers.view(await papers.files_changed(held.id, slot.key))


@api.get("/api/v1/files/{id}", summary="A file of mine", who="citizen", errors=(NotFound, NotYours), tag="files",
         gives="application/octet-stream")
async def download(ask: Ask[None]) -> web.Response:
    """As a download; never shown as a page of this site."""
    house = ask.request.app[HOUSE]
    held, content = await house.forms.files.read(
        ask.request.match_info["id"], f"citizen:{ask.citizen}", ask.citizen
    )
    return as_download(held.name, held.mime, content)


@api.delete("/api/v1/files/{id}", summary="Delete a file of mine", who="citizen", returns=DraftOut,
            errors=(NotFound, NotYours, NotNow), tag="files")
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


async def _multipart(request: web.Request) -> MultipartReader:
    if request.content_type != "multipart/form-data":
        raise UnreadableBody(problems=["the body must be multipart/form-data"])
    try:
        return await request.multipart()
    except (ValueError, AssertionError) as problem:
        raise UnreadableBody(problems=["the multipart body has no boundary"]) from problem


async def _part(reader: MultipartReader, name: str) -> BodyPartReader:
    try:
        part = await reader.next()
    except (ValueError, EOFError, web.HTTPException) as problem:
        raise UnreadableBody(problems=["the multipart body is broken"]) from problem
    if not isinstance(part, BodyPartReader) or part.name != name:
        raise UnreadableBody(problems=[f"the part {name!r} is missing here"])
    return part


async def _slot(part: BodyPartReader) -> str:
    return (await part.read_chunk(400)).decode(errors="replace").strip()[:200]


async def _content(part: BodyPartReader, max_mb: int, slot: str) -> bytes:
    """The file, read no further than it may be long."""
    pieces, size = [], 0
    while piece := await part.read_chunk(PIECE):
        size += len(piece)
        if size > max_mb * 1024 * 1024:
            raise InvalidAnswer(f"material:{slot}", "file_size", max_mb=max_mb)
        pieces.append(piece)
    return b"".join(pieces)
