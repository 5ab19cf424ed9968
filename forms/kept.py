"""Drafts read a moment ago, kept in memory, so that the next turn of the talk need not decrypt and read them again.

The database stays the truth: a draft is served from here only when its row still has the revision and the time of
change it was kept with. A row whose data was deleted is never served from here.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from uuid import UUID

from forms.drafts import StoredDraft

MOST = 256
"""Drafts kept; the one not used for longest goes first."""


class Kept:
    """The last drafts read or written by this process. They are shared: a draft is never altered."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._drafts: OrderedDict[UUID, StoredDraft] = OrderedDict()

    def get(self, draft_id: UUID, revision: int, updated_at: datetime | None = None) -> StoredDraft | None:
        """The draft as of that revision and, when given, time of change, if it is here."""
        held = self._drafts.get(draft_id)
        if held is None or held.revision != revision or updated_at not in (None, held.updated_at):
            return None
        self._drafts.move_to_end(draft_id)
        return held

    def put(self, draft_id: UUID, held: StoredDraft) -> StoredDraft:
        """Keep a draft as the database has it now."""
        self._drafts[draft_id] = held
        self._drafts.move_to_end(draft_id)
        if len(self._drafts) > self._most:
            self._drafts.popitem(last=False)
        return held

    def drop(self, draft_id: UUID) -> None:
        """Forget one."""
        self._drafts.pop(draft_id, None)
