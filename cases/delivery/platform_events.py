"""What the platform says, by push or by pull: kept first, then applied in order, each number once.

An event that comes early waits for those before it (and a pull is asked for); one that comes twice, or after the end,
changes nothing. While a leg is still being sent its events wait for the receipt.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from cases.actors import NOBODY, PLATFORM
from cases.delivery.event_moves import apply
from cases.lifecycle import LEG_ENDED, LEG_OPEN, hold
from cases.models import Case, Leg, Outbox, SeenEvent
from cases.tasks import close_tasks
from cases.tools import Tools
from core import audit
from core.clock import now
from core.crypto import keyring
from core.errors import NotFound, OutsideError
from integrations.platforms.base import Demand, IssuedResult, PlatformEvent

log = structlog.get_logger(__name__)
_LISTENING = ("sent", "accepted", "correction_asked", *LEG_ENDED)


async def take_event(tools: Tools, event: PlatformEvent, nonce: str | None = None) -> None:
    """Keep a pushed event and apply what is next. Returns when it is stored. Raises `NotFound`."""
    leg = await Leg.get_or_none(number=event.leg_number)
    if leg is None:
        raise NotFound(leg=event.leg_number)
    replayed = nonce is not None and not await tools.kv.first(f"nonce:{nonce}", 3600)
    if replayed and await SeenEvent.exists(leg_id=leg.id, seq=event.seq):
        await audit.record(PLATFORM, "callback.replayed", f"leg:{leg.id}", outcome="ignored")
        return
    await _keep(leg, event)
    await apply_kept(tools, leg.id)
    if await _has_gap(leg.id):
        await Leg.filter(id=leg.id).update(next_pull_at=now())
        await tools.jobs.ask("pull", leg_id=str(leg.id))


async def pull(tools: Tools, leg_id: UUID) -> int:
    """Ask the platform for what was missed; returns how many events it told. Silence or failure: asked again later."""
    leg = await Leg.get(id=leg_id).only("id", "number", "last_seq")
    later = now() + timedelta(seconds=tools.policy.silent_seconds)
    await Leg.filter(id=leg_id, next_pull_at__not_isnull=True).update(next_pull_at=later)
    try:
        events = await tools.platform.events(leg.number, after=leg.last_seq)
    except OutsideError as problem:
        log.warning("platform.pull_failed", problem=problem.code)
        return 0
    for event in sorted(events, key=lambda e: e.seq):
        await _keep(leg, event)
    await apply_kept(tools, leg_id)
    return len(events)


async def pull_silent(tools: Tools, limit: int = 50) -> int:
    """Ask about the legs nobody has spoken of for too long."""
    silent = Leg.filter(next_pull_at__lte=now(), state__in=LEG_OPEN).order_by("next_pull_at").limit(limit)
    return sum([await pull(tools, UUID(str(leg_id))) for leg_id in await silent.values_list("id", flat=True)])


async def apply_kept(tools: Tools, leg_id: UUID) -> None:
    """Apply, in order, the kept events of a leg that are next."""
    while await _some_applied(tools, leg_id):
        pass  # another process may have kept one that is next while we applied those before it


async def apply_waiting(tools: Tools, limit: int = 100) -> None:
    """Apply events that were kept while their leg could not take them yet, or when a process died."""
    waiting = SeenEvent.filter(applied_at__isnull=True).order_by("seq", "id").limit(limit)
    for leg_id in dict.fromkeys(await waiting.values_list("leg_id", flat=True)):
        await apply_kept(tools, UUID(str(leg_id)))


async def _some_applied(tools: Tools, leg_id: UUID) -> bool:
    kept = {seen.seq: seen for seen in await SeenEvent.filter(leg_id=leg_id, applied_at__isnull=True)}
    if not kept:
        return False
    leg = await Leg.get(id=leg_id).only("id", "case_id", "state", "last_seq")
    following = leg.last_seq + 1
    if following in kept and leg.state == "failed":
        await _platform_has_it(leg)
    while following in kept and await _apply(tools, leg, kept[following]):
        following += 1
    return following > leg.last_seq + 1


async def _apply(tools: Tools, leg: Leg, seen: SeenEvent) -> bool:
    """Apply one event, the next one of its leg; False when the leg does not listen, or another process was first."""
    async with in_transaction():
        await hold(leg.case_id)
        # The number moves on only while the leg listens; it is also what keeps two processes apart.
        listening = Leg.filter(id=leg.id, last_seq=seen.seq - 1, state__in=_LISTENING)
        if not await listening.update(last_seq=seen.seq):
            return False
        await SeenEvent.filter(id=seen.id).update(applied_at=now())
        case, fresh = await Case.get(id=leg.case_id), await Leg.get(id=leg.id)
        if case.citizen_id == NOBODY:  # it was forgotten: nothing about it is kept any more
            await SeenEvent.filter(id=seen.id).update(event={})
            return True
        await apply(tools, case, fresh, thaw_event(seen.event))
        later = now() + timedelta(seconds=tools.policy.silent_seconds)
        await Leg.filter(id=leg.id, state__in=LEG_OPEN).update(next_pull_at=later)
    return True


async def _platform_has_it(leg: Leg) -> None:
    """An event of a leg we gave up on: it did arrive. Sending it again gives the receipt."""
    async with in_transaction():
        await hold(leg.case_id)
        lost = Outbox.filter(leg_id=leg.id, state="person", kind__in=["submit", "supplement"])
        if await lost.update(state="due", next_at=now(), since=now()):
            await close_tasks(leg.case_id, kind="delivery", leg_id=leg.id, resolution="arrived")


async def _keep(leg: Leg, event: PlatformEvent) -> None:
    data = freeze_event(event)
    digest = keyring().fingerprint(json.dumps(data, ensure_ascii=False, sort_keys=True))
    try:
        await SeenEvent.create(
            leg_id=leg.id, seq=event.seq, kind=event.kind, digest=digest, event=data, arrived_at=now()
        )
    except IntegrityError:
        if not await SeenEvent.exists(leg_id=leg.id, seq=event.seq, digest=digest):
            await audit.record(PLATFORM, "callback.conflict", f"leg:{leg.id}", outcome="ignored")


async def _has_gap(leg_id: UUID) -> bool:
    leg = await Leg.get(id=leg_id)
    beyond = SeenEvent.filter(leg_id=leg_id, seq__gt=leg.last_seq + 1, applied_at__isnull=True)
    return await beyond.exists() and not await SeenEvent.exists(leg_id=leg_id, seq=leg.last_seq + 1)


def freeze_event(event: PlatformEvent) -> dict[str, Any]:
    """An event as JSON."""
    until = event.promised_until.isoformat() if event.promised_until else None
    return asdict(event) | {"at": event.at.isoformat(), "promised_until": until}


def thaw_event(data: dict[str, Any]) -> PlatformEvent:
    """What `freeze_event` gave."""
    until = data["promised_until"]
    return PlatformEvent(**{
        **data, "at": datetime.fromisoformat(data["at"]),
        "promised_until": datetime.fromisoformat(until) if until else None,
        "demands": tuple(Demand(**demand) for demand in data["demands"]),
        "results": tuple(IssuedResult(**result) for result in data["results"]),
    })
