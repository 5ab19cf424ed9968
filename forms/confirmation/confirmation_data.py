"""Confirmations as plain data: what strangers, the person themselves and whoever asked get to see of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.masking import mask_name
from forms.confirmation.confirmer import Confirmer
from forms.draft import Draft
from forms.engine import Engine
from forms.models import ConfirmationRow

LinkState = Literal["open", "confirmed", "declined", "withdrawn", "expired"]


@dataclass(frozen=True)
class Invitation:
    """A link just made. ``token`` is shown this once and kept only as a digest."""

    id: str
    key: str
    token: str
    title: str
    """Who they are to the citizen: 「卖方2」."""
    name: str
    """Their name, masked."""
    expires_at: datetime


@dataclass(frozen=True)
class Link:
    """The last link given out for one confirmation, for whoever asked."""

    key: str
    state: LinkState
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Glance:
    """What anybody who holds the link may see: no name in full, no value, no text."""

    one_thing: str
    """Title of the one-thing."""
    asked_by: str
    """Masked."""
    name: str
    """Of the person it is for, masked."""
    state: LinkState
    expires_at: datetime


@dataclass(frozen=True)
class Reading:
    """What the person themselves reads before they decide, and afterwards."""

    one_thing: str
    title: str
    """Who they are in this matter."""
    asked_by: str
    says: str
    rows: tuple[tuple[str, str], ...]
    """(title, value), sensitive values masked."""
    sources: tuple[str, ...]
    """Registers that will be asked about them once they have confirmed."""
    state: LinkState
    seen: str
    """Names exactly what is shown here; sent back with the decision."""
    expires_at: datetime
    at: datetime | None = None
    level: int = 0
    reason: str = ""


def glance(engine: Engine, row: ConfirmationRow, draft: Draft, state: LinkState) -> Glance:
    """The link as a stranger sees it."""
    definition = engine.bank.definition(row.one_thing)
    asked_by = mask_name(draft.login.name) if draft.login else ""
    return Glance(definition.title, asked_by, mask_name(row.name), state, row.expires_at)


def reading(engine: Engine, row: ConfirmationRow, draft: Draft, who: Confirmer | None, state: LinkState) -> Reading:
    """The link as the person themselves sees it; of one that is no longer open no values are shown."""
    shown = who if who is not None and state == "open" else None
    rows = [(_label(engine, draft, shown, path), engine.masked(draft, path)) for path in shown.shown] if shown else []
    return Reading(
        one_thing=engine.bank.definition(row.one_thing).title, title=who.title if who else "",
        asked_by=draft.login.name if draft.login else "", says=row.text if shown is None else shown.says,
        rows=tuple(rows), sources=engine.opens(draft, shown.key) if shown else (), state=state,
        seen=shown.digest if shown else "", expires_at=row.expires_at, at=row.decided_at, level=row.level or 0,
        reason=row.reason or "",
    )


def _label(engine: Engine, draft: Draft, who: Confirmer, path: str) -> str:
    """What a value is called to the person it is about: 「姓名」, not 「卖方2 · 姓名」."""
    title = engine.title(draft, path)
    return title.rpartition(" · ")[2] if path.startswith(f"{who.key.partition(':')[2]}.") else title
