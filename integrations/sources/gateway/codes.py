"""Vendor codes of shared-data gateways, turned into our words: the one table of this adapter.

Messages decide before codes, because ``300`` stands for every failure there is.
"""

from __future__ import annotations

from typing import Literal

from core.errors import OutsideError
from integrations.sources.base import Outcome

Detail = Literal[
    "OK", "NO_DATA", "MISMATCH", "AUTH_SIGN", "AUTH_EXPIRED", "AUTH_CLOCK", "AUTH_SCOPE", "QUOTA", "BAD_REQUEST",
    "UPSTREAM_TIMEOUT", "UPSTREAM_DOWN", "UNKNOWN",
]

FINE = ("200", "0")

_MESSAGES: tuple[tuple[str, Detail], ...] = (
    ("token expired", "AUTH_EXPIRED"), ("secret expired", "AUTH_EXPIRED"),
    ("timestamp", "AUTH_CLOCK"), ("时间戳", "AUTH_CLOCK"),
    ("signature", "AUTH_SIGN"), ("签名", "AUTH_SIGN"), ("repeated request", "AUTH_SIGN"),
    ("no permission", "AUTH_SCOPE"), ("consent", "AUTH_SCOPE"), ("purpose", "AUTH_SCOPE"), ("未授权", "AUTH_SCOPE"),
    ("调用次数超限", "QUOTA"), ("quota", "QUOTA"),
    ("参数", "BAD_REQUEST"), ("parameter", "BAD_REQUEST"),
    ("timeout", "UPSTREAM_TIMEOUT"), ("超时", "UPSTREAM_TIMEOUT"),
    ("维护", "UPSTREAM_DOWN"),
)

_CODES: dict[str, Detail] = {
    "300": "AUTH_SIGN", "401": "AUTH_SIGN", "403": "AUTH_SCOPE", "429": "QUOTA", "400": "BAD_REQUEST",
    "408": "UPSTREAM_TIMEOUT", "504": "UPSTREAM_TIMEOUT", "500": "UPSTREAM_DOWN", "502": "UPSTREAM_DOWN",
    "503": "UPSTREAM_DOWN",
}

_WIRE: dict[str, Detail] = {"timeout": "UPSTREAM_TIMEOUT", "connect": "UPSTREAM_DOWN", "reset": "UPSTREAM_DOWN"}

_OUTCOMES: dict[Detail, Outcome] = {
    "OK": "got", "NO_DATA": "nothing_found", "MISMATCH": "nothing_found", "AUTH_SCOPE": "not_allowed",
}

ALARMING: tuple[Detail, ...] = ("AUTH_SIGN", "AUTH_EXPIRED", "AUTH_CLOCK")
"""Our credentials or our clock are at fault: operators must know."""


def failure(code: str, message: str = "") -> Detail:
    """The detail for a code (of the body or of HTTP) and a message that do not mean success."""
    said = message.lower()
    by_message = next((detail for words, detail in _MESSAGES if words in said), None)
    return by_message or _CODES.get(code, "UPSTREAM_DOWN" if len(code) == 3 and code[0] == "5" else "UNKNOWN")


def wire(problem: OutsideError) -> Detail:
    """The detail for a failure below the body: no connection, no time, no JSON."""
    return _WIRE.get(str(problem.details.get("why")), "UNKNOWN")


def outcome(detail: Detail) -> Outcome:
    """The outcome a citizen sees. Whatever is not an answer is ``source_down``, never ``nothing_found``."""
    return _OUTCOMES.get(detail, "source_down")
