"""The second adapter: the demo data asked in process, without a server. For tests, examples and the terminal."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from core import clock
from integrations.health import Health
from integrations.sources.asking import unfit
from integrations.sources.base import Answer, Outcome, Query
from integrations.sources.demo.desk import Asked, Desk, Verdict, register_of
from integrations.sources.demo.people import FOLDER

Said = tuple[Outcome, str]

_SAID: dict[str, Said] = {
    "ok": ("got", ""),
    "no_data": ("nothing_found", "NO_DATA"),
    "mismatch": ("nothing_found", "MISMATCH"),
    "bad_request": ("source_down", "BAD_REQUEST"),
}
_REFUSED: Said = ("not_allowed", "AUTH_SCOPE")
_SILENT: dict[str, Said] = {
    "slow": ("source_down", "UPSTREAM_TIMEOUT"),
    "down": ("source_down", "UPSTREAM_DOWN"),
    "garbled": ("source_down", "UNKNOWN"),
}


class Direct:
    """Today's demo data, through the same clerk as the demo exchange; ``timeout`` is in seconds."""

    def __init__(self, desk: Desk | None = None, *, folder: Path = FOLDER, timeout: float = 2.0) -> None:
        self.desk = desk or Desk(register_of(folder))
        self._timeout = timeout

    async def ask(self, query: Query) -> Answer:
        """Ask once; faults of the desk are met here as they are over HTTP."""
        started = time.perf_counter()
        refused = unfit(query, self.desk.register().sources)
        if refused:
            return self._answer(query, _REFUSED if refused == "AUTH_SCOPE" else _SAID["bad_request"], started)
        silent = await self._fault(query)
        if silent:
            return self._answer(query, silent, started)
        verdict = self.desk.decide(_asked(query))
        return self._answer(query, _SAID.get(verdict.ended, _REFUSED), started, verdict)

    async def _fault(self, query: Query) -> Said | None:
        fault = self.desk.faults.of(query.source)
        if fault is None or fault.kind not in _SILENT:
            return None
        if fault.kind == "slow":
            await asyncio.sleep(min(fault.seconds, self._timeout))
            if fault.seconds < self._timeout:
                return None
        self.desk.note(_asked(query), fault.kind)
        return _SILENT[fault.kind]

    def _answer(self, query: Query, said: Said, started: float, verdict: Verdict | None = None) -> Answer:
        at, records = clock.now(), verdict.records if verdict else ()
        entry = self.desk.register().sources.get(query.source)
        until = at + timedelta(days=entry.valid_days) if said[0] == "got" and entry else None
        took = round((time.perf_counter() - started) * 1000, 1)
        return Answer(said[0], f"d_{uuid4().hex}", at, records, until, said[1], took)

    async def check(self) -> Health:
        """Whether the demo data loads."""
        return Health(True, f"{len(self.desk.register().families)} invented families")

    async def close(self) -> None:
        """Nothing to release."""


def _asked(query: Query) -> Asked:
    purpose = query.purpose
    return Asked(
        query.source, dict(query.key), tuple(query.attributes), purpose.one_thing, purpose.title, purpose.items,
        purpose.reference, purpose.consent, purpose.operator,
    )
