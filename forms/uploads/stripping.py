"""Photos without what they tell beside the picture: where and when they were taken, by which phone. Pure.

A photo that stands on its side keeps the one mark that says so. What cannot be read as a photo stays as it is, unless
there are signs that it tells something: then it is refused. A PDF stays as it is, byte for byte: a licence or contract
in it may be signed, and what a PDF says of itself is who wrote it with what, rarely where.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

_EXIF = b"Exif\0\0"
_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker among the picture's own bytes, where 0xFF is followed by 0, a restart, or more 0xFF."""
_SOS, _EOI, _ORIENTATION = 0xDA, 0xD9, 0x0112
_PICTURE = frozenset({0xE0, 0xEE})
"""Application segments that the picture needs: JFIF, and Adobe's, which says how its colours are meant."""
_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP = frozenset({b"EXIF", b"XMP "})
_SIGNS = (b"Exif\0\0", b"eXIf", b"EXIF", b"ns.adobe.com/xap", b"Photoshop 3.0\0", b"XML:com.adobe.xmp")
"""What stands in a photo that tells where, when or by what it was taken."""


class Untidy(ValueError):
    """A photo that is broken, and tells where or when it was taken all the same."""


def stripped(mime: str, content: bytes) -> bytes:
    """The same picture, without places, times, devices, thumbnails and comments. Raises `Untidy`."""
    strip = _STRIPPERS.get(mime)
    if strip is None:
        return content
    try:
        return strip(content)
    except (struct.error, IndexError, ValueError) as problem:
        if any(sign in content for sign in _SIGNS):
            raise Untidy from problem
        return content


def _jpeg(content: bytes) -> bytes:
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept, turned = [b"\xff\xd8"], 1
    for marker, part in _segments(content):
        if marker == 0xE1 and part[4:10] == _EXIF:
            turned = _orientation(part[10:]) or turned
        if not _tells(marker, part):
            kept.append(part)
    if turned != 1:
        kept.insert(1, _upright(turned))
    return b"".join(kept)


def _tells(marker: int, part: bytes) -> bool:
    """Whether a segment is about the photo rather than of it; colour profiles are of it."""
    profile = marker == 0xE2 and part[4:16] == b"ICC_PROFILE\0"
    return marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in _PICTURE and not profile)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, the whole segment) up to the end of the picture; what a phone hangs behind it is left out."""
    at = 2
    while True:
        while content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == _EOI:
            yield marker, content[at:at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if marker == _SOS:
            found = _MARK.search(content, end)
            if found is None:  # cut off in the middle: all there is
                yield marker, content[at:]
                return
            end = found.start()
        yield marker, content[at:end]
        at = end


def _orientation(tiff: bytes) -> int:
    """How the picture is to be turned, 1 to 8; 0 where it is not said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    first, = struct.unpack_from(f"{order}I", tiff, 4)
    count, = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(min(count, 200)):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _upright(turned: int) -> bytes:
    """An Exif segment that says nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _png(content: bytes) -> bytes:
    if content[:8] != _PNG:
        raise ValueError("no PNG")
    kept, at = [_PNG], 8
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _CHUNKS:
            kept.append(content[at:at + 12 + size])
        at += 12 + size
        if kind == b"IEND":
            break
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("no WebP")
    kept, at = list[bytes](), 12
    while at < len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        part = content[at:at + 8 + size + size % 2]
        if kind == b"VP8X":  # its flags say which of these there are
            part = part[:8] + bytes([part[8] & ~0x0C]) + part[9:]
        if kind not in _WEBP:
            kept.append(part)
        at += 8 + size + size % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


_STRIPPERS: dict[str, Callable[[bytes], bytes]] = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
