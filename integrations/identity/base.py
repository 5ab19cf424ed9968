"""The contract of unified identity: what the login page sends back, a ticket or a code, becomes a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from integrations.health import Health


@dataclass(frozen=True)
class Person:
    """A signed-in natural person. ``level`` is the assurance level, 1 to 4.

    ``kept`` is a secret that the platform takes to tell whether the sign-in still stands, and to end it; empty where a
    platform has nothing of the kind.
    """

    name: str
    id_number: str
    phone: str
    level: int
    kept: str = field(default="", repr=False, compare=False)


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

    async def renewed(self, kept: str) -> Person:
        """The person of a sign-in that still stands, with the next ``kept``: the one before is used up.

        Raises `core.errors.Refused` when it stands no longer.
        """
        ...

    async def leave(self, kept: str) -> None:
        """End a sign-in at the platform; one that has ended is fine."""
        ...

    def leave_url(self, return_to: str) -> str:
        """Where to send the browser of somebody who signs out, so that nobody after them is let in by themselves; it
        comes back to ``return_to``. Empty where there is nothing to end."""
        ...

    async def check(self) -> Health:
        """Test settings, connection and credentials."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
