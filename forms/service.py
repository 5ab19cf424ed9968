"""The one door to stored drafts and their files. Every change is audited in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from tortoise.transactions import in_transaction

from core.audit import line, record
from core.clock import now
from core.errors import NotFound, NotNow
from core.rows import facts, find
from core.together import changed, make_all
from forms.draft import Draft
from forms.drafts import EDITABLE, FACTS, KEEPS_DATA, MOVES, State, StoredDraft, stored, with_draft
from forms.kept import Kept
from forms.models import ConfirmationRow, DraftRow
from forms.uploads.attachments import Attachments
from forms.uploads.files import FileStore
from forms.uploads.inspection import NoScanner, Scanner

MOST_OPEN = 20
"""Open drafts one citizen may keep; far above what anybody needs, low enough that no script fills the disk."""


LEFT = timedelta(minutes=5)
"""After this, what should have been emptied was left behind."""


def as_id(text: str) -> UUID:
    """A draft or file id. Raises `NotFound` for anything else: a wrong id and an unknown one look the same."""
    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound() from problem


class FormService:
    """Drafts: create, get, save with optimistic revisions, move, expire, erase. ``files`` holds their uploads."""

    def __init__(self, uploads: Path, scanner: Scanner | None = None, draft_days: int = 30) -> None:
        self._store = FileStore(uploads)
        self._days, self._kept = draft_days, Kept()
        self.files = Attachments(self._store, scanner or NoScanner(), self.get)

    async def create(self, citizen_id: str, draft: Draft) -> StoredDraft:
        """Store a new draft. Raises `NotNow` (``reason=too_many_drafts``) above `MOST_OPEN` open ones."""
        async with in_transaction():
            row = await DraftRow.create(
                id=uuid4(), citizen_id=citizen_id, one_thing=draft.one_thing, version=draft.version,
                region=draft.region, data=draft.model_dump(mode="json"), created_at=now(), updated_at=now(),
            )
            if await DraftRow.filter(citizen_id=citizen_id, state="open").count() > MOST_OPEN:
                raise NotNow(reason="too_many_drafts", at_most=MOST_OPEN)
            await record(f"citizen:{citizen_id}", "draft.create", f"draft:{row.id}", details={"what": draft.one_thing})
        return self._kept.put(row.id, stored(row))

    async def get(self, draft_id: str, citizen_id: str | None = None) -> StoredDraft:
        """One draft. With ``citizen_id`` only their own: somebody else's is `NotFound` like one that is not
        there, so that nobody learns it exists, and the attempt is audited.

        Without it the caller is the system (cases, jobs). Raises `NotFound`, also for one that was emptied.
        """
        held = await self._read(as_id(draft_id))
        if citizen_id is not None and held.citizen_id != citizen_id:
            await record(f"citizen:{citizen_id}", "draft.read", f"draft:{held.id}", outcome="refused")
            raise NotFound(draft=draft_id)
        return held

    async def _read(self, draft_id: UUID) -> StoredDraft:
        known = await facts(DraftRow, FACTS, id=draft_id)
        if known is not None and known["state"] in KEEPS_DATA:
            kept = self._kept.get(draft_id, known["revision"], known["updated_at"])
            if kept is not None:
                return self._kept.put(draft_id, with_draft(known, kept.draft))
        row = await find(DraftRow, id=draft_id) if known is not None else None
        if row is None or row.data is None:
            raise NotFound(draft=str(draft_id))
        return self._kept.put(draft_id, stored(row))

    async def open_of(self, citizen_id: str, one_thing: str | None = None) -> tuple[StoredDraft, ...]:
        """The citizen's drafts that may still be changed, last changed first."""
        rows = DraftRow.filter(citizen_id=citizen_id, state__in=EDITABLE).order_by("-updated_at")
        if one_thing is not None:
            rows = rows.filter(one_thing=one_thing)
        return tuple(stored(row) for row in await rows)

    async def kept_of(self, citizen_id: str) -> tuple[StoredDraft, ...]:
        """The citizen's drafts whose answers are kept, those of cases too, last changed first."""
        rows = await DraftRow.filter(citizen_id=citizen_id, state__in=KEEPS_DATA).order_by("-updated_at")
        return tuple(stored(row) for row in rows)

    async def save(
        self, draft_id: str, citizen_id: str, draft: Draft, revision: int, changes: Iterable[str] = ()
    ) -> StoredDraft:
        """Store ``draft`` over the revision it was made from. ``changes`` names paths for the audit, never values.

        Raises `NotNow`: ``reason=stale`` with the fresh ``revision`` and ``draft`` in its details when another tab or
        channel saved in between, ``reason=closed`` with the ``state`` when it may not be changed any more.
        """
        key, moment = as_id(draft_id), now()
        known = self._kept.get(key, revision)
        if known is not None and known.state not in EDITABLE:
            known = None
        states = EDITABLE if known is None else (known.state,)
        fresh = {"data": draft.model_dump(mode="json"), "revision": revision + 1, "version": draft.version,
                 "region": draft.region, "updated_at": moment}
        details = {"revision": revision + 1, "changed": sorted(changes)}
        done = await make_all(
            changed(DraftRow, fresh, id=key, citizen_id=citizen_id, revision=revision, state=states),
            line(f"citizen:{citizen_id}", "draft.save", f"draft:{draft_id}", details=details),
        )
        if done and known is not None:  # all else about it is known, since the state was asked for as well
            return self._kept.put(key, replace(known, draft=draft, revision=revision + 1, updated_at=moment))
        held = await self.get(draft_id, citizen_id)
        if not done:
            raise _why_not(held)
        return held

    async def confirm(self, held: StoredDraft, draft: Draft) -> bool:
        """Store what somebody else decided over what was read; joins the caller's transaction, which audits it.

        False when the draft was saved in between, or its data is gone.
        """
        row = DraftRow.filter(id=as_id(held.id), revision=held.revision, state__in=KEEPS_DATA)
        data = draft.model_dump(mode="json")
        return bool(await row.update(data=data, revision=held.revision + 1, updated_at=now()))

    async def move(self, draft_id: str, before: State, after: State, actor: str) -> None:
        """One guarded move; joins the caller's transaction when there is one. Raises `NotNow` (``reason=moved``)."""
        if after not in MOVES[before]:
            raise NotNow(f"a draft cannot go from {before} to {after}", reason="illegal_move")
        async with in_transaction():
            done = await DraftRow.filter(id=as_id(draft_id), state=before).update(state=after, updated_at=now())
            if not done:
                raise NotNow(reason="moved", draft=draft_id)
            await record(actor, f"draft.{after}", f"draft:{draft_id}")

    async def withdraw(self, draft_id: str, citizen_id: str) -> None:
        """The citizen drops an open draft; its data and files are deleted. One that belongs to a case is `NotNow`."""
        held = await self.get(draft_id, citizen_id)
        if held.state != "open":
            raise NotNow(reason="closed", state=held.state)
        await self.move(held.id, "open", "withdrawn", f"citizen:{citizen_id}")
        await self._empty(held.id, "withdrawn")

    async def expire(self, moment: datetime | None = None) -> int:
        """Empty the open drafts that nobody changed for ``draft_days``; their files go too. Returns how many.

        So are those that a process meant to empty and died.
        """
        limit = (moment or now()) - timedelta(days=self._days)
        gone = DraftRow.filter(state__in=("withdrawn", "expired"), data__isnull=False, updated_at__lt=now() - LEFT)
        for draft_id, state in await gone.values_list("id", "state"):
            await self._empty(str(draft_id), state)
        due = await DraftRow.filter(state="open", updated_at__lt=limit).values_list("id", flat=True)
        return sum([await self._expire(str(draft_id), limit) for draft_id in due])

    async def erase(self, citizen_id: str) -> int:
        """Delete the citizen's drafts that belong to no case, with their files; returns how many."""
        rows = await DraftRow.filter(citizen_id=citizen_id, state__in=("open", "withdrawn", "expired"))
        for row in rows:
            self._kept.drop(row.id)
            await self.files.drop_all(str(row.id))
            async with in_transaction():
                await ConfirmationRow.filter(draft_id=row.id).delete()
                await row.delete()
                await record(f"citizen:{citizen_id}", "draft.erase", f"draft:{row.id}")
        return len(rows)

    async def _expire(self, draft_id: str, limit: datetime) -> int:
        async with in_transaction():
            done = await DraftRow.filter(id=draft_id, state="open", updated_at__lt=limit).update(state="expired")
            if done:
                await record("system", "draft.expire", f"draft:{draft_id}")
        if done:
            await self._empty(draft_id, "expired")
        return int(done)

    async def _empty(self, draft_id: str, state: State) -> None:
        """Files first: if the process dies in between, the row still names what is left to delete."""
        self._kept.drop(as_id(draft_id))
        await self.files.drop_all(draft_id)
        await ConfirmationRow.filter(draft_id=draft_id).delete()
        await DraftRow.filter(id=draft_id, state=state).update(data=None)


def _why_not(fresh: StoredDraft) -> NotNow:
    if fresh.state not in EDITABLE:
        return NotNow(reason="closed", state=fresh.state)
    return NotNow(reason="stale", revision=fresh.revision, draft=fresh.draft)
