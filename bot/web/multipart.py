"""A multipart body, read part by part and no further than it may be long."""

from __future__ import annotations

from aiohttp import BodyPartReader, MultipartReader, web

from bot.web.endpoint import UnreadableBody
from core.errors import InvalidAnswer

PIECE = 256 * 1024


async def multipart(request: web.Request) -> MultipartReader:
    """The body of a request. Raises `UnreadableBody`."""
    if request.content_type != "multipart/form-data":
        raise UnreadableBody(problems=["the body must be multipart/form-data"])
    try:
        return await request.multipart()
    except (ValueError, AssertionError) as problem:
        raise UnreadableBody(problems=["the multipart body has no boundary"]) from problem


async def part_of(reader: MultipartReader, name: str) -> BodyPartReader:
    """The next part, which is called so. Raises `UnreadableBody`."""
    part = await next_part(reader)
    if part is None or part.name != name:
        raise UnreadableBody(problems=[f"the part {name!r} is missing here"])
    return part


async def next_part(reader: MultipartReader) -> BodyPartReader | None:
    """The next part, or None after the last. Raises `UnreadableBody`."""
    try:
        part = await reader.next()
    except (ValueError, EOFError, web.HTTPException) as problem:
        raise UnreadableBody(problems=["the multipart body is broken"]) from problem
    return part if isinstance(part, BodyPartReader) else None


async def slot_of(part: BodyPartReader) -> str:
    """The key of a place for files."""
    return (await part.read_chunk(400)).decode(errors="replace").strip()[:200]


async def content_of(part: BodyPartReader, max_mb: int, slot: str) -> bytes:
    """The file, read no further than it may be long."""
    pieces, size = [], 0
    while piece := await part.read_chunk(PIECE):
        size += len(piece)
        if size > max_mb * 1024 * 1024:
            raise InvalidAnswer(f"material:{slot}", "file_size", max_mb=max_mb)
        pieces.append(piece)
    return b"".join(pieces)
