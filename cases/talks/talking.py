"""A person at the console talks with a citizen: takes the talk over, answers as often as needed, gives it back."""

from __future__ import annotations

from uuid import UUID

from cases.actors import Staff
from cases.models import Task
from cases.talks.waiting import LONGEST
from cases.tasks import OPEN, task_for, tasks_of
from cases.tools import Tools
from core import audit
from core.clock import now
from core.errors import NotFound, NotNow

STAFF_SAID = "» "
"""Begins a line that a person said, among the lines that the citizen said."""
LAST = 3


async def waiting(staff: Staff) -> list[Task]:
    """The talks that wait for a person or are with one, longest waiting first."""
    return await tasks_of(staff).filter(kind="talk").order_by("created_at").limit(100)


async def say_to(tools: Tools, task_id: UUID, staff: Staff, words: str) -> None:
    """Answer in a talk that this person took over; it stays with them. Raises `NotFound`, `NotYours`, `NotNow`.

    The answer is a row of its own, so that it is told however often the job that tells it is lost.
    """
    task = await task_for(task_id, staff)
    if task.kind != "talk":
        raise NotFound()
    if not words.strip():
        raise NotNow(reason="note_needed")
    if task.state not in OPEN:
        raise NotNow(reason="done")
    if task.assigned_to != staff.id:
        raise NotNow(reason="claimed")
    said = await Task.create(
        kind="talk", state="done", region=task.region, reason=task.reason, resolution="reply", note=words.strip(),
        assigned_to=staff.id, created_at=now(), done_at=now(),
    )
    await Task.filter(id=task.id).update(
        says=f"{task.says or ''}\n{STAFF_SAID}{words.strip()}"[-LONGEST:], waits_since=None, warned_at=None
    )
    await audit.record(staff.actor, "talk.said", f"task:{task.id}")
    await tools.jobs.ask("reply", task_id=str(said.id))


async def last_answers(staff: Staff) -> list[str]:
    """What this person answered lately, newest first, each once: to be said again."""
    mine = Task.filter(kind="talk", assigned_to=staff.id, note__not_isnull=True).order_by("-done_at").limit(20)
    return list(dict.fromkeys([str(task.note) async for task in mine]))[:LAST]
