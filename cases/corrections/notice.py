"""The one notice of everything to correct, and its answer.

At most one notice is open for a case; whoever asks for more while it is open adds to it, so that the citizen corrects
once. Only what it names may be changed. Its clock is the citizen's: the case's stands still.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from cases.actors import SYSTEM, citizen
from cases.clocks import due, pause, resume
from cases.models import Case, Correction, Leg
from cases.timeline.events import Said, say
from cases.tools import Tools
from core import audit
from core.clock import now, today
from forms.draft import Draft

Breach = Literal["", "late", "after_acceptance"]


class Entry(BaseModel):
    """One thing to correct: about a path, ``material:key``, ``situation:code``; empty for the case as a whole."""

    about: str
    says: str
    source: Literal["finding", "reviewer", "department"]
    title: str = ""
    leg: str = ""
    """Code of the leg whose department asks."""
    department: str = ""
    breach: Breach = ""
    """``late``: it could have been raised with an earlier notice; ``after_acceptance``: it was complete."""
    reply: str = ""
    """What the citizen answered in words."""

    @property
    def party(self) -> str:
        """Who asks: the reviewers' side, or one department."""
        return self.leg if self.source == "department" else "review"


class CorrectionChange(BaseModel):
    """What the citizen changed, in words."""

    about: str
    title: str
    before: str
    after: str


def entries_of(notice: Correction) -> list[Entry]:
    """The entries of a stored notice."""
    return [Entry.model_validate(entry) for entry in notice.entries]


def changes_of(notice: Correction) -> list[CorrectionChange]:
    """What a stored notice was answered with."""
    return [CorrectionChange.model_validate(change) for change in notice.changes or []]


async def open_notice(case_id: UUID) -> Correction | None:
    """The open notice of a case, if there is one."""
    return await Correction.get_or_none(open_for=case_id)


async def ask(tools: Tools, case: Case, entries: Sequence[Entry], actor: str, leg: Leg | None = None) -> Correction:
    """Add entries to the case's open notice, opening one if need be. Call it while holding the case."""
    judged = [await _judged(tools, case, entry, leg) for entry in entries]
    notice = await open_notice(case.id) or await _open(tools, case, actor)
    known = entries_of(notice)
    seen = {(entry.about, entry.says, entry.party) for entry in known}
    known += [entry for entry in judged if (entry.about, entry.says, entry.party) not in seen]
    await _store(notice, known)
    await _tell_breaches(case, judged, actor)
    return await Correction.get(id=notice.id)


async def _open(tools: Tools, case: Case, actor: str) -> Correction:
    earlier = await Correction.filter(case_id=case.id).count()
    await tools.forms.move(str(case.draft_id), "submitted", "correcting", actor)
    await pause(case.id, None, "correction")
    return await Correction.create(
        case_id=case.id, open_for=case.id, state="open", round=earlier + 1, entries=[], before=case.snapshot,
        opened_at=now(), due_on=due(today(), tools.policy.correction_days)[0],
    )


async def cancel_notice(tools: Tools, case: Case) -> None:
    """Close the open notice unanswered, if there is one: nobody wants it any more. The draft closes with it."""
    if await Correction.filter(open_for=case.id).update(open_for=None, state="cancelled"):
        await tools.forms.move(str(case.draft_id), "correcting", "submitted", SYSTEM)
        await resume(case.id, None, "correction")


async def forget_leg(tools: Tools, case: Case, leg: Leg) -> None:
    """A department that went on without the correction, or ended, asks nothing any more."""
    notice = await open_notice(case.id)
    if notice is None:
        return
    entries = entries_of(notice)
    left = [entry for entry in entries if entry.leg != leg.code]
    if not any(entry.source != "finding" for entry in left):
        await cancel_notice(tools, case)
    elif len(left) < len(entries):
        await _store(notice, left)


async def _store(notice: Correction, entries: Sequence[Entry]) -> None:
    await Correction.filter(id=notice.id).update(
        entries=[entry.model_dump() for entry in entries],
        allowed=sorted({entry.about for entry in entries if entry.about}),
        breaches=sum(1 for entry in entries if entry.breach),
    )


async def _judged(tools: Tools, case: Case, entry: Entry, leg: Leg | None) -> Entry:
    """The entry with its title, and with a breach where it comes later than it could have."""
    breach: Breach = "late" if await _could_have_been_raised(case, entry) else ""
    if leg is not None and leg.state == "accepted":
        breach = "after_acceptance"
    title = entry.title or title_of(tools, Draft.model_validate(case.snapshot), entry.about)
    return entry.model_copy(update={"title": title, "breach": breach})


async def _could_have_been_raised(case: Case, entry: Entry) -> bool:
    """This party asked before, and what it asks about now has not changed since."""
    earlier = await Correction.filter(case_id=case.id, state="answered")
    asked = [notice for notice in earlier if any(e.party == entry.party for e in entries_of(notice))]
    changed = {change.about for notice in asked for change in changes_of(notice)}
    return bool(asked) and entry.source != "finding" and entry.about not in changed


async def _tell_breaches(case: Case, entries: Sequence[Entry], actor: str) -> None:
    for entry in entries:
        if entry.breach:
            params = {"about": entry.about, "by": entry.department or actor, "kind": entry.breach}
            await say(case.id, Said(actor, "correction_breach", params, public=False))
            await audit.record(actor, "correction.breach", f"case:{case.id}", details=params)


def title_of(tools: Tools, draft: Draft, about: str) -> str:
    """What a place in the form is called; empty for what is no place of this form."""
    return tools.engine.title(draft, about) if is_place(tools, draft, about) else ""


def is_place(tools: Tools, draft: Draft, about: str) -> bool:
    """Whether a demand points at something of this form that can be changed."""
    form = tools.engine.merged(draft)
    if about.startswith("material:"):
        return any(slot.key == about.removeprefix("material:") for slot in form.slots)
    if about.startswith("situation:"):
        return about.removeprefix("situation:") in draft.situations
    return any(field.path == about for field in form.fields())


def may_change(notice: Correction, about: str) -> bool:
    """Whether the notice reopens this place. A situation reopens what hangs on it."""
    allowed: list[str] = notice.allowed
    return about in allowed or any(place.startswith("situation:") for place in allowed)


def actor_of(case: Case) -> str:
    """The citizen of a case as an actor."""
    return citizen(case.citizen_id)
