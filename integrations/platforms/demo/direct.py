"""The province without a wire: the contract's second implementation, for tests and for trying things out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from core import clock
from integrations.health import Health
from integrations.platforms.base import Demand, EventKind, IssuedResult, Package, PlatformEvent, Receipt
from integrations.platforms.demo.filing import Event, Filing, Problem
from integrations.platforms.demo.province import Province
from integrations.platforms.failures import failure
from integrations.platforms.signing import fresh, same, sign_callback

Result = TypeVar("Result")

_KINDS: dict[str, EventKind] = {
    "pre_return": "correction_asked", "receive": "received", "accept": "accepted", "refuse": "not_accepted",
    "correct": "correction_asked", "supplement": "received", "correction_timeout": "correction_timeout",
    "review": "reviewing", "suspend": "suspended", "resume": "resumed", "transfer": "reviewing",
    "transfer_back": "reviewing", "grant": "granted", "deny": "denied", "close": "closed", "deliver": "delivered",
    "withdraw": "withdrawn", "void": "voided",
}


class DirectPlatform:
    """A `integrations.platforms.base.Platform` over a province in this process."""

    def __init__(self, province: Province, callback_key: str) -> None:
        self._province, self._callback_key = province, callback_key

    async def submit(self, package: Package) -> Receipt:
        """Hand over; a slow or spoiled answer fails as it would over a wire, with the package taken."""
        door = await _asked(self._province.take, _filing(package))
        if door.wait:
            raise failure("UPSTREAM_TIMEOUT")
        if door.garbled:
            raise failure("GARBLED")
        return Receipt(door.taken.number, datetime.fromisoformat(door.taken.received_at), door.taken.duplicate)

    async def supplement(self, package: Package) -> Receipt:
        """Hand over again with a higher data version."""
        return await self.submit(package)

    async def withdraw(self, leg_number: str, reason: str) -> None:
        """Withdraw before the decision."""
        await _asked(self._province.withdraw, leg_number, reason)

    async def events(self, leg_number: str, after: int = 0) -> tuple[PlatformEvent, ...]:
        """Pull."""
        _, events = await _asked(self._province.events, leg_number, after)
        return tuple(_event(event) for event in events)

    async def rate(self, case_number: str, stars: int, tags: tuple[str, ...]) -> None:
        """Report a rating."""
        await _asked(self._province.rate, case_number, stars, tags)

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> tuple[PlatformEvent, str]:
        """Verify a push; its content is read from the province itself."""
        timestamp, nonce = headers.get("X-Timestamp", ""), headers.get("X-Nonce", "")
        if not same(sign_callback(self._callback_key, timestamp, nonce, body), headers.get("X-Sign", "")):
            raise failure("AUTH_SIGN", "callback with a wrong signature")
        if not fresh(timestamp, clock.now()):
            raise failure("AUTH_CLOCK", "callback from another time")
        try:
            row = json.loads(body)
            found = next(one for one in self._province.events(row["PROJID"])[1] if one.seq == row["event_seq"])
        except (ValueError, KeyError, TypeError, StopIteration, Problem) as problem:
            raise failure("GARBLED") from problem
        return _event(found), nonce

    async def check(self) -> Health:
        """Whether the province is in service."""
        return Health(not self._province.down, "演示省（进程内）")

    async def close(self) -> None:
        """Nothing to release: the province belongs to whoever made it."""


def _asked(ask: Callable[..., Result], *values: Any) -> Awaitable[Result]:
    async def wait() -> Result:
        try:
            return await asyncio.to_thread(ask, *values)
        except Problem as problem:
            raise failure(problem.name, problem.says) from problem

    return wait()


def _filing(package: Package) -> Filing:
    party = package.applicant
    return Filing(
        package.leg_number, package.case_number, package.data_version, package.one_thing_title, package.item,
        package.item_title, package.department, package.region,
        {"name": party.name, "id_type": party.id_type, "id_number": party.id_number, "phone": party.phone},
        package.submitted_at.isoformat(), dict(package.form), dict(package.labels),
        tuple({"code": one.code, "title": one.title, "way": one.way, "reference": one.reference,
               "files": [file.get("name", "") for file in one.files]} for one in package.materials),
        package.promised_days, package.results, package.callback_url,
        tuple({"code": one.code, "title": one.title, "name": one.name, "says": one.says, "version": one.version,
               "level": str(one.level), "at": one.at.isoformat()} for one in package.confirmations),
    )


def _event(event: Event) -> PlatformEvent:
    until = datetime.fromisoformat(event.promised_until) if event.promised_until else None
    return PlatformEvent(
        event.projid, event.seq, _KINDS[event.event], datetime.fromisoformat(event.at), event.by, event.says,
        tuple(Demand(**one) for one in event.demands), tuple(IssuedResult(**one) for one in event.results), until,
        event.document, {"number": event.number},
    )
