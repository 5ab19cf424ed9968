"""Files of the page, read once: versioned addresses that browsers keep for a year, everything else checked again."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from bot.web.words import as_json
from core.errors import NotFound

ROOT = Path(__file__).with_name("static")
YEAR = "public, max-age=31536000, immutable"
SMALL = 1024
_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml",
          ".webmanifest": "application/manifest+json", ".png": "image/png", ".ico": "image/x-icon"}


@dataclass(frozen=True)
class Static:
    """One file, plain and packed."""

    mime: str
    plain: bytes
    packed: bytes | None
    tag: str


class Statics:
    """All of them. ``version`` changes when any of them does, so that old pages never mix with new scripts."""

    def __init__(self, root: Path = ROOT) -> None:
        self._files = {name: _static(name, content) for name, content in _read(root)}
        digests = "".join(self._files[name].tag for name in sorted(self._files))
        self.version = hashlib.sha256(digests.encode()).hexdigest()[:12]

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that is not there."""
        self._files[name]
        return f"/static/{self.version}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        """The handler of ``/static/{version}/{name}``."""
        found = self._files.get(request.match_info["name"])
        if found is None:
            raise NotFound()
        fresh = request.match_info["version"] == self.version
        headers = {"Cache-Control": YEAR if fresh else "no-cache", "ETag": f'"{found.tag}"', "Vary": "Accept-Encoding",
                   "Content-Type": found.mime}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        if found.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=found.packed, headers=headers | {"Content-Encoding": "gzip"})
        return web.Response(body=found.plain, headers=headers)


def _read(root: Path) -> Iterator[tuple[str, bytes]]:
    yield "words.json", as_json()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in _TYPES and path.name != "vendored.json":
            yield path.relative_to(root).as_posix(), path.read_bytes()


@lru_cache(maxsize=256)
def _static(name: str, content: bytes) -> Static:
    mime = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if mime.startswith("text/") or "json" in mime or "svg" in mime:
        mime += "; charset=utf-8"
    packed = gzip.compress(content, 6, mtime=0) if len(content) > SMALL and "image/png" not in mime else None
    return Static(mime, content, packed, hashlib.sha256(content).hexdigest()[:24])
