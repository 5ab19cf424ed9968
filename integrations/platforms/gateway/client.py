"""One signed request to a platform, and what its answer means."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from core import clock
from core.errors import OutsideError
from integrations.http import Http
from integrations.platforms.failures import failure
from integrations.platforms.gateway.fieldmap import Call, FieldMap
from integrations.platforms.gateway.template import fill, pick
from integrations.platforms.signing import sign, stamp

_BY_STATUS = {401: "AUTH_SIGN", 403: "AUTH_SCOPE", 429: "QUOTA", 502: "UPSTREAM_DOWN", 503: "UPSTREAM_DOWN",
              504: "UPSTREAM_TIMEOUT"}
_BY_WHY = {"timeout": "UPSTREAM_TIMEOUT", "redirect": "GARBLED", "too_big": "GARBLED", "not_http": "GARBLED"}


@dataclass(frozen=True)
class Reply:
    """A readable answer: ``OK``, ``DUPLICATE`` or a normalised failure, with the body."""

    name: str
    says: str
    body: Mapping[str, Any]
    date: datetime | None


class Client:
    """Speaks to one platform. The connection pool opens with the first request."""

    def __init__(self, base_url: str, caller: str, secret: str, fields: FieldMap, timeout: float) -> None:
        self._base, self._caller, self._secret, self._map = base_url.rstrip("/"), caller, secret, fields
        self._http = Http(timeout=timeout, max_bytes=4_000_000)
        self._ahead = timedelta()

    async def call(self, call: Call, values: Mapping[str, Any]) -> Reply:
        """Send one operation. Raises the `core.errors.OutsideError` of whatever is not success."""
        reply = await self._send(call, values)
        if reply.name == "AUTH_CLOCK" and reply.date is not None:
            # Their clock counts: take it over and try the one more time that this is worth.
            self._ahead = reply.date - clock.now()
            reply = await self._send(call, values)
        if reply.name not in ("OK", "DUPLICATE"):
            raise failure(reply.name, reply.says)
        return reply

    async def _send(self, call: Call, values: Mapping[str, Any]) -> Reply:
        path, body = self._filled(call, {**values, "now": clock.now(), "caller": self._caller})
        headers = self._signed(call.method, path, body)
        try:
            answer = await self._http.send(call.method, self._base + path, body=body or None, headers=headers)
        except OutsideError as problem:
            raise failure(_BY_WHY.get(str(problem.details.get("why")), "UPSTREAM_DOWN"), problem.message) from problem
        return self._read(answer.status, answer.body, _date(answer.headers.get("Date", "")))

    def _filled(self, call: Call, values: Mapping[str, Any]) -> tuple[str, bytes]:
        query = urlencode(fill(call.query, values, self._map.filters))
        path = f"{call.path}?{query}" if query else call.path
        if call.body is None:
            return path, b""
        body = fill(call.body, values, self._map.filters)
        return path, json.dumps(body, ensure_ascii=False, default=str).encode()

    def _signed(self, method: str, path: str, body: bytes) -> dict[str, str]:
        rules = self._map.signing
        parts = {
            "caller": self._caller, "timestamp": stamp(clock.now() + self._ahead, rules.unit),
            "nonce": secrets.token_hex(12),
        }
        signed = {**{name: text.encode() for name, text in parts.items()}, "method": method.encode(),
                  "path": path.encode(), "body": body}
        parts["sign"] = sign(self._secret, [signed[name] for name in rules.over], algorithm=rules.algorithm,
                             encoding=rules.encoding, join=rules.join)
        named = {rules.headers[name]: parts[name] for name in rules.headers}
        return named | {"Content-Type": "application/json; charset=utf-8"}

    def _read(self, status: int, raw: bytes, date: datetime | None) -> Reply:
        """Many platforms put an error page under status 200: only a readable body with a known code counts."""
        try:
            body = json.loads(raw)
            code = pick(body, self._map.answers.code)
        except ValueError:
            body, code = {}, None
        if code is None:
            if status >= 400:
                return Reply(_BY_STATUS.get(status, "UNKNOWN"), f"HTTP {status}", {}, date)
            raise failure("GARBLED", f"HTTP {status} without a readable answer")
        name = self._map.answers.codes.get(str(code), "UNKNOWN")
        return Reply(name, str(pick(body, self._map.answers.says) or ""), body, date)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    return date if date.tzinfo else None
