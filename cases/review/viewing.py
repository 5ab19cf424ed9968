"""Building what staff see: the queue by urgency, and one case by department, masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tortoise.queryset import QuerySet

from cases.actors import Staff
from cases.corrections.notice import changes_of, entries_of
from cases.following.viewing import leg_view, timeline, view
from cases.following.views import ConfirmationView, View
from cases.legs.plan import Plan, plan_in, with_results
from cases.lifecycle import CASE_OPEN
from cases.models import Case, Correction, Leg, Pause, Task
from cases.outstanding.confirming import confirmations_of, named_in
from cases.review.views import CorrectionRound, DepartmentView, FieldView, SlotView, StaffView
from cases.tasks import OPEN
from cases.tools import Tools
from core.clock import today
from core.masking import mask_name
from forms.draft import Draft

REVIEWABLE = ("submitted", "in_review", "resubmitted")


class QueueRow(View):
    """One case in a queue. No personal data."""

    id: str
    number: str
    title: str
    region: str
    state: str
    checks: int
    assigned_to: str
    submitted_at: datetime
    due_on: date | None
    overdue: bool


def _mine(staff: Staff, states: tuple[str, ...]) -> QuerySet[Case]:
    cases = Case.filter(region__startswith=staff.region_prefix, state__in=states)
    if staff.department and staff.role not in ("supervisor", "admin"):
        cases = cases.filter(legs__department=staff.department).distinct()
    return cases


async def queue(
    staff: Staff, states: tuple[str, ...] = REVIEWABLE, limit: int = 50, offset: int = 0, assigned_to: str | None = None
) -> tuple[list[QueueRow], int]:
    """The cases of this person's department and region, most urgent first, and how many there are."""
    cases = _mine(staff, states or CASE_OPEN)
    cases = cases if assigned_to is None else cases.filter(assigned_to=assigned_to)
    rows = await cases.order_by("due_on", "submitted_at").offset(offset).limit(limit)
    return [_row(case) for case in rows], await cases.count()


def _row(case: Case) -> QueueRow:
    return QueueRow(
        id=str(case.id), number=case.number, title=case.title, region=case.region, state=case.state, checks=case.checks,
        assigned_to=case.assigned_to, submitted_at=case.submitted_at, due_on=case.due_on,
        overdue=bool(case.due_on and case.due_on < today() and case.state in CASE_OPEN),
    )


async def staff_view(tools: Tools, case: Case, staff: Staff) -> StaffView:
    """One case for those who decide. A reviewer of one department sees that department's part of the form only."""
    legs = await Leg.filter(case_id=case.id).order_by("position")
    draft = with_results(Draft.model_validate(case.snapshot), legs)
    notices = await Correction.filter(case_id=case.id).order_by("round")
    changed = {change.about for notice in notices for change in changes_of(notice)}
    theirs = [leg for leg in legs if staff.covers(case.region, [leg.department])]
    pauses = await Pause.filter(case_id=case.id)
    return StaffView(
        case=await view(case), applicant=mask_name(draft.login.name if draft.login else case.signed_name),
        assigned_to=case.assigned_to, checks=case.checks, findings=tuple(case.findings or []),
        departments=tuple(
            DepartmentView(
                leg=leg_view(leg, legs, pauses), fields=_fields(tools, draft, plan_in(leg), changed),
                materials=_slots(draft, plan_in(leg)),
            )
            for leg in theirs
        ),
        corrections=tuple(_round(notice, _places(theirs, legs)) for notice in notices),
        timeline=await timeline(case, legs, public=False),
        facts=_facts(draft), confirmations=await _confirmations(tools, case, draft, theirs),
        tasks=tuple([_task(task) async for task in _open_tasks(case)]),
    )


async def _confirmations(
    tools: Tools, case: Case, draft: Draft, theirs: Sequence[Leg]
) -> tuple[ConfirmationView, ...]:
    plans = [plan_in(leg) for leg in theirs]
    found = await confirmations_of(tools, case)
    return tuple(one for one in found if any(named_in(plan, draft, one.key) for plan in plans))


def _fields(tools: Tools, draft: Draft, plan: Plan, changed: set[str]) -> tuple[FieldView, ...]:
    return tuple(
        FieldView(
            path=path, title=plan.labels.get(path, path), shown=tools.engine.masked(draft, path),
            described=tools.engine.describe(draft, path).text, origin=value.origin, did=value.did or "",
            changed=path in changed,
        )
        for path in plan.needs if (value := draft.values.get(path)) is not None
    )


def _slots(draft: Draft, plan: Plan) -> tuple[SlotView, ...]:
    return tuple(
        SlotView(key=slot.key, title=slot.title, way=answer.way, reference=answer.reference, files=tuple(answer.files))
        for slot in plan.materials if (answer := draft.materials.get(slot.key)) is not None
    )


def _places(theirs: Sequence[Leg], legs: Sequence[Leg]) -> frozenset[str] | None:
    """The places of somebody's part of the form, or None when all of it is theirs."""
    if len(theirs) == len(legs):
        return None
    plans = [plan_in(leg) for leg in theirs]
    materials = {f"material:{slot.key}" for plan in plans for slot in plan.materials}
    return frozenset(materials | {path for plan in plans for path in plan.needs} | {""})


def _round(notice: Correction, places: frozenset[str] | None) -> CorrectionRound:
    def theirs(about: str) -> bool:
        return places is None or about in places or about.startswith("situation:")

    return CorrectionRound(
        round=notice.round, state=notice.state, opened_at=notice.opened_at, answered_at=notice.answered_at,
        entries=tuple(entry for entry in entries_of(notice) if theirs(entry.about)),
        changes=tuple(change for change in changes_of(notice) if theirs(change.about)), breaches=notice.breaches,
    )


def _facts(draft: Draft) -> tuple[dict[str, str], ...]:
    return tuple(
        {"lookup": fact.lookup, "source": fact.source, "outcome": fact.outcome, "at": fact.fetched_at.isoformat(),
         "query_id": fact.query_id or ""}
        for fact in draft.facts.values()
    )


def _open_tasks(case: Case) -> QuerySet[Task]:
    return Task.filter(case_id=case.id, state__in=OPEN).order_by("created_at")


def _task(task: Task) -> dict[str, Any]:
    return {"id": str(task.id), "kind": task.kind, "state": task.state, "reason": task.reason, "says": task.says or "",
            "department": task.department, "due_on": task.due_on, "assigned_to": task.assigned_to}
