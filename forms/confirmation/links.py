"""Links by which others confirm: given out by whoever fills the form in, kept as a digest, taken back, run out."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from core.audit import record
from core.clock import now
from core.crypto import keyring
from core.errors import NotFound, NotNow, TooMany
from core.jobs import Jobs
from core.masking import mask_name
from forms.confirmation.confirmation_data import Invitation, Link, LinkState
from forms.confirmation.confirmer import Confirmer
from forms.draft import Draft
from forms.drafts import StoredDraft
from forms.engine import Engine
from forms.models import ConfirmationRow
from forms.service import FormService, as_id

MOST_LINKS = 20
"""Links one draft may give out in a day."""


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def state_of(row: ConfirmationRow) -> LinkState:
    """The state, as of now: one that has run out is over even before the sweep says so."""
    state: LinkState = row.state  # type: ignore[assignment]
    return "expired" if state == "open" and row.expires_at <= now() else state


class Links:
    """The side for whoever fills the form in. ``days`` is how long a link holds."""

    def __init__(self, engine: Engine, forms: FormService, jobs: Jobs, days: int = 7) -> None:
        self._engine, self._forms, self.jobs, self._days = engine, forms, jobs, days

    async def ask(self, draft_id: str, citizen_id: str, key: str) -> Invitation:
        """A link for one confirmation; one given out before ends. Raises `NotFound` for a key that is not asked for,
        `NotNow` (``confirm_nobody``, ``confirm_done``), `TooMany`."""
        held = await self._forms.get(draft_id, citizen_id)
        who = self.who(held.draft, key)
        if who is None:
            raise NotFound(confirmation=key)
        if who.state in ("nobody", "unsure"):
            raise NotNow(reason="confirm_nobody")
        if who.state == "confirmed":
            raise NotNow(reason="confirm_done")
        token = secrets.token_urlsafe(32)
        row = await self._write_link(held, who, token)
        return Invitation(str(row.id), key, token, who.title, mask_name(who.name), row.expires_at)

    async def _write_link(self, held: StoredDraft, who: Confirmer, token: str) -> ConfirmationRow:
        moment, place, actor = now(), f"{held.id}:{who.key}", f"citizen:{held.citizen_id}"
        try:
            async with in_transaction():
                await ConfirmationRow.filter(open_for=place).update(state="withdrawn", open_for=None)
                row = await ConfirmationRow.create(
                    id=uuid4(), draft_id=as_id(held.id), key=who.key, state="open", open_for=place,
                    token_hash=digest(token), who=keyring().fingerprint(who.id_number.upper()), name=who.name,
                    title=who.title, one_thing=held.draft.one_thing, text=who.says, version=who.version,
                    created_at=moment, expires_at=moment + timedelta(days=self._days),
                )
                made = ConfirmationRow.filter(draft_id=row.draft_id, created_at__gt=moment - timedelta(days=1))
                if await made.count() > MOST_LINKS:
                    raise TooMany(retry_after=3600)
                await record(actor, "confirmation.ask", f"draft:{held.id}", details={"key": who.key})
        except IntegrityError as problem:  # two links asked for at once: the other one was first
            raise TooMany(retry_after=1) from problem
        return row

    async def links(self, draft_id: str) -> dict[str, Link]:
        """The last link of each confirmation of a draft, by key."""
        rows = await ConfirmationRow.filter(draft_id=as_id(draft_id)).order_by("created_at")
        return {row.key: Link(row.key, state_of(row), row.created_at, row.expires_at) for row in rows}

    async def take_back(self, draft_id: str, citizen_id: str, key: str) -> bool:
        """End an open link, because a paper stands for it or nobody is asked any more; whether there was one."""
        held = await self._forms.get(draft_id, citizen_id)
        async with in_transaction():
            done = await ConfirmationRow.filter(open_for=f"{held.id}:{key}").update(state="withdrawn", open_for=None)
            if done:
                details = {"key": key}
                await record(f"citizen:{citizen_id}", "confirmation.withdraw", f"draft:{held.id}", details=details)
        return bool(done)

    async def expire(self, moment: datetime | None = None) -> int:
        """End the links that have run out; returns how many."""
        due = ConfirmationRow.filter(state="open", expires_at__lt=moment or now())
        return await due.update(state="expired", open_for=None)

    def who(self, draft: Draft, key: str) -> Confirmer | None:
        """Who has to confirm under this key, while anybody has to."""
        return next((who for who in self._engine.confirmations(draft) if who.key == key), None)
