"""Rows of work on the bench: asked for, claimed by one process, kept alive, ended. One piece of work at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import NotFound, NotNow
from core.kv import KV
from intents.models import TrainingRun
from intents.training.golden import By

OPEN = ("waiting", "running")
SILENT = timedelta(seconds=30)
"""After this long without a sign of life whoever worked on it is dead."""


async def ask(kv: KV, by: By, **wanted: Any) -> TrainingRun:
    """A new piece of work. Raises `NotNow` (``busy``) while there is another one."""
    async with kv.lock("bench-ask", wait=5):
        await give_up_silent()
        if await open_run() is not None:
            raise NotNow("a training is under way: wait for it, or cancel it", reason="busy")
        async with in_transaction():
            run = await TrainingRun.create(by=by.actor, by_name=by.name, asked_at=now(), **wanted)
            await audit.record(by.actor, f"recogniser.{run.kind}_asked", f"run:{run.id}",
                               details={"version": run.version_id, "against": run.against_id})
    return run


async def run_of(text: str) -> TrainingRun:
    """A piece of work by its id. Raises `NotFound`."""
    try:
        found = await TrainingRun.get_or_none(id=UUID(text))
    except ValueError as problem:
        raise NotFound() from problem
    if found is None:
        raise NotFound()
    return found


async def open_run() -> TrainingRun | None:
    """What is waited for or worked on now."""
    return await TrainingRun.filter(state__in=OPEN).order_by("asked_at").first()


async def last_run() -> TrainingRun | None:
    """What was asked for last."""
    return await TrainingRun.all().order_by("-asked_at").first()


async def claim(run_id: UUID) -> TrainingRun | None:
    """Take a waiting piece of work; None when another process has it, or it is over."""
    waiting = TrainingRun.filter(id=run_id, state="waiting")
    if not await waiting.update(state="running", stage="gathering", seen_at=now()):
        return None
    return await TrainingRun.get(id=run_id)


async def still_wanted(run: TrainingRun, **changed: Any) -> bool:
    """Say that it is being worked on, and how far it is; False when it was cancelled or given up meanwhile."""
    return bool(await TrainingRun.filter(id=run.id, state="running", cancel=False).update(seen_at=now(), **changed))


async def end(run: TrainingRun, state: str, reason: str = "", said: str = "", **changed: Any) -> None:
    """It is over; the first who says so counts."""
    going = TrainingRun.filter(id=run.id, state__in=OPEN)
    async with in_transaction():
        if await going.update(state=state, reason=reason, said=said[:300], ended_at=now(), **changed):
            await audit.record("system", f"recogniser.{run.kind}_{state}", f"run:{run.id}",
                               outcome=state, details={"reason": reason} if reason else None)


async def cancel(run: TrainingRun, by: By) -> None:
    """Stop it: at once when nobody works on it yet, else within a second or two. Raises `NotNow` (``over``)."""
    async with in_transaction():
        if not await TrainingRun.filter(id=run.id, state__in=OPEN).update(cancel=True):
            raise NotNow("this is over already", reason="over")
        await audit.record(by.actor, "recogniser.cancelled", f"run:{run.id}")
    if await TrainingRun.filter(id=run.id, state="waiting").exists():
        await end(run, "cancelled", "cancelled")


async def give_up_silent() -> int:
    """End what a dead process left behind, so that it can be asked for anew; how many that were."""
    since = now() - SILENT
    silent = TrainingRun.filter(Q(state="running") & (Q(seen_at__lt=since) | Q(seen_at__isnull=True)))
    found = await silent
    for run in found:
        await end(run, "cancelled" if run.cancel else "failed", "cancelled" if run.cancel else "lost")
    return len(found)


async def waiting_run() -> TrainingRun | None:
    """What nobody works on yet, for the sweep to nudge."""
    return await TrainingRun.filter(state="waiting").order_by("asked_at").first()
