"""What staff do with a submission: open, approve, return with the one notice, reject, note, assign, reveal."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tortoise.transactions import in_transaction

from cases.actors import Demand, Staff
from cases.corrections.notice import Entry, ask
from cases.legs.graph import advance, cancel_rows, legs_of
from cases.legs.plan import plan_in
from cases.lifecycle import LEG_OPEN, hold, move
from cases.models import Case, Leg, Task
from cases.tasks import close_tasks
from cases.timeline.events import Said, say
from cases.tools import Tools
from core import audit
from core.errors import NotFound, NotNow, NotYours
from forms.draft import Draft


async def case_for(case_id: UUID, staff: Staff) -> Case:
    """A case this person may see. Raises `NotFound`, or `NotYours` outside their department and region."""
    case = await Case.get_or_none(id=case_id)
    if case is None:
        raise NotFound()
    staff.must_cover(case.region, [leg.department for leg in await legs_of(case)])
    return case


async def _to_decide(case_id: UUID, staff: Staff) -> Case:
    """A case this person may decide on. Raises `NotNow` (``other_departments``) when only a part of it is theirs."""
    case = await case_for(case_id, staff)
    if not staff.covers_all(case.region, [leg.department for leg in await legs_of(case)]):
        raise NotNow(reason="other_departments")
    return case


async def open_review(tools: Tools, case_id: UUID, staff: Staff) -> None:
    """Begin to review; whoever opens an unassigned case has it."""
    async with in_transaction():
        await hold(case_id)
        case = await _to_decide(case_id, staff)
        mine = case.assigned_to or staff.id
        said = Said(staff.actor, "review_opened", {"by": staff.name})
        await move(Case, case.id, case.state, "in_review", said, assigned_to=mine)
        await Task.filter(open_for=f"review:{case.id}").update(assigned_to=mine, state="claimed")


async def approve(tools: Tools, case_id: UUID, staff: Staff, note: str = "") -> None:
    """Approve and dispatch: every leg that can start becomes due, those held by a gate get a person."""
    async with in_transaction():
        await hold(case_id)
        case = await _to_decide(case_id, staff)
        legs = await legs_of(case)
        params = {"departments": len({leg.department for leg in legs}), "items": len(legs)}
        await move(Case, case.id, case.state, "approved", Said(staff.actor, "approved", params, tell=True))
        await close_tasks(case.id, kind="review", resolution="approved")
        if note:
            await say(case.id, Said(staff.actor, "noted", {"note": note}, public=False))
        await move(Case, case.id, "approved", "dispatched", Said(staff.actor, "dispatched", public=False))
        await advance(tools, await Case.get(id=case.id))


async def return_(tools: Tools, case_id: UUID, staff: Staff, demands: Sequence[Demand]) -> None:
    """Send it back with ONE notice: the machine's findings and these demands together."""
    if not demands:
        raise NotNow(reason="no_demands")
    async with in_transaction():
        await hold(case_id)
        case = await _to_decide(case_id, staff)
        said = Said(staff.actor, "returned", {"count": len(demands)}, tell=True)
        await move(Case, case.id, case.state, "returned", said)
        await close_tasks(case.id, kind="review", resolution="returned")
        entries = [Entry(about=d.about, says=d.says, source="reviewer") for d in demands]
        await ask(tools, case, [*entries, *_of_machine(case, demands)], staff.actor)


def _of_machine(case: Case, demands: Sequence[Demand]) -> list[Entry]:
    """The warnings the machine found join the notice, unless the reviewer speaks of the same place."""
    named = {demand.about for demand in demands}
    return [
        Entry(about=finding["about"], says=finding["says"], source="finding")
        for finding in case.findings or [] if finding["level"] == "warn" and finding["about"] not in named
    ]


async def reject(tools: Tools, case_id: UUID, staff: Staff, reason: str, remedy: str) -> None:
    """Refuse, with the reason and what the citizen can do about it; both are theirs by law."""
    if not reason.strip() or not remedy.strip():
        raise NotNow(reason="reason_and_remedy")
    async with in_transaction():
        await hold(case_id)
        case = await _to_decide(case_id, staff)
        said = Said(staff.actor, "rejected", {"reason": reason, "remedy": remedy}, tell=True)
        await move(Case, case.id, case.state, "rejected", said, reason=reason, remedy=remedy)
        await close_tasks(case.id, resolution="rejected")
        for leg in await Leg.filter(case_id=case.id, state__in=LEG_OPEN):
            await move(Leg, leg.id, leg.state, "dropped", Said(staff.actor, "leg_cancelled", public=False))
            await cancel_rows(leg)


async def note(case_id: UUID, staff: Staff, words: str) -> None:
    """A note for colleagues; citizens do not see it."""
    case = await case_for(case_id, staff)
    async with in_transaction():
        await say(case.id, Said(staff.actor, "noted", {"note": words, "by": staff.name}, public=False))
        await audit.record(staff.actor, "case.note", f"case:{case.id}")


async def assign(case_id: UUID, staff: Staff, to: str) -> None:
    """Give a case to a colleague, by staff id."""
    async with in_transaction():
        await hold(case_id)
        case = await case_for(case_id, staff)
        await Case.filter(id=case.id).update(assigned_to=to)
        await Task.filter(case_id=case.id, state__in=["open", "claimed"]).update(assigned_to=to)
        await say(case.id, Said(staff.actor, "assigned", {"to": to}, public=False))
        await audit.record(staff.actor, "case.assign", f"case:{case.id}", details={"to": to})


async def reveal(tools: Tools, case_id: UUID, staff: Staff, path: str, why: str) -> str:
    """One value unmasked, of the part of the form this person sees: else `NotYours`. Looking is an act that the audit
    log keeps, with its reason; so is the attempt."""
    case = await case_for(case_id, staff)
    theirs = [leg for leg in await legs_of(case) if staff.covers(case.region, [leg.department])]
    outcome = "done" if any(path in plan_in(leg).needs for leg in theirs) else "refused"
    details = {"path": path[:200], "why": why}
    await audit.record(staff.actor, "case.reveal", f"case:{case.id}", outcome=outcome, details=details)
    if outcome == "refused":
        raise NotYours()
    return tools.engine.shown(Draft.model_validate(case.snapshot), path)
