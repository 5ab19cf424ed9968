"""Citizens who asked for a person: what they said waits in the queue, and the answer goes back into their talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cases.clocks import due
from cases.models import Task
from cases.tasks import OPEN
from cases.tools import Tools
from core.clock import now, today

LONGEST = 2000
"""Characters of what was said that a task carries; the last ones are kept."""

ABOUT = "※ "
"""Begins a line that says what the citizen is doing, among the lines that they said."""

TOLD = {"reply": "replied", "back": "given_back", "nobody_yet": "nobody_told", "nobody": "left_alone"}
"""What the talk must hear of a person, before and after it knows: an answer, that they gave it back, that nobody has
come yet, and that nobody came at all."""


async def wait_for_person(owner: str, region: str, said: Sequence[str], *, days: int = 1) -> None:
    """Put what ``owner`` (``citizen:<id>`` or ``guest:<id>``) said before a person; what follows is added to it."""
    key, words = f"talk:{owner}", "\n".join(said)
    task = await Task.get_or_none(open_for=key)
    if task is None:
        await Task.get_or_create(open_for=key, defaults={
            "kind": "talk", "state": "open", "region": region, "reason": owner, "says": words[-LONGEST:],
            "due_on": due(today(), days)[0], "created_at": now(), "waits_since": now(),
        })
    else:
        await Task.filter(id=task.id).update(
            says=f"{task.says}\n{words}"[-LONGEST:], waits_since=task.waits_since or now()
        )


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


@dataclass(frozen=True)
class Untold:
    """What is still to be said in the talk of ``owner``; ``what`` is a key of `TOLD`, ``words`` those of an answer."""

    owner: str
    what: str
    words: str


async def untold(task_id: UUID) -> Untold | None:
    """What a task has to tell; None when it was told, or taken back."""
    task = await Task.get_or_none(id=task_id, kind="talk", resolution__in=list(TOLD))
    if task is None or (task.resolution == "reply" and not task.note):
        return None
    return Untold(task.reason, task.resolution, str(task.note or ""))


async def reply_told(task_id: UUID) -> None:
    """It stands in the talk."""
    for before, after in TOLD.items():
        await Task.filter(id=task_id, resolution=before).update(resolution=after)
