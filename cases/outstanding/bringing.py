"""Handing in a paper that was owed: into the case and its draft, and on to the departments that have their part.

A paper that comes late is no correction: nothing is reopened and no clock stands still. The department that wants it
gets it in a row of its own, of kind ``paper``, beside the row that carries its part of the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tortoise.transactions import in_transaction

from cases.actors import citizen
from cases.legs.plan import key_of, plan_in
from cases.lifecycle import hold
from cases.models import Case, Leg, Outbox, Task
from cases.outstanding.owed import LOST, owed_in, window_of
from cases.tasks import OPEN, task_key
from cases.timeline.events import Said, say
from cases.tools import Tools
from core import audit
from core.clock import now
from core.errors import InvalidAnswer, NotNow
from forms.draft import Draft, MaterialAnswer
from forms.drafts import StoredFile
from forms.merging.merged import Slot

MOST_FILES = 9
_TRIES = 3


@dataclass(frozen=True)
class Given:
    """A file as it came."""

    name: str
    declared: str
    """Its type, as the sender says."""
    content: bytes


async def _place(tools: Tools, case: Case, key: str) -> Slot:
    """The place a paper may still be put in. Raises `NotNow`: ``not_owed``, ``paper_late`` (with its details)."""
    found = next((one for one in await owed_in(tools, case) if one.slot.key == key), None)
    if found is None:
        raise NotNow(reason="not_owed")
    if found.late:
        raise NotNow(reason="paper_late", due_on=found.due_on.isoformat(), where=window_of(tools, case, found).short)
    return found.slot


async def bring(tools: Tools, case: Case, key: str, given: Sequence[Given]) -> bool:
    """Take the files of one owed paper and pass them on; False when these very files were taken before.

    Raises `NotNow` (``not_owed``, ``paper_late``, ``stale``, ``too_many_files``) and `InvalidAnswer` about the files.
    """
    if not given:
        raise InvalidAnswer(f"material:{key[:80]}", "file_empty")
    if len(given) > MOST_FILES:
        raise NotNow(reason="too_many_files", at_most=MOST_FILES)
    if await _same(tools, case, key, given):
        return False
    slot, draft = await _place(tools, case, key), str(case.draft_id)
    files = [
        await tools.forms.files.add(draft, case.citizen_id, slot.key, slot.material, one.name, one.declared,
                                    one.content, late=True)
        for one in given
    ]
    for _ in range(_TRIES):
        if await _handed_in(tools, case, slot, files):
            return True
    raise NotNow(reason="stale")


async def _same(tools: Tools, case: Case, key: str, given: Iterable[Given]) -> bool:
    answer = Draft.model_validate(case.snapshot).materials.get(key)
    if answer is None or answer.way != "upload":
        return False
    there = {file.sha256 for file in await tools.forms.files.list_of(str(case.draft_id)) if file.id in answer.files}
    return {hashlib.sha256(one.content).hexdigest() for one in given} <= there


async def _handed_in(tools: Tools, case: Case, slot: Slot, files: Sequence[StoredFile]) -> bool:
    """Write it into the case and its draft at once; False when the draft was saved in between."""
    held = await tools.forms.get(str(case.draft_id))
    answer = MaterialAnswer(way="upload", at=now(), files=list(dict.fromkeys(file.id for file in files)))
    actor = citizen(case.citizen_id)
    async with in_transaction():
        await hold(case.id)
        fresh = await Case.get(id=case.id)
        task = Task.filter(open_for=task_key("deferred", case.id, slot.key), state__in=OPEN)
        if not await task.update(state="done", open_for=None, resolution="brought", done_at=now()):
            if _same_files(fresh, slot.key, answer):
                return True  # the same button pressed twice
            raise NotNow(reason="not_owed")
        if not await tools.forms.confirm(held, _with(held.draft, slot.key, answer)):
            raise NotNow(reason="stale")
        snapshot, version = _with(Draft.model_validate(fresh.snapshot), slot.key, answer), fresh.data_version + 1
        await Case.filter(id=case.id).update(snapshot=snapshot.model_dump(mode="json"), data_version=version)
        await _send_on(fresh, slot.key, version)
        await say(case.id, Said(actor, "paper_brought", {"paper": slot.title}, tell=True))
        details = {"slot": slot.key, "files": len(answer.files)}
        await audit.record(actor, "case.paper_brought", f"case:{case.id}", details=details)
    return True


def _same_files(case: Case, key: str, answer: MaterialAnswer) -> bool:
    there = Draft.model_validate(case.snapshot).materials.get(key)
    return there is not None and set(answer.files) <= set(there.files)


def _with(draft: Draft, key: str, answer: MaterialAnswer) -> Draft:
    return draft.model_copy(update={"materials": draft.materials | {key: answer}})


async def _send_on(case: Case, key: str, version: int) -> None:
    """A row for every department that has its part already; the others get the paper with it."""
    for leg in await Leg.filter(case_id=case.id).order_by("position"):
        wanted = any(material.key == key for material in plan_in(leg).materials)
        if not wanted or leg.state in (*LOST, "waiting") or await _still_to_pack(leg):
            continue
        await Outbox.create(
            case_id=case.id, leg_id=leg.id, kind="paper", key=key_of(leg.number, version), data_version=version,
            department=leg.department, state="due", next_at=now(), since=now(),
        )


async def _still_to_pack(leg: Leg) -> bool:
    """Whether what this leg will be sent is not frozen yet."""
    if leg.state != "ready":
        return False
    rows = await Outbox.filter(leg_id=leg.id, data_version=leg.data_version, kind__in=["submit", "supplement"])
    return all(row.package is None for row in rows)
