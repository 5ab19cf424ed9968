"""Masking of personal data, for logs, consoles and replies. Always on the server.

Rules of thumb in use across government services: a name keeps its first character (and the last of three or more), an
id number its first 3 and last 4, a phone its first 3 and last 4, an account its last 4, an address its street part.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])|(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_ACCOUNT = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?!\d)")
_DOOR = re.compile(r"(?<![月\d])\d+(?:号|弄|栋|幢|单元|室|楼|层|座)[^，。,;；\s]*")
"""「3月5号」 is a day."""


def mask_name(name: str) -> str:
    """张* , 张*丰, 欧**娜."""
    if len(name) <= 1:
        return "*" * len(name)
    return name[0] + "*" * (len(name) - 1) if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]


def mask_middle(value: str, head: int, tail: int) -> str:
    """Keep ``head`` and ``tail`` characters; short values are masked whole."""
    hidden = len(value) - head - tail
    return value[:head] + "*" * hidden + value[len(value) - tail:] if hidden > 0 else "*" * len(value)


def mask_address(value: str) -> str:
    """Cut the door: what follows the first number with 号, 栋, 室 ... is hidden."""
    match = _DOOR.search(value)
    return value[: match.start()] + "****" if match else value[: max(6, len(value) // 2)] + "****"


def mask_value(element_type: str, value: Any) -> str:
    """A value as it may be shown, by element type of the forms."""
    text = "" if value is None else str(value)
    match element_type:
        case "name":
            return mask_name(text)
        case "id_number":
            return mask_middle(text, 3, 4)
        case "phone":
            return mask_middle(text, 3, 4)
        case "bank_account":
            return mask_middle(text, 0, 4)
        case "address":
            return mask_address(text)
        case "certificate_number":
            return mask_middle(text, 2, 3)
        case _:
            return text


def mask_text(text: str) -> str:
    """Free text with id numbers, accounts, phones and door numbers hidden; safe for logs and training queues."""
    return _DOOR.sub("****", mask_numbers(text))


def mask_numbers(text: str) -> str:
    """Free text with id numbers, accounts and phones hidden: as somebody's own words are said back to them."""
    text = _ID.sub(lambda m: mask_middle(m[0], 3, 4), text)
    text = _PHONE.sub(lambda m: mask_middle(re.sub(r"[+ -]", "", m[0]), 3, 4), text)
    return _ACCOUNT.sub(lambda m: mask_middle(m[0], 0, 4), text)


def mask_log(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: every string of an event is masked, however deep it lies."""
    return {key: _mask_within(value) for key, value in event.items()}


def _mask_within(value: Any) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, dict):
        return {key: _mask_within(inner) for key, inner in value.items()}
    return [_mask_within(inner) for inner in value] if isinstance(value, list | tuple | set | frozenset) else value
