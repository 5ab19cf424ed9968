"""Handing rows of the outbox to the platform.

A row is claimed by one guarded UPDATE, so any number of processes may run this. What is sent is frozen with the claim
and goes out under a key that never changes: whoever dies between sending and storing leaves a claim that runs out, and
the next attempt is a duplicate, which is a success. Each department is served on its own, oldest first, so that one
that is down holds up nobody.
"""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from tortoise.expressions import F
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from cases.actors import SYSTEM
from cases.delivery.delivered import hand_to_person, store_delivered
from cases.delivery.platform_events import apply_kept
from cases.legs.graph import legs_of
from cases.legs.plan import freeze, package_for, thaw
from cases.lifecycle import hold, move
from cases.models import Case, Leg, Outbox, Rating
from cases.outstanding.confirming import for_package
from cases.outstanding.owed import LOST
from cases.timeline.events import Said, about_leg
from cases.tools import Tools
from core.clock import now
from core.errors import Garbled, NotAuthorised, OutsideError, Refused
from forms.drafts import StoredFile
from integrations.platforms.base import Receipt

log = structlog.get_logger(__name__)
PACKED = ("submit", "supplement", "paper")
"""Kinds of rows that carry a package."""


def due_rows(moment: datetime) -> QuerySet[Outbox]:
    """Rows whose time has come, oldest first."""
    return Outbox.filter(state="due", next_at__lte=moment).order_by("since", "id")


async def deliver_due(tools: Tools, limit: int = 100) -> int:
    """Try what is due; returns how many were delivered. Departments at the same time, each on its own."""
    departments = await due_rows(now()).distinct().order_by("department").values_list("department", flat=True)
    names = list(dict.fromkeys(str(name) for name in departments))
    share = max(1, limit // max(1, len(names)))
    return sum(await asyncio.gather(*(_department(tools, name, share) for name in names)))


async def _department(tools: Tools, department: str, limit: int) -> int:
    """Serve one department, a few at a time; stop at the first sign that it is down."""
    limit = 1 if await _is_failing(tools, department) else limit
    rows, delivered = await due_rows(now()).filter(department=department).limit(limit), 0
    for start in range(0, len(rows), tools.policy.at_once):
        batch = rows[start:start + tools.policy.at_once]
        done = await asyncio.gather(*(attempt(tools, row.id) for row in batch))
        delivered += sum(result is True for result in done)
        if any(result is False for result in done) and await _is_failing(tools, department):
            break
    return delivered


async def deliver_leg(tools: Tools, leg_id: UUID) -> int:
    """Try the due rows of one leg now: what the job ``deliver`` does."""
    rows = await due_rows(now()).filter(leg_id=leg_id)
    return sum([await attempt(tools, row.id) is True for row in rows])


async def attempt(tools: Tools, row_id: UUID) -> bool | None:
    """One attempt at one row: True delivered, False failed, None when it was not ours to try."""
    row = await _claim(tools, row_id)
    if row is None:
        return None
    try:
        receipt = await _send(tools, row)
    except OutsideError as problem:
        await _failed(tools, row, problem)
        return False
    except Exception as problem:  # the frame around an adapter: its bug must not stop the others
        log.exception("delivery.adapter_failed", department=row.department, kind=row.kind)
        await _failed(tools, row, Garbled(type(problem).__name__))
        return False
    await store_delivered(tools, row.id, receipt)
    await tools.kv.drop(_breaker(row.department))
    if row.leg_id:
        await apply_kept(tools, row.leg_id)
    return True


async def _claim(tools: Tools, row_id: UUID) -> Outbox | None:
    """Claim a due row and freeze what it sends, or None when another process has it."""
    found = await Outbox.get_or_none(id=row_id)
    if found is None:
        return None
    until = now() + timedelta(seconds=tools.policy.claim_seconds)
    async with in_transaction():
        await hold(found.case_id)
        if found.kind == "paper" and not await _may_follow(tools, found):
            return None
        mine = Outbox.filter(id=row_id, state="due", next_at__lte=now())
        if not await mine.update(state="claimed", claimed_until=until, attempts=F("attempts") + 1):
            return None
        row = await Outbox.get(id=row_id)
        if row.package is None and row.kind in PACKED:
            await _freeze(tools, row)
        leg = await Leg.get_or_none(id=row.leg_id) if row.leg_id else None
        if leg is not None and leg.state == "ready":
            await move(Leg, leg.id, "ready", "sending", Said(SYSTEM, "leg_sending", about_leg(leg), public=False))
        return row


async def _may_follow(tools: Tools, row: Outbox) -> bool:
    """A paper follows what its department has: it waits for that, and for the answer to a correction, which takes it
    along; it goes nowhere once the department wants nothing any more."""
    leg, mine = await Leg.get(id=row.leg_id), Outbox.filter(id=row.id, state="due")
    if leg.state in LOST:
        await mine.update(state="cancelled", next_at=None)
    elif leg.state not in ("sent", "accepted", "completed"):
        await mine.update(next_at=now() + _pause(tools, 3))
    else:
        return True
    return False


async def _freeze(tools: Tools, row: Outbox) -> None:
    case, leg = await Case.get(id=row.case_id), await Leg.get(id=row.leg_id)
    files: dict[str, StoredFile] = {file.id: file for file in await tools.forms.files.list_of(str(case.draft_id))}
    confirmed = await for_package(case, leg)
    package = package_for(
        case, leg, await legs_of(case), files, tools.callback_url, tools.files_url, confirmed, row.data_version
    )
    row.package = freeze(package)
    await Outbox.filter(id=row.id).update(package=row.package)


async def _send(tools: Tools, row: Outbox) -> Receipt | None:
    """Speak to the platform; never inside a transaction."""
    if row.kind == "submit":
        return await tools.platform.submit(thaw(row.package))
    if row.kind in ("supplement", "paper"):
        return await tools.platform.supplement(thaw(row.package))
    case = await Case.get(id=row.case_id)
    if row.kind == "rate":
        rating = await Rating.get(case_id=case.id)
        await tools.platform.rate(case.number, rating.stars, tuple(rating.tags))
        return None
    leg = await Leg.get(id=row.leg_id)
    await tools.platform.withdraw(leg.number, case.reason or "")
    return None


async def _failed(tools: Tools, row: Outbox, problem: OutsideError) -> None:
    """Try again later, or hand it to a person: at once when they refused, otherwise after the last attempt."""
    if isinstance(problem, NotAuthorised):
        log.error("platform.not_authorised", department=row.department)
    else:
        log.warning("delivery.failed", department=row.department, problem=problem.code, attempts=row.attempts)
    gone = now() - (row.since or now())
    if isinstance(problem, Refused) or gone >= timedelta(hours=tools.policy.give_up_hours):
        await hand_to_person(tools, row.id, problem)
        return
    mine = Outbox.filter(id=row.id, state="claimed")
    next_at = now() + _pause(tools, row.attempts)
    await mine.update(state="due", next_at=next_at, claimed_until=None, problem=problem.code)
    await tools.kv.count(_breaker(row.department), 3600)


def _pause(tools: Tools, attempts: int) -> timedelta:
    pauses, jitter = tools.policy.pauses, tools.policy.jitter
    seconds = pauses[min(max(attempts, 1), len(pauses)) - 1]
    return timedelta(seconds=seconds * random.uniform(1 - jitter, 1 + jitter))


def _breaker(department: str) -> str:
    return f"delivery:failing:{department}"


async def _is_failing(tools: Tools, department: str) -> bool:
    count = await tools.kv.get(_breaker(department))
    return count is not None and int(count) >= tools.policy.breaker_after


async def reclaim() -> int:
    """Give back what was claimed by a process that died; returns how many."""
    lost = Outbox.filter(state="claimed", claimed_until__lt=now())
    return await lost.update(state="due", next_at=now(), claimed_until=None, problem="lost_claim")
