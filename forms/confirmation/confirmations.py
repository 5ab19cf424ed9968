"""The one door to confirmations: links for others, what they read, what they decide.

A link is for one person, one text and the values shown with it. It is kept as a digest, runs out, ends with the
decision and shows a stranger nothing but masked names. The decision stands in its row and in the draft, written and
audited in one transaction; the job ``confirmed`` only nudges, and the sweep makes up for lost ones.
"""

from __future__ import annotations

from typing import NoReturn

from tortoise.transactions import in_transaction

from core.audit import record
from core.clock import now
from core.crypto import keyring
from core.errors import NotFound, NotNow, NotYours
from forms.confirmation.confirmation_data import Glance, Reading, glance, reading
from forms.confirmation.confirming import Decision, decided
from forms.confirmation.links import digest, state_of
from forms.confirmation.told import Told
from forms.draft import Draft, Login
from forms.drafts import KEEPS_DATA, StoredDraft
from forms.models import ConfirmationRow

TRIES = 5
"""Times a decision is written again when the draft was saved elsewhere in between."""
MOST_WRONG = 5
"""Times that somebody else may sign in on a link before it ends."""
LEAST_LEVEL = 2
"""Assurance level from which a login says who somebody is."""
LONGEST_REASON = 300


class _Meanwhile(Exception):
    """The draft or the link was changed between reading and writing."""


class Confirmations(Told):
    """The side for whoever holds a link, on top of those for whoever asked and for the machine."""

    async def glance(self, token: str) -> Glance:
        """What a stranger may see. Raises `NotFound` for a token that never was, or whose form is gone."""
        row = await self._row(token)
        return glance(self._engine, row, (await self._held(row)).draft, state_of(row))

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
            if state_of(row) != "open":
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
        who = self.who(held.draft, row.key)
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
        who = self.who(draft, row.key)
        if who is not None and keyring().fingerprint(who.id_number.upper()) != row.who:
            who = None
        state = state_of(row)
        return reading(self._engine, row, draft, who, "withdrawn" if state == "open" and who is None else state)

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
