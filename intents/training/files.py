"""Files that every process of every machine can fetch: kept in the database in pieces, named by their digest.

What was fetched stays in a folder of this machine, under the same name, so that a restart asks for nothing.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from contextlib import suppress
from pathlib import Path

from tortoise.transactions import in_transaction

from core.errors import YijianshiError
from intents.models import ModelPart

PIECE = 1 << 20
"""Bytes of a row."""
KEPT_HERE = 6
"""Files that stay in the folder of this machine, the latest used."""


class FileLost(YijianshiError):
    """A model file is not whole: not in the database, or not what it was."""

    code = "model_file_lost"


async def keep(data: bytes) -> str:
    """Keep a file and return its digest; one that is there already is not written again."""
    digest = hashlib.sha256(data).hexdigest()
    if await _whole(digest):
        return digest
    packed = await asyncio.to_thread(gzip.compress, data, 5)
    pieces = [packed[at:at + PIECE] for at in range(0, len(packed), PIECE)]
    async with in_transaction():
        await ModelPart.filter(digest=digest).delete()
        for number, piece in enumerate(pieces):
            await ModelPart.create(digest=digest, number=number, of=len(pieces), data=piece)
    return digest


async def _whole(digest: str) -> bool:
    first = await ModelPart.filter(digest=digest).only("id", "of").first()
    return first is not None and await ModelPart.filter(digest=digest).count() == first.of


async def fetch(digest: str, folder: Path) -> Path:
    """The file in ``folder``, fetched when it is not there or not what it should be. Raises `FileLost`."""
    path = folder / digest
    if not await asyncio.to_thread(_is, path, digest):
        parts = await ModelPart.filter(digest=digest).order_by("number")
        if not parts or len(parts) != parts[0].of:
            raise FileLost(f"the file {digest[:12]} is not in the database: train again")
        await asyncio.to_thread(_write, path, [bytes(part.data) for part in parts], digest)
    await asyncio.to_thread(_tidy, path)
    return path


def _is(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _write(path: Path, pieces: list[bytes], digest: str) -> None:
    try:
        data = gzip.decompress(b"".join(pieces))
    except (OSError, EOFError, ValueError) as problem:
        raise FileLost(f"the file {digest[:12]} in the database cannot be unpacked: train again") from problem
    if hashlib.sha256(data).hexdigest() != digest:
        raise FileLost(f"the file {digest[:12]} in the database is not what it was: train again")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{digest}.{id(data)}.part")
    part.write_bytes(data)
    part.replace(path)


def _tidy(used: Path) -> None:
    """Mark a file as used, and let go of those that were not for the longest time."""
    with suppress(OSError):
        used.touch()
        files = sorted(used.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[KEPT_HERE:]:
            old.unlink(missing_ok=True)
