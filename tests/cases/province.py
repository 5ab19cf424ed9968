"""A platform that does what a test tells it to, and remembers what it was handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from core.clock import now
from core.errors import Garbled, NotFound
from integrations.health import Health
from integrations.platforms.base import EventKind, Package, PlatformEvent, Receipt


class CrashNow(BaseException):
    """The process dies here: nothing below catches it, as nothing catches ``kill -9``."""


class SmallProvince:
    """Takes packages once per key. ``before`` and ``after`` are called around each hand-over and may raise."""

    def __init__(self) -> None:
        self.packages: dict[str, Package] = {}
        self.calls: list[str] = []
        self.told: dict[str, list[PlatformEvent]] = {}
        self.withdrawn: list[str] = []
        self.rated: list[tuple[str, int]] = []
        self.before: Callable[[Package], Any] = lambda package: None
        self.after: Callable[[Package], Any] = lambda package: None

    async def submit(self, package: Package) -> Receipt:
        self.before(package)
        self.calls.append(package.idempotency_key)
        known = self.packages.setdefault(package.idempotency_key, package)
        assert known == package, "one key carried two contents"
        self.after(package)
        return Receipt(f"P-{package.leg_number}", now(), duplicate=self.calls.count(package.idempotency_key) > 1)

    async def supplement(self, package: Package) -> Receipt:
        return await self.submit(package)

    async def withdraw(self, leg_number: str, reason: str) -> None:
        self.withdrawn.append(leg_number)

    async def events(self, leg_number: str, after: int = 0) -> tuple[PlatformEvent, ...]:
        return tuple(event for event in self.told.get(leg_number, []) if event.seq > after)

    async def rate(self, case_number: str, stars: int, tags: tuple[str, ...]) -> None:
        self.rated.append((case_number, stars))

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> tuple[PlatformEvent, str]:
        raise Garbled()

    async def check(self) -> Health:
        return Health(True, "")

    async def close(self) -> None:
        """Nothing is open."""

    def says(self, leg_number: str, kind: EventKind, at: datetime | None = None, **more: Any) -> PlatformEvent:
        """The next event of a leg."""
        events = self.told.setdefault(leg_number, [])
        events.append(PlatformEvent(leg_number, len(events) + 1, kind, at or now(), **more))
        return events[-1]

    def package(self, leg_number: str, version: int = 1) -> Package:
        """What was handed over for a leg."""
        try:
            return self.packages[f"{leg_number}:v{version}"]
        except KeyError as problem:
            raise NotFound(leg_number) from problem
