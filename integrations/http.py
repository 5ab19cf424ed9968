"""One way to speak HTTP with systems outside: time limit, size limit, content type, no redirects, quiet logs.

What goes wrong on the wire becomes one of `core.errors.OutsideError`, with ``why`` in its details: ``timeout``,
``connect``, ``reset``, ``redirect``, ``too_big``, ``not_json``. Addresses are logged without their query and bodies
never, because both may carry tickets and id numbers.
"""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
import structlog

from core.errors import Garbled, OutsideError, Unavailable

log = structlog.get_logger()
PIECE = 512 * 1024
"""Bytes of a body that is written at once."""

_JSON_TYPES = ("application/json", "text/json", "text/plain")


@dataclass(frozen=True)
class Reply:
    """What came back, whole: any status, a body within the size limit."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False, default_factory=dict)

    def json(self) -> Any:
        """The body as JSON. Raises `Garbled`: error pages in HTML with status 200 are common."""
        if not (self.content_type in _JSON_TYPES or self.content_type.endswith("+json")):
            raise Garbled(f"expected JSON, got {self.content_type}", why="not_json", status=self.status)
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as problem:
            raise Garbled("this is not JSON", why="not_json", status=self.status) from problem


class Http:
    """A shared client session, opened at the first request in the running loop; close it with `close`."""

    def __init__(self, *, timeout: float, max_bytes: int = 1_000_000, connections: int = 50) -> None:
        self._timeout, self._max_bytes, self._connections = timeout, max_bytes, connections
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - a limit of the request, handed to aiohttp
    ) -> Reply:
        """Send one request and read the whole reply. ``timeout`` in seconds replaces the session's own.

        Raises `Unavailable` when there was no answer and `Garbled` for a redirect or a body that is too big; a reply
        with an error status is returned, for the adapter to read.
        """
        head = dict(headers or {})
        if json is not None:
            body = orjson.dumps(json)
            head.setdefault("Content-Type", "application/json")
        started = time.perf_counter()
        outcome = "failed"
        try:
            reply = await self._send(method, url, body, head, params, timeout or self._timeout)
            outcome = str(reply.status)
            return reply
        except OutsideError as problem:
            outcome = str(problem.details.get("why", problem.code))
            raise
        finally:
            parts = urlsplit(url)
            took = round((time.perf_counter() - started) * 1000, 1)
            log.debug("http.sent", method=method, host=parts.netloc, path=parts.path, outcome=outcome, ms=took)

    async def _send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str],
        params: Mapping[str, str] | None, seconds: float,
    ) -> Reply:
        limit = aiohttp.ClientTimeout(total=seconds)
        # what is long goes out in pieces: aiohttp would write it at once, and everybody else would wait
        sent = io.BytesIO(body) if body is not None and len(body) > PIECE else body
        try:
            async with self._open().request(
                method, url, data=sent, headers=headers, params=params, timeout=limit, allow_redirects=False
            ) as response:
                if 300 <= response.status < 400:
                    raise Garbled("a redirect where an answer was expected", why="redirect", status=response.status)
                content = await self._read(response)
                return Reply(response.status, response.content_type, content, response.headers)
        except TimeoutError as problem:
            raise Unavailable("no answer in time", why="timeout") from problem
        except aiohttp.ClientConnectorError as problem:
            raise Unavailable("no connection", why="connect") from problem
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError) as problem:
            raise Unavailable("the connection broke", why="reset") from problem
        except (aiohttp.ClientError, ValueError) as problem:
            raise Garbled(f"not HTTP as we know it: {type(problem).__name__}", why="not_http") from problem

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        parts, size = [], 0
        async for part in response.content.iter_chunked(65536):
            size += len(part)
            if size > self._max_bytes:
                response.close()
                raise Garbled("the reply is too big", why="too_big", status=response.status)
            parts.append(part)
        return b"".join(parts)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "yijianshi", "Accept": "application/json"},
            )
        return self._session

    async def close(self) -> None:
        """Release the connections; the next request would open new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None
