"""The contract of unified identity: a ticket from the login page becomes a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from integrations.health import Health


@dataclass(frozen=True)
class Person:
    """A signed-in natural person. ``level`` is the assurance level, 1 to 4."""

    name: str
    id_number: str
    phone: str
    level: int


class IdentityProvider(Protocol):
    """An adapter to a unified-identity platform."""

    def login_url(self, return_to: str) -> str:
        """Where to send a citizen to sign in."""
        ...

    async def person(self, ticket: str) -> Person:
        """Exchange a single-use ticket. Raises `core.errors.Refused` when it is unknown, used or stale."""
        ...

    async def check(self) -> Health:
        """Test settings, connection and credentials."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
