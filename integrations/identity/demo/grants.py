"""What the demo gave out for a code: tokens to read with, and one to stay signed in by. A sign-in ends as a whole.

Kept are the rules of RFC 9700: a token that renews works once, and one that is used again ends everything of its
sign-in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import clock
from core.errors import Refused
from integrations.identity.demo.tickets import LIFE, Tickets

STAYS = timedelta(days=30)
AT_MOST = 3000


@dataclass
class Grant:
    """One sign-in: whose it is, and the tokens that count now."""

    who: str
    scope: str
    until: datetime
    reads: str = ""
    renews: str = ""
    ended: bool = False


@dataclass
class Grants:
    """Sign-ins by every code and token that was ever given out for them."""

    tickets: Tickets
    by: dict[str, Grant] = field(default_factory=dict)

    def begin(self, code: str, who: str, scope: str) -> dict[str, str | int]:
        """The first tokens, for a code that was just redeemed."""
        grant = Grant(who, scope, clock.now() + STAYS)
        self._keep(code, grant)
        return self._tokens(grant)

    def renew(self, token: str) -> dict[str, str | int]:
        """The next tokens. Raises `Refused` when the sign-in is over; it is, from now on, for a token used again."""
        grant = self.by.get(token)
        if grant is None or grant.ended or clock.now() >= grant.until:
            raise Refused("this sign-in is over")
        if token != grant.renews:
            grant.ended = True
            raise Refused("this token was used before")
        return self._tokens(grant)

    def end(self, token: str) -> None:
        """The sign-in that a code or token belongs to is over; an unknown one is fine."""
        grant = self.by.get(token)
        if grant is not None:
            grant.ended = True

    def reader(self, token: str) -> str:
        """The ``who`` that a token reads, once. Raises `Refused`."""
        grant = self.by.get(token)
        if grant is None or grant.ended or token != grant.reads:
            raise Refused("this token is not known")
        return self.tickets.redeem(token, "AT")

    def _tokens(self, grant: Grant) -> dict[str, str | int]:
        grant.reads, grant.renews = self.tickets.issue(grant.who, "AT"), f"RT-{secrets.token_urlsafe(24)}"
        self._keep(grant.reads, grant)
        self._keep(grant.renews, grant)
        return {"access_token": grant.reads, "refresh_token": grant.renews, "token_type": "Bearer",
                "expires_in": int(LIFE.total_seconds()), "scope": grant.scope}

    def _keep(self, token: str, grant: Grant) -> None:
        while len(self.by) >= AT_MOST:
            self.by.pop(next(iter(self.by)))
        self.by[token] = grant
