"""Unified identity in process: the same tickets without a server."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from core.errors import Refused
from integrations.health import Health
from integrations.identity.base import Person
from integrations.identity.demo.tickets import Card, Tickets


class DemoIdentity:
    """The people of the cards; ``page`` is where a citizen picks one."""

    def __init__(self, cards: Iterable[Card] | Tickets, page: str = "/sso/login") -> None:
        self.tickets = cards if isinstance(cards, Tickets) else Tickets(cards)
        self._page = page

    def login_url(self, return_to: str, state: str = "", proof: str = "") -> str:
        """Where to send a citizen to pick a card."""
        return_to += f"?{urlencode({'state': state})}" if state else ""
        return f"{self._page}?{urlencode({'goto': return_to})}"

    async def person(self, ticket: str, return_to: str = "", proof: str = "") -> Person:
        """Exchange a single-use ticket. Raises `core.errors.Refused` when it is unknown, used or stale."""
        return self.tickets.card(self.tickets.redeem(ticket)).person

    async def renewed(self, kept: str) -> Person:
        """Raises `core.errors.Refused`: tickets leave nothing to renew by."""
        raise Refused("the ticket flow has nothing to renew by")

    async def leave(self, kept: str) -> None:
        """Nothing to end."""

    def leave_url(self, return_to: str) -> str:
        """Nothing to end in a browser."""
        return ""

    async def check(self) -> Health:
        """Always well; says how many people can sign in."""
        return Health(True, f"{len(self.tickets.cards)} invented people can sign in")

    async def close(self) -> None:
        """Nothing to release."""
