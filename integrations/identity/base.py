"""The contract of unified identity: what the login page sends back, a ticket or a code, becomes a person."""

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

    def login_url(self, return_to: str, state: str = "", proof: str = "") -> str:
        """Where to send a citizen to sign in. They come back to ``return_to`` with ``state`` and a ticket or code.

        ``proof`` is a secret of this one sign-in that only the citizen's browser keeps.
        """
        ...

    async def person(self, ticket: str, return_to: str = "", proof: str = "") -> Person:
        """Exchange a single-use ticket or code; ``return_to`` and ``proof`` as they were given to `login_url`.

        Raises `core.errors.Refused` when it is unknown, used, stale, or not meant for us.
        """
        ...

    async def check(self) -> Health:
        """Test settings, connection and credentials."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
