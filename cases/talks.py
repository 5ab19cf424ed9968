"""Citizens who asked for a person: what they said waits in the queue, and the answer goes back into their talk."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from cases.clocks import due
from cases.models import Task
from cases.tasks import OPEN
from cases.tools import Tools
from core.clock import now, today

LONGEST = 2000
"""Characters of what was said that a task carries; the last ones are kept."""

TOLD = {"reply": "replied", "back": "given_back"}
"""How a person's part ended, before and after the talk knows."""


async def wait_for_person(owner: str, region: str, said: Sequence[str], *, days: int = 1) -> None:
    """Put what ``owner`` (``citizen:<id>`` or ``guest:<id>``) said before a person; what follows is added to it."""
    key, words = f"talk:{owner}", "\n".join(said)
    task = await Task.get_or_none(open_for=key)
    if task is None:
        await Task.get_or_create(open_for=key, defaults={
            "kind": "talk", "state": "open", "region": region, "reason": owner, "says": words[-LONGEST:],
            "due_on": due(today(), days)[0], "created_at": now(),
        })
    else:
        await Task.filter(id=task.id).update(says=f"{task.says}\n{words}"[-LONGEST:])


async def no_longer_waits(owner: str) -> None:
    """The citizen goes on alone, or is forgotten: nothing they said stays in the queue."""
    await Task.filter(kind="talk", reason=owner).update(says=None, note=None)
    await Task.filter(kind="talk", reason=owner, state__in=OPEN).update(
        state="cancelled", open_for=None, resolution="alone", done_at=now()
    )


async def nudge_replies(tools: Tools) -> None:
    """Ask for each answer that was not told yet; a nudge may be lost, the row is not."""
    for task_id in await Task.filter(kind="talk", resolution__in=list(TOLD)).values_list("id", flat=True):
        await tools.jobs.ask("reply", task_id=str(task_id))


async def reply_of(task_id: UUID) -> tuple[str, str] | None:
    """(whose talk, the answer) that is still to be told; None when it was told, or taken back."""
    task = await Task.get_or_none(id=task_id, kind="talk", resolution="reply")
    return (task.reason, str(task.note)) if task is not None and task.note else None


async def back_of(task_id: UUID) -> str | None:
    """Whose talk a person gave back, as long as it is not known there."""
    task = await Task.get_or_none(id=task_id, kind="talk", resolution="back")
    return task.reason if task is not None else None


async def reply_told(task_id: UUID) -> None:
    """It stands in the talk."""
    for before, after in TOLD.items():
        await Task.filter(id=task_id, resolution=before).update(resolution=after)
