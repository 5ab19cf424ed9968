"""The contract of provincial platforms: hand over one department's package, follow it, and read what comes back.

Failures are `core.errors.OutsideError`s: `Unavailable` retries by itself, `Refused` goes to a person, `NotAuthorised`
raises an alarm, `Garbled` is retried like `Unavailable` and counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from integrations.health import Health

EventKind = Literal[
    "received", "accepted", "not_accepted", "correction_asked", "correction_timeout", "reviewing", "suspended",
    "resumed", "granted", "denied", "closed", "delivered", "withdrawn", "voided",
]


@dataclass(frozen=True)
class Party:
    """A person or company as platforms name them."""

    name: str
    id_type: str
    """``id_card`` or ``uscc``."""
    id_number: str
    phone: str = ""


@dataclass(frozen=True)
class PackageMaterial:
    """A material in a package: how it is provided, and its files when it was uploaded or generated."""

    code: str
    title: str
    way: str
    reference: str = ""
    files: tuple[dict[str, str], ...] = ()
    """``{"name": ..., "sha256": ..., "url": ...}``."""


@dataclass(frozen=True)
class PackageConfirmation:
    """What somebody named in a package confirmed for themselves, with their own login."""

    code: str
    title: str
    """Who they are in this matter: 卖方, 户主."""
    name: str
    id_number: str
    says: str
    """The text they confirmed, as it was worded."""
    version: str
    """Of the text."""
    level: int
    """Assurance level of their login, 1 to 4."""
    at: datetime


@dataclass(frozen=True)
class Package:
    """One department's part of a case, and only that."""

    case_number: str
    leg_number: str
    idempotency_key: str
    """Never changes for (case, leg, data version)."""
    one_thing: str
    one_thing_title: str
    item: str
    item_title: str
    item_version: str
    department: str
    region: str
    applicant: Party
    submitted_at: datetime
    form: dict[str, Any]
    """Path to value, the leg's needs only."""
    labels: dict[str, str]
    """Path to the title a clerk reads."""
    materials: tuple[PackageMaterial, ...]
    promised_days: int
    results: tuple[str, ...] = ()
    """Titles of what this item issues."""
    data_version: int = 1
    callback_url: str = ""
    confirmations: tuple[PackageConfirmation, ...] = ()
    """Of those whom this department's part names, and of nobody else."""


@dataclass(frozen=True)
class Receipt:
    """The platform has the package."""

    platform_number: str
    received_at: datetime
    duplicate: bool = False


@dataclass(frozen=True)
class Demand:
    """One correction a department asks for: about a path or ``material:code``."""

    about: str
    says: str


@dataclass(frozen=True)
class IssuedResult:
    """Something a department issued. ``value`` is the datum it carries (an id number, a licence number)."""

    title: str
    value: str = ""
    licence_number: str = ""
    url: str = ""


@dataclass(frozen=True)
class PlatformEvent:
    """One step of one leg, in our words. ``seq`` starts at 1 per leg and has no gaps when nothing was lost."""

    leg_number: str
    seq: int
    kind: EventKind
    at: datetime
    by: str = ""
    says: str = ""
    demands: tuple[Demand, ...] = ()
    results: tuple[IssuedResult, ...] = ()
    promised_until: datetime | None = None
    document: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


class Platform(Protocol):
    """An adapter to a provincial platform."""

    async def submit(self, package: Package) -> Receipt:
        """Hand over a package; the same idempotency key with the same content is the same receipt again."""
        ...

    async def supplement(self, package: Package) -> Receipt:
        """Hand over a package with a higher data version: a corrected one, or one with papers that were to come later,
        which changes nothing else and is taken without being asked for."""
        ...

    async def withdraw(self, leg_number: str, reason: str) -> None:
        """Withdraw before the decision."""
        ...

    async def events(self, leg_number: str, after: int = 0) -> tuple[PlatformEvent, ...]:
        """All events of a leg with a sequence number above ``after``: the pull beside the push."""
        ...

    async def rate(self, case_number: str, stars: int, tags: tuple[str, ...]) -> None:
        """Report a rating of 1 to 5."""
        ...

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> tuple[PlatformEvent, str]:
        """Verify and read a pushed event; returns it with its nonce (the caller remembers nonces).

        Raises `core.errors.NotAuthorised` for a bad signature or a stale clock, `core.errors.Garbled` for junk.
        """
        ...

    async def check(self) -> Health:
        """Test settings, connection and credentials."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
