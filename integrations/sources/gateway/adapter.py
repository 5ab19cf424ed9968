"""The gateway adapter: one signed POST a look-up, one of four outcomes back."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog

from core import clock
from core.errors import OutsideError
from core.settings import Settings
from integrations.health import Health
from integrations.http import Http, Reply
from integrations.sources.asking import unfit
from integrations.sources.base import Answer, Query
from integrations.sources.catalogue import Catalogue, catalogue
from integrations.sources.gateway.codes import ALARMING, Detail, outcome, wire
from integrations.sources.gateway.reading import read_reply
from integrations.sources.gateway.signers import Signer, fresh, signer

log = structlog.get_logger()

PATH = "/sysapi/"


class Gateway:
    """A shared-data exchange behind ``base``; ``timeout`` is in seconds and one source's own replaces it."""

    def __init__(self, base: str, sign: Signer, *, timeout: float = 2.0, sources: Catalogue | None = None) -> None:
        self._base, self._signer, self._timeout = base.rstrip("/"), sign, timeout
        self._sources = sources or catalogue()
        self._prefix = urlsplit(self._base).path
        self._http = Http(timeout=timeout)

    @classmethod
    def from_settings(cls, settings: Settings) -> Gateway:
        """The exchange that settings name; the demo exchange when they name none."""
        secret = settings.sources_secret.get_secret_value()
        sign = signer(settings.sources_signer, settings.sources_app, secret)
        return cls(settings.exchange_url, sign, timeout=settings.sources_timeout)

    async def ask(self, query: Query) -> Answer:
        """Ask once. Never raises for what a source does or fails to do, never takes longer than its limit."""
        started, rid = time.perf_counter(), fresh()
        entry = self._sources.get(query.source)
        limit = (entry.seconds if entry else None) or self._timeout
        records: tuple[dict[str, Any], ...] = ()
        detail: Detail | None = unfit(query, self._sources)
        if detail is None:
            try:
                async with asyncio.timeout(limit):
                    rid, reply = await self._post(query.source, _body(query), limit)
                detail, records = read_reply(reply, query.attributes)
            except OutsideError as problem:
                detail = wire(problem)
            except TimeoutError:
                detail = "UPSTREAM_TIMEOUT"
        took = round((time.perf_counter() - started) * 1000, 1)
        self._tell(query, rid, detail, took)
        return self._answer(query, rid, detail, records, took)

    async def _post(self, source: str, body: dict[str, Any], limit: float) -> tuple[str, Reply]:
        """Post, and once more with a new number when the connection broke: an idle one may have been closed."""
        try:
            return await self._post_once(source, body, limit)
        except OutsideError as problem:
            if problem.details.get("why") != "reset":
                raise
            return await self._post_once(source, body, limit)

    async def _post_once(self, source: str, body: dict[str, Any], limit: float) -> tuple[str, Reply]:
        path = f"{PATH}{source}"
        signed = self._signer.sign("POST", self._prefix + path, clock.now())
        reply = await self._http.send(
            "POST", self._base + path, json=body, headers=signed.headers, params=signed.query, timeout=limit
        )
        return signed.rid, reply

    def _answer(
        self, query: Query, rid: str, detail: Detail, records: tuple[dict[str, Any], ...], took: float
    ) -> Answer:
        at = clock.now()
        until = _until(at, self._sources, query.source) if detail == "OK" else None
        return Answer(outcome(detail), rid, at, records, until, "" if detail == "OK" else detail, took)

    def _tell(self, query: Query, rid: str, detail: Detail, took: float) -> None:
        """One line a look-up: who for, why, how it ended; no key, no value."""
        line = log.error if detail in ALARMING else log.info
        purpose = query.purpose
        line(
            "source.asked", source=query.source, outcome=outcome(detail), detail=detail, rid=rid, ms=took,
            purpose=purpose.one_thing, reference=purpose.reference, consent=purpose.consent,
        )

    async def check(self) -> Health:
        """Post a signed ping: an exchange that knows us answers, if only that it has no such interface."""
        started = time.perf_counter()
        try:
            _, reply = await self._post("ping", {}, self._timeout)
            detail, _ = read_reply(reply, ())
        except OutsideError as problem:
            detail = wire(problem)
        well = detail in ("OK", "NO_DATA", "BAD_REQUEST", "AUTH_SCOPE")
        says = f"{self._base} answers" if well else f"{self._base}: {detail}"
        return Health(well, says, round((time.perf_counter() - started) * 1000, 1))

    async def close(self) -> None:
        """Release connections."""
        await self._http.close()


def _until(at: datetime, sources: Catalogue, code: str) -> datetime:
    entry = sources.get(code)
    return at + timedelta(days=entry.valid_days if entry else 30)


def _body(query: Query) -> dict[str, Any]:
    """The request as the exchange reads it; the purpose is never left out."""
    purpose = query.purpose
    return {
        "params": query.key,
        "fields": list(query.attributes),
        "purpose": {"code": purpose.one_thing, "name": purpose.title, "items": list(purpose.items)},
        "case_no": purpose.reference,
        "consent_id": purpose.consent,
        "operator": purpose.operator,
    }
