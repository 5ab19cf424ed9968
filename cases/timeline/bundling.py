"""Telling together what happened together: eight departments take many steps, and a phone should not ring for each.

A notice that is told carries along every other one of its case that waits. Which go with which is written into their
rows first, so that the same words are told however often the job runs.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tortoise.expressions import Q

from cases.models import CaseEvent
from cases.timeline.events import Notice, read_notice
from core.clock import now

GATHERED = ("leg_accepted", "leg_completed", "leg_delivered", "leg_granted", "leg_closed", "leg_resumed")
"""Steps that may wait a while for others; what a citizen must act on is told at once."""
ENDS = ("completed_full", "completed_partial", "completed_none")
"""The end waits a moment for the last words of departments: nothing needless comes behind it."""
SETTLES = 60.0
"""Seconds that the end waits at most."""


def due(gather_seconds: float) -> Q:
    """Which notices are to be told now."""
    moment, settles = now(), min(SETTLES, gather_seconds)
    return Q(next_ask_at__lte=moment) & (
        ~Q(what__in=GATHERED + ENDS) | Q(next_ask_at__lte=moment - timedelta(seconds=gather_seconds))
        | Q(what__in=ENDS, next_ask_at__lte=moment - timedelta(seconds=settles))
    )


async def bundle(event_id: int) -> list[Notice]:
    """Everything that is told with an event, in its order; the first id names it. Empty when it was told before."""
    event = await CaseEvent.get_or_none(id=event_id)
    if event is None or event.next_ask_at is None:
        return []
    if event.told_with is None:
        waiting = CaseEvent.filter(case_id=event.case_id, next_ask_at__not_isnull=True, told_with__isnull=True)
        await waiting.update(told_with=event.id)
        await event.refresh_from_db()
    return await _of(event.case_id, event.told_with or event.id)


async def told_along(event_id: int) -> list[Notice]:
    """What was told with an event, itself among it; nothing when it was erased since."""
    event = await CaseEvent.get_or_none(id=event_id)
    if event is None:
        return []
    if event.told_with is None:
        return [await read_notice(event_id)]
    return await _of(event.case_id, event.told_with)


async def _of(case_id: UUID, carrier: int) -> list[Notice]:
    rows = await CaseEvent.filter(case_id=case_id, told_with=carrier).order_by("id").values_list("id", flat=True)
    return [await read_notice(int(str(one))) for one in rows]
