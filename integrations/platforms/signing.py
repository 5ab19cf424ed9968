"""Signatures of platform traffic: one keyed digest, put together from the parts a province asks for."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal

from core.crypto import sm3_hmac

Algorithm = Literal["hmac-sm3", "hmac-sha256"]
Encoding = Literal["hex", "base64"]
Unit = Literal["ms", "s"]

SKEW_SECONDS = 300
"""How far two clocks may stand apart."""

_DIGESTS: dict[Algorithm, Callable[[bytes, bytes], bytes]] = {
    "hmac-sm3": sm3_hmac,
    "hmac-sha256": lambda key, data: hmac.new(key, data, hashlib.sha256).digest(),
}


def sign(
    key: str, parts: Sequence[bytes], *, algorithm: Algorithm = "hmac-sm3", encoding: Encoding = "hex",
    join: str = "\n",
) -> str:
    """The signature over ``parts`` joined by ``join``."""
    digest = _DIGESTS[algorithm](key.encode(), join.encode().join(parts))
    return digest.hex() if encoding == "hex" else base64.b64encode(digest).decode()


def raw(header: str) -> bytes:
    """The bytes of a header as they came: those that are no text are carried as surrogates."""
    return header.encode(errors="surrogateescape")


def sign_callback(key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Hex HMAC-SM3 over timestamp, nonce and body, a line each."""
    return sign(key, (raw(timestamp), raw(nonce), body))


def same(one: str, other: str) -> bool:
    """Compare signatures in constant time."""
    return hmac.compare_digest(raw(one), raw(other))


def stamp(moment: datetime, unit: Unit = "ms") -> str:
    """A moment as a timestamp header."""
    return str(int(moment.timestamp() * (1000 if unit == "ms" else 1)))


def fresh(timestamp: str, now: datetime, unit: Unit = "ms", skew: float = SKEW_SECONDS) -> bool:
    """Whether a timestamp header is within ``skew`` seconds of ``now``; junk is not."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 16):
        return False
    seconds = int(timestamp) / (1000 if unit == "ms" else 1)
    return abs(seconds - now.astimezone(UTC).timestamp()) <= skew
