"""Photos keep their picture and lose where they were taken."""

from __future__ import annotations

import struct
import zlib

import pytest

from forms.uploads.stripping import Untidy, stripped

GPS = b"GPS 30.27N 120.15E"


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def exif(order: str, turned: int) -> bytes:
    head = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHIHH", 0x010F, 2, 4, 0, 0) + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\0\0" + head + struct.pack(f"{order}IH", 8, 2) + entries + GPS


ICC, ADOBE = segment(0xE2, b"ICC_PROFILE\0\1\1colours"), segment(0xEE, b"Adobe\0")
FRAME = segment(0xDB, b"q" * 8) + segment(0xC2, b"f" * 9)
SCAN = segment(0xDA, b"s" * 6)
SCANS = SCAN + b"a\xff\x00b\xff\xd0c" + segment(0xC4, b"h" * 5) + SCAN + b"d\xff\x00"
JFIF = segment(0xE0, b"JFIF\0\1\1")


def photo(*about: bytes) -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(about) + ICC + ADOBE + FRAME + SCANS + b"\xff\xd9"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_loses_its_place_and_keeps_its_picture(order: str) -> None:
    about = (segment(0xE1, exif(order, 1)), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + GPS),
             segment(0xED, b"Photoshop 3.0\0" + GPS), segment(0xFE, GPS))
    assert stripped("image/jpeg", photo(*about) + b"ftypmp42 a film " + GPS) == photo()


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_on_its_side_still_says_so(order: str) -> None:
    found = stripped("image/jpeg", photo(segment(0xE1, exif(order, 6))))
    assert GPS not in found
    assert found[2:4] == b"\xff\xe1"
    assert stripped("image/jpeg", found) == found
    assert struct.unpack_from(">HHIH", found, 22) == (0x0112, 3, 1, 6)
    assert found.endswith(photo()[2:])


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_png_and_a_webp() -> None:
    head, data, end = chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")
    png = b"\x89PNG\r\n\x1a\n"
    full = png + head + chunk(b"eXIf", GPS) + chunk(b"tEXt", GPS) + data + chunk(b"tIME", b"1234567") + end + GPS
    assert stripped("image/png", full) == png + head + data + end

    def part(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    def webp(flags: int, *parts: bytes) -> bytes:
        body = b"WEBP" + part(b"VP8X", bytes([flags]) + bytes(9)) + part(b"VP8 ", b"odd") + b"".join(parts)
        return b"RIFF" + struct.pack("<I", len(body)) + body

    assert stripped("image/webp", webp(0x1C, part(b"EXIF", GPS), part(b"XMP ", GPS))) == webp(0x10)


@pytest.mark.parametrize("content", [
    b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\xff\xd8abc", photo()[:60], b"\x89PNG\r\n\x1a\n\0\0", b"RIFF",
])
def test_what_is_cut_off_or_no_photo_is_never_a_failure(content: bytes) -> None:
    for mime in ("image/jpeg", "image/png", "image/webp", "application/pdf"):
        assert len(stripped(mime, content)) <= len(content) + 40


@pytest.mark.parametrize(("mime", "content"), [
    ("image/jpeg", photo(segment(0xE1, exif("<", 1)))[:90]),
    ("image/jpeg", b"\xff\xd8" + segment(0xE1, exif(">", 6))[:-4]),
    ("image/png", b"\x89PNG\r\n\x1a\n" + chunk(b"eXIf", GPS) + b"\0\0"), ("image/webp", b"RIFF    WEBPEXIF\xff"),
])
def test_a_broken_photo_that_still_tells_is_refused(mime: str, content: bytes) -> None:
    with pytest.raises(Untidy):
        stripped(mime, content)


def test_a_pdf_stays_as_it_was_signed() -> None:
    signed = b"%PDF-1.7\n1 0 obj<</Author(A)/Producer(B)/ByteRange[0 10 20 30]>>endobj\n%%EOF"
    assert stripped("application/pdf", signed) == signed
