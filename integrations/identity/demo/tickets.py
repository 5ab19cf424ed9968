"""Tickets and tokens of the demo: single-use, short-lived, in memory."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import clock
from core.errors import Refused
from integrations.identity.base import Person

LIFE = timedelta(seconds=120)
LESS = "~"
"""Between the card and the level that somebody signed in with."""
AT_MOST = 1000
"""Open tickets of a kind; the oldest go first."""


@dataclass(frozen=True)
class Card:
    """Somebody who may sign in. ``who`` is opaque; title and story are the family's."""

    who: str
    title: str
    story: str
    note: str
    person: Person


class Tickets:
    """Gives a ticket to whoever picks a card, and takes each ticket once."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = {card.who: card for card in cards}
        self._open: dict[str, tuple[str, datetime]] = {}

    def issue(self, who: str, prefix: str = "ST") -> str:
        """A fresh ticket for the person of a card. Raises `Refused` for a card that is not there."""
        if who.partition(LESS)[0] not in self.cards:
            raise Refused("nobody of that name can sign in here")
        while len(self._open) >= AT_MOST:
            self._open.pop(next(iter(self._open)))
        ticket = f"{prefix}-{secrets.token_urlsafe(24)}"
        self._open[ticket] = (who, clock.now() + LIFE)
        return ticket

    def card(self, who: str) -> Card:
        """The card of a ``who``; with `LESS` and a level behind it, of somebody who is known less surely."""
        who, _, level = who.partition(LESS)
        card = self.cards[who]
        return replace(card, person=replace(card.person, level=int(level))) if level.isdigit() else card

    def redeem(self, ticket: str, prefix: str = "ST") -> str:
        """The ``who`` of a ticket, which is used up by this. Raises `Refused` when it is unknown, used or stale."""
        who, until = self._open.pop(ticket, ("", clock.now())) if ticket.startswith(f"{prefix}-") else ("", clock.now())
        if not who or clock.now() >= until:
            raise Refused("the ticket is unknown, used or stale")
        return who
