"""Talks that nobody answers: back to the queue and the citizen told, in the end back to the bot.

Safe in any number of processes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from cases.actors import Staff
from cases.models import Task
from cases.policy import Policy
from cases.tasks import OPEN
from core import audit
from core.clock import now, today
from core.workdays import at_work


async def look_after_talks(policy: Policy) -> None:
    """What must be told is written as rows, for `cases.talks.waiting.nudge_replies` to have it told."""
    await _nobody_yet(now() - timedelta(minutes=policy.talk_minutes))
    await _nobody_at_all()
    await _forgotten(now() - timedelta(hours=policy.talk_idle_hours))


async def release_talks(staff: Staff) -> int:
    """Somebody leaves: the talks they took wait for a colleague; returns how many."""
    gone = await Task.filter(kind="talk", state="claimed", assigned_to=staff.id).update(state="open", assigned_to="")
    if gone:
        await audit.record(staff.actor, "talk.left", f"staff:{staff.id}", details={"talks": gone})
    return gone


async def _nobody_yet(before: datetime) -> None:
    """Words wait too long: whoever took the talk has gone, so others may; the citizen is told, once for each wait."""
    if not (at_work(before) and at_work(now())):  # at night they were told at once that nobody is there
        return
    late = Task.filter(kind="talk", state__in=OPEN, waits_since__lte=before, warned_at__isnull=True)
    async for task in late.limit(50):
        async with in_transaction():
            same = Task.filter(id=task.id, state__in=OPEN, warned_at__isnull=True, waits_since=task.waits_since)
            if await same.update(state="open", assigned_to="", warned_at=now()):
                await Task.create(
                    kind="talk", state="done", region=task.region, reason=task.reason, resolution="nobody_yet",
                    created_at=now(), done_at=now(),
                )
                await audit.record("system", "talk.nobody_yet", f"task:{task.id}")


async def _nobody_at_all() -> None:
    """Nobody answered by the day it was due: the citizen is told, and the bot goes on."""
    late = Task.filter(kind="talk", state__in=OPEN, waits_since__not_isnull=True, due_on__lt=today())
    await _end(await late.limit(50), "nobody")


async def _forgotten(before: datetime) -> None:
    """The last word was a person's, long ago, and the talk was not given back."""
    for task in await Task.filter(kind="talk", state__in=OPEN, waits_since__isnull=True).limit(50):
        said = await Task.filter(kind="talk", reason=task.reason, resolution__in=("reply", "replied")) \
            .order_by("-created_at").first()
        if (said or task).created_at <= before:
            await _end([task], "back")


async def _end(tasks: list[Task], how: str) -> None:
    for task in tasks:
        same = Task.filter(id=task.id, state__in=OPEN, waits_since=task.waits_since) if task.waits_since else \
            Task.filter(id=task.id, state__in=OPEN, waits_since__isnull=True)
        if await same.update(state="done", open_for=None, resolution=how, done_at=now()):
            await audit.record("system", f"talk.{how}", f"task:{task.id}")
