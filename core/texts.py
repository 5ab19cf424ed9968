"""Text files as people bring them: in UTF-8, or as the spreadsheets of this country write them. Pure."""

from __future__ import annotations

import codecs
from contextlib import suppress


def decoded(raw: bytes) -> str | None:
    """What a file says: UTF-8, UTF-16 with its mark, or GB 18030; None when it is no text."""
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return None
