"""Failures as RFC 9457 problem bodies, in words a citizen reads."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from bot.wording.wording import Wording
from core.errors import CitizenError, InvalidAnswer, TooMany, YijianshiError

TYPE = "application/problem+json"
_PUBLIC = (
    "path", "reason", "problems", "retry_after", "revision", "state", "findings", "missing", "about", "ways", "accept",
    "max_mb", "regions", "at_least", "at_most", "limit", "unit", "contest",
)
"""Details that may leave the house; everything else stays in the log."""

_PLACES = ("case.not_now", "not_submitted", "error")
"""Where the wording has a sentence for the ``reason`` of `core.errors.NotNow`."""
_BLANKS = dict.fromkeys(("unit", "at_least", "at_most", "limit", "title", "says", "length", "max_mb", "state"), "")


def problem(error: YijianshiError, say: Wording, request_id: str = "") -> web.Response:
    """One error as a response."""
    body: dict[str, Any] = {
        "type": f"/docs/errors#{error.code}",
        "title": error.code,
        "status": error.status,
        "detail": sentence(error, say),
        "code": error.code,
        "retryable": error.retryable,
        "instance": request_id,
    }
    if isinstance(error, CitizenError):
        body |= {key: value for key, value in error.details.items() if key in _PUBLIC}
    headers = {"Retry-After": str(error.details.get("retry_after", 1))} if isinstance(error, TooMany) else {}
    return web.Response(
        body=orjson.dumps(body, default=str), status=error.status, content_type=TYPE, headers=headers
    )


def sentence(error: YijianshiError, say: Wording) -> str:
    """What a citizen reads about an error."""
    blanks = {key: value for key, value in error.details.items() if isinstance(value, str | int | float)}
    keys = [error.wording, "error.internal"]
    if isinstance(error, InvalidAnswer):
        in_unit = [f"invalid.{error.reason}_in"] if blanks.get("unit") else []
        keys[:0] = [*in_unit, f"invalid.{error.reason}", "invalid.other"]
    elif "reason" in error.details:
        keys[:0] = [f"{place}.{error.details['reason']}" for place in _PLACES]
    return say.first(*keys, **_BLANKS | blanks)
