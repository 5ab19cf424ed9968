"""The timeline of a case, and telling the citizen.

What must be told is a row with ``next_ask_at`` set. The job ``notify`` is a nudge that carries no personal data: its
handler reads the row with `read_notice`, tells the citizen once (the event's id is the key against doubles) and calls
`told`. Until then the sweep nudges again, with growing pauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.expressions import F, Q

from cases.models import Case, CaseEvent, Leg
from core.clock import now
from core.errors import NotFound
from core.jobs import Jobs


@dataclass(frozen=True)
class Said:
    """One line to write: who did what. ``what`` is a wording key under ``case.event.``."""

    actor: str
    what: str
    params: dict[str, Any] = field(default_factory=dict)
    public: bool = True
    tell: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Notice:
    """What to tell a citizen: the sentence ``case.event.<what>`` with its params."""

    event_id: int
    case_id: UUID
    number: str
    citizen_id: str
    title: str
    what: str
    params: dict[str, Any]
    at: datetime
    told_with: int | None = None
    """Id of the event it is told with, once that is known."""


async def say(
    case_id: UUID, said: Said, *, leg_id: UUID | None = None, from_state: str = "", to_state: str = ""
) -> CaseEvent:
    """Write one line of the timeline."""
    moment = now()
    return await CaseEvent.create(
        case_id=case_id, leg_id=leg_id, at=said.at or moment, actor=said.actor, what=said.what, params=said.params,
        from_state=from_state, to_state=to_state, public=said.public, tell=said.tell,
        next_ask_at=moment if said.tell else None,
    )


def about_leg(leg: Leg, **more: Any) -> dict[str, Any]:
    """The params of a sentence about one department's part."""
    return {"item": leg.title, "department": leg.department, **more}


async def nudge_notices(
    jobs: Jobs, pauses: Sequence[float], which: Q, case_id: UUID | None = None, limit: int = 100
) -> int:
    """Ask for ``notify`` for every citizen not told yet whose time has come; call it outside transactions.

    ``which`` are the notices that are due: `cases.timeline.bundling.due`.
    """
    due = CaseEvent.filter(which)
    events = await (due.filter(case_id=case_id) if case_id else due).order_by("id").limit(limit)
    for event in events:
        pause = timedelta(seconds=pauses[min(event.asked, len(pauses) - 1)])
        mine = CaseEvent.filter(id=event.id, next_ask_at__not_isnull=True, asked=event.asked)
        if await mine.update(asked=F("asked") + 1, next_ask_at=now() + pause):
            await jobs.ask("notify", case_id=str(event.case_id), what=event.what, event_id=event.id)
    return len(events)


async def read_notice(event_id: int) -> Notice:
    """What to tell. Raises `NotFound`."""
    event = await CaseEvent.get_or_none(id=event_id)
    if event is None:
        raise NotFound()
    case = await Case.get(id=event.case_id)
    params = {"number": case.number, "title": case.title, **(event.params or {})}
    return Notice(event.id, case.id, case.number, case.citizen_id, case.title, event.what, params, event.at,
                  event.told_with)


async def told(event_id: int) -> None:
    """The citizen has it, and what was told with it: it stands in their conversation or went out as a message."""
    these = CaseEvent.filter(Q(id=event_id) | Q(told_with=event_id), told_at__isnull=True)
    await these.update(told_at=now(), next_ask_at=None)
