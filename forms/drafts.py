"""Stored drafts as plain data: what `forms.service` gives to the rest of the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from forms.draft import Draft
from forms.models import DraftRow, Upload

State = Literal["open", "submitted", "correcting", "withdrawn", "expired"]

EDITABLE: tuple[State, ...] = ("open", "correcting")
"""States in which a citizen may change a draft."""

KEEPS_DATA: tuple[State, ...] = ("open", "correcting", "submitted")
"""States in which a draft always has its data."""

LATE: tuple[State, ...] = ("correcting", "submitted")
"""States in which a paper that may come later can still be given."""

FACTS = ("id", "citizen_id", "state", "revision", "created_at", "updated_at")
"""Columns that tell of a draft without opening it."""

MOVES: dict[State, frozenset[State]] = {
    "open": frozenset({"submitted", "withdrawn", "expired"}),
    "submitted": frozenset({"correcting", "withdrawn"}),
    "correcting": frozenset({"submitted", "withdrawn"}),
    "withdrawn": frozenset(),
    "expired": frozenset(),
}
"""Legal moves of a stored draft."""


@dataclass(frozen=True)
class StoredDraft:
    """A draft with its place in the store. Give ``revision`` back when saving."""

    id: str
    citizen_id: str
    state: State
    revision: int
    draft: Draft
    created_at: datetime
    updated_at: datetime


def with_draft(facts: Mapping[str, Any], draft: Draft) -> StoredDraft:
    """A row's `FACTS` with the draft it holds."""
    return StoredDraft(draft=draft, **{name: facts[name] for name in FACTS} | {"id": str(facts["id"])})


@dataclass(frozen=True)
class StoredFile:
    """A file given for a material slot; ``id`` goes into ``MaterialAnswer.files``."""

    id: str
    draft_id: str
    slot: str
    name: str
    mime: str
    size: int
    sha256: str
    scan: str
    created_at: datetime


def stored(row: DraftRow) -> StoredDraft:
    """A row as plain data."""
    return with_draft({name: getattr(row, name) for name in FACTS}, Draft.model_validate(row.data))


def stored_file(row: Upload) -> StoredFile:
    """A row as plain data."""
    return StoredFile(
        id=str(row.id), draft_id=str(row.draft_id), slot=row.slot, name=row.name, mime=row.mime, size=row.size,  # type: ignore[attr-defined]
        sha256=row.sha256, scan=row.scan, created_at=row.created_at,
    )
