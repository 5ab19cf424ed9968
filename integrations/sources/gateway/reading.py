"""Reading what a gateway answered: an envelope ``{code, message, data}``, or something that only looks like it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.errors import Garbled
from integrations.http import Reply
from integrations.sources.gateway.codes import FINE, Detail, failure

AT_MOST = 200
"""Records one answer may hold."""

_NO = ("no", "false", "0", "n", "不一致")


def read_reply(reply: Reply, attributes: Iterable[str]) -> tuple[Detail, tuple[dict[str, Any], ...]]:
    """What a reply means, and its records cut down to ``attributes``. Raises `Garbled` for what cannot be read."""
    if reply.status != 200:
        return failure(str(reply.status), _message(reply)), ()
    body = reply.json()
    if not isinstance(body, dict) or "code" not in body:
        raise Garbled("an answer without a code", why="shape")
    code = str(body["code"])
    if code not in FINE:
        return failure(code, str(body.get("message", ""))), ()
    return _data(body.get("data"), tuple(attributes))


def _message(reply: Reply) -> str:
    try:
        body = reply.json()
    except Garbled:
        return ""
    return str(body.get("message", "")) if isinstance(body, dict) else ""


def _data(data: Any, attributes: tuple[str, ...]) -> tuple[Detail, tuple[dict[str, Any], ...]]:
    if data is None or data in ("", [], {}):
        return "NO_DATA", ()
    if isinstance(data, dict) and "verify" in data:
        return ("MISMATCH", ()) if str(data["verify"]).lower() in _NO else ("OK", ({},))
    rows = data if isinstance(data, list) else [data]
    if len(rows) > AT_MOST or not all(isinstance(row, dict) for row in rows):
        raise Garbled("records of an unknown shape", why="shape")
    return "OK", tuple(_record(row, attributes) for row in rows)


def _record(row: dict[str, Any], attributes: tuple[str, ...]) -> dict[str, Any]:
    """The attributes that were asked for and nothing else; empty ones are left out."""
    lower = {str(name).lower(): value for name, value in row.items()}
    return {name: _value(lower[name]) for name in attributes if lower.get(name) not in (None, "")}


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return value.strip() if isinstance(value, str) else value
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return value
    raise Garbled("a value of an unknown shape", why="shape")
