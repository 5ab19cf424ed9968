"""Looking at a file before it is taken: its name, its real type, its size, and what a virus scanner says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, Protocol

import puremagic

from core.errors import InvalidAnswer
from forms.content.material_schema import Material

Verdict = Literal["clean", "infected", "not_scanned"]

ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "image/webp": ".webp",
}
"""Types that can be taken at all, whatever a material accepts, and the ending each is given. Only what every browser
of a reviewer shows, and what `forms.uploads.stripping` can free of places."""

_ALIASES = {
    "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png",
}
_UNSAID = {"", "application/octet-stream"}
_HEIF = re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
"""How photos of newer phones begin, which browsers do not show."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


class Scanner(Protocol):
    """Looks for malware in bytes."""

    async def scan(self, content: bytes) -> Verdict:
        """``clean``, ``infected``, or ``not_scanned`` where no scanner is set up. Raises `Unavailable` when down."""
        ...


class NoScanner:
    """Stands where no scanner is set up, and says so: every file it sees is kept as ``not_scanned``."""

    async def scan(self, content: bytes) -> Verdict:
        """Always ``not_scanned``."""
        return "not_scanned"


@dataclass(frozen=True)
class Inspected:
    """A file that may be taken."""

    name: str
    mime: str


def clean_name(name: str, mime: str) -> str:
    """A file name without path, control and direction characters, at most 80 characters, ending as its type does."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    plain = PurePosixPath(plain).name
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    stem = PurePosixPath(_FORBIDDEN.sub("_", plain)).stem.strip(". ")[:75]
    return (stem or "file") + ENDINGS[mime]


def sniffed(content: bytes) -> set[str]:
    """Every type the first bytes speak for; empty when nothing is recognised."""
    try:
        found = puremagic.magic_string(content[:65536])
    except (puremagic.PureError, ValueError):
        return set()
    return {_ALIASES.get(match.mime_type, match.mime_type) for match in found if match.confidence >= 0.2}


def inspect(material: Material, slot: str, name: str, declared: str, content: bytes) -> Inspected:
    """Check one file against its material. Raises `InvalidAnswer` about ``material:<slot>``.

    Reasons: ``file_empty``, ``file_size`` (``max_mb``), ``file_heic``, ``file_type`` (``accept``, and ``types`` as
    people know them).
    """
    about = f"material:{slot}"
    if not content:
        raise InvalidAnswer(about, "file_empty")
    if len(content) > material.max_mb * 1024 * 1024:
        raise InvalidAnswer(about, "file_size", max_mb=material.max_mb)
    accept = [mime for mime in material.accept if mime in ENDINGS]
    said = declared.partition(";")[0].strip().lower()
    said = _ALIASES.get(said, said)
    possible = sniffed(content) & set(accept)
    real = said if said in possible else next(iter(sorted(possible)), "") if said in _UNSAID else ""
    if not real:
        if _HEIF.match(content):
            raise InvalidAnswer(about, "file_heic", accept=accept)
        types = "、".join(ENDINGS[mime][1:].upper() for mime in accept)
        raise InvalidAnswer(about, "file_type", accept=accept, types=types)
    return Inspected(clean_name(name, real), real)
