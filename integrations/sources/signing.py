"""The signing conventions of shared-data gateways: pure functions, each exact to the byte.

Three are in use across provinces; names follow the header prefixes. None of them signs the body: that is theirs to
answer for, and TLS carries it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def gjzwfwpt(sid: str, rid: str, rtime: str, secret: str) -> str:
    """National direct access: base64 of HMAC-SHA256 over sid + rid + rtime (milliseconds)."""
    return _hmac_base64(secret, sid + rid + rtime)


def tif(timestamp: str, token: str, nonce: str) -> str:
    """TIF gateways: hex SHA-256 over timestamp + token + nonce + timestamp (seconds)."""
    return hashlib.sha256(f"{timestamp}{token}{nonce}{timestamp}".encode()).hexdigest()


def xbg(method: str, path: str, query: Mapping[str, str], access_key: str, date: str, secret: str) -> str:
    """X-BG gateways: base64 of HMAC-SHA256 over method, path, sorted query, access key and GMT date, a line each."""
    ordered = "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query))
    return _hmac_base64(secret, f"{method.upper()}\n{path}\n{ordered}\n{access_key}\n{date}\n")


def same(one: str, other: str) -> bool:
    """Whether two signatures are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _hmac_base64(secret: str, text: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()
