"""The one door to confirmations: links for others, what they read, what they decide.

A link is for one person, one text and the values shown with it. It is kept as a digest, runs out, ends with the
decision and shows a stranger nothing but masked names. The decision stands in its row and in the draft, written and
audited in one transaction; the job ``confirmed`` only nudges, and the sweep makes up for lost ones.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID, uuid4

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from core.audit import record
from core.clock import now
from core.crypto import keyring
from core.errors import NotFound, NotNow, NotYours, TooMany
from core.jobs import Jobs
from core.masking import mask_name
from forms.confirmation.confirmation_data import Glance, Invitation, Link, LinkState, Reading, glance, reading
from forms.confirmation.confirming import Decision, decided
from forms.draft import Draft, Login
from forms.drafts import KEEPS_DATA, StoredDraft
from forms.engine import Engine
from forms.merging.merged import Confirmer
from forms.models import ConfirmationRow
from forms.service import FormService, as_id

TRIES = 5
"""Times a decision is written again when the draft was saved elsewhere in between."""
MOST_LINKS = 20
"""Links one draft may give out in a day."""
MOST_WRONG = 5
"""Times that somebody else may sign in on a link before it ends."""
LEAST_LEVEL = 2
"""Assurance level from which a login says who somebody is."""
LONGEST_REASON = 300


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


class _Meanwhile(Exception):
    """The draft or the link was changed between reading and writing."""


class Confirmations:
    """Ask, read, decide, take back, run out. ``days`` is how long a link holds."""

    def __init__(self, engine: Engine, forms: FormService, jobs: Jobs, days: int = 7) -> None:
        self._engine, self._forms, self.jobs, self._days = engine, forms, jobs, days

    # For whoever fills the form in

    async def ask(self, draft_id: str, citizen_id: str, key: str) -> Invitation:
        """A link for one confirmation; one given out before ends. Raises `NotFound` for a key that is not asked for,
        `NotNow` (``confirm_nobody``, ``confirm_done``), `TooMany`."""
        held = await self._forms.get(draft_id, citizen_id)
        who = self._who(held.draft, key)
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
        return {row.key: Link(row.key, _state(row), row.created_at, row.expires_at) for row in rows}

    async def take_back(self, draft_id: str, citizen_id: str, key: str) -> bool:
        """End an open link, because a paper stands for it or nobody is asked any more; whether there was one."""
        held = await self._forms.get(draft_id, citizen_id)
        async with in_transaction():
            done = await ConfirmationRow.filter(open_for=f"{held.id}:{key}").update(state="withdrawn", open_for=None)
            if done:
                details = {"key": key}
                await record(f"citizen:{citizen_id}", "confirmation.withdraw", f"draft:{held.id}", details=details)
        return bool(done)

    # For whoever holds the link

    async def glance(self, token: str) -> Glance:
        """What a stranger may see. Raises `NotFound` for a token that never was, or whose form is gone."""
        row = await self._row(token)
        return glance(self._engine, row, (await self._held(row)).draft, _state(row))

    async def read(self, token: str, citizen_id: str, login: Login) -> Reading:
        """What the person themselves reads. Raises `NotYours` (``confirm_wrong_person``) for anybody else, who learns
        nothing by it, `NotNow` (``confirm_level``), `NotFound`."""
        row, held = await self._theirs(token, citizen_id, login)
        return self._reading(row, held.draft)

    async def decide(
        self, token: str, citizen_id: str, login: Login, decision: Decision, seen: str, reason: str = ""
    ) -> Reading:
        """Confirm or decline what was read, once; the same decision again is the same answer.

        Raises what `read` raises, and `NotNow`: ``confirm_changed`` when what was read is not what stands there now,
        ``confirm_decided``, ``confirm_gone``, ``confirm_reason`` (declining needs one).
        """
        if decision == "declined" and not reason.strip():
            raise NotNow(reason="confirm_reason")
        for _ in range(TRIES):
            row, held = await self._theirs(token, citizen_id, login)
            if _state(row) != "open":
                return self._decided_before(row, held.draft, decision)
            try:
                await self._write(row, held, citizen_id, login, decision, seen, reason.strip()[:LONGEST_REASON])
            except _Meanwhile:
                continue
            await self.jobs.ask("confirmed", confirmation_id=str(row.id))
            row = await ConfirmationRow.get(id=row.id)
            return self._reading(row, (await self._held(row)).draft)
        raise NotNow(reason="stale")

    async def _write(
        self, row: ConfirmationRow, held: StoredDraft, citizen_id: str, login: Login, decision: Decision, seen: str,
        reason: str,
    ) -> None:
        who = self._who(held.draft, row.key)
        if who is None or keyring().fingerprint(who.id_number.upper()) != row.who:
            raise NotNow(reason="confirm_gone")
        if who.digest != seen:
            raise NotNow(reason="confirm_changed")
        moment = now()
        given = decided(who, decision, id_=str(row.id), at=moment, level=login.level, reason=reason)
        draft = self._engine.confirmed(held.draft, row.key, given)
        async with in_transaction():
            done = await ConfirmationRow.filter(id=row.id, state="open").update(
                state=decision, open_for=None, level=login.level, decided_by=citizen_id, decided_at=moment,
                reason=reason if decision == "declined" else None, tell_at=moment, text=who.says, version=who.version,
            )
            if not done or not await self._forms.confirm(held, draft):
                raise _Meanwhile
            details = {"key": row.key, "level": login.level, "version": who.version}
            await record(f"citizen:{citizen_id}", f"confirmation.{decision}", f"draft:{held.id}", details=details)

    def _decided_before(self, row: ConfirmationRow, draft: Draft, decision: Decision) -> Reading:
        if row.state == decision:
            return self._reading(row, draft)
        raise NotNow(reason="confirm_decided" if row.state in ("confirmed", "declined") else "confirm_gone")

    def _reading(self, row: ConfirmationRow, draft: Draft) -> Reading:
        who = self._who(draft, row.key)
        if who is not None and keyring().fingerprint(who.id_number.upper()) != row.who:
            who = None
        state = _state(row)
        return reading(self._engine, row, draft, who, "withdrawn" if state == "open" and who is None else state)

    def _who(self, draft: Draft, key: str) -> Confirmer | None:
        return next((who for who in self._engine.confirmations(draft) if who.key == key), None)

    async def _row(self, token: str) -> ConfirmationRow:
        row = await ConfirmationRow.get_or_none(token_hash=digest(token))
        if row is None:
            raise NotFound()
        return row

    async def _held(self, row: ConfirmationRow) -> StoredDraft:
        held = await self._forms.get(str(row.draft_id))
        if held.state not in KEEPS_DATA:
            raise NotFound()
        return held

    async def _theirs(self, token: str, citizen_id: str, login: Login) -> tuple[ConfirmationRow, StoredDraft]:
        """The row with its form, for the one person it is for."""
        row = await self._row(token)
        held = await self._held(row)
        if held.citizen_id == citizen_id:  # whoever asked tries their own link before passing it on
            raise NotYours(reason="confirm_own")
        if keyring().fingerprint(login.id_number.upper()) != row.who:
            await self._refuse(row, citizen_id)
        if login.level < LEAST_LEVEL:
            raise NotNow(reason="confirm_level")
        return row, held

    async def _refuse(self, row: ConfirmationRow, citizen_id: str) -> NoReturn:
        async with in_transaction():
            fields: dict[str, object] = {"wrong": row.wrong + 1}
            if row.wrong + 1 >= MOST_WRONG:
                fields |= {"state": "withdrawn", "open_for": None}
            await ConfirmationRow.filter(id=row.id, state="open").update(**fields)
            await record(f"citizen:{citizen_id}", "confirmation.read", f"draft:{row.draft_id}", outcome="refused")
        raise NotYours(reason="confirm_wrong_person")

    # By themselves

    async def expire(self, moment: datetime | None = None) -> int:
        """End the links that have run out; returns how many."""
        due = ConfirmationRow.filter(state="open", expires_at__lt=moment or now())
        return await due.update(state="expired", open_for=None)

    async def given_by(self, citizen_id: str) -> list[dict[str, str]]:
        """What a citizen decided for others, for their own export."""
        rows = await ConfirmationRow.filter(decided_by=citizen_id).order_by("decided_at")
        return [
            {"one_thing": row.one_thing, "text": row.text, "decision": row.state, "reason": row.reason or "",
             "at": row.decided_at.isoformat() if row.decided_at else ""}
            for row in rows
        ]

    async def to_tell(self, confirmation_id: str) -> ConfirmationRow | None:
        """A decision that whoever asked was not told of yet; None when they were."""
        row = await ConfirmationRow.get_or_none(id=UUID(confirmation_id))
        return row if row is not None and row.tell_at is not None else None

    async def told(self, confirmation_id: str) -> None:
        """They were told."""
        await ConfirmationRow.filter(id=UUID(confirmation_id)).update(tell_at=None)

    async def nudge(self, limit: int = 50) -> None:
        """Ask once more for those who were not told."""
        late = ConfirmationRow.filter(tell_at__lt=now() - timedelta(seconds=10)).order_by("tell_at").limit(limit)
        for row_id in await late.values_list("id", flat=True):
            await self.jobs.ask("confirmed", confirmation_id=str(row_id))


def _state(row: ConfirmationRow) -> LinkState:
    """The state, as of now: one that has run out is over even before the sweep says so."""
    state: LinkState = row.state  # type: ignore[assignment]
    return "expired" if state == "open" and row.expires_at <= now() else state
