"""The queue: what `cases` gives by urgency, with the clock, the masked applicant and who has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from cases.actors import Staff
from cases.clocks import case_clock
from cases.lifecycle import CASE_ENDED
from cases.models import Case, Pause
from cases.service import CaseService
from console.models import Account
from core.masking import mask_name
from forms.draft import Draft

PER_PAGE = 20
STATES: dict[str, tuple[str, ...]] = {
    "to_do": ("submitted", "in_review", "resubmitted"), "new": ("submitted", "resubmitted"),
    "in_review": ("in_review",), "returned": ("returned",), "dispatched": ("approved", "dispatched"),
    "ended": CASE_ENDED, "all_open": (),
}
"""Filters of the queue by what they are called; empty means every open case."""


@dataclass(frozen=True)
class Line:
    """One case in the queue."""

    number: str
    title: str
    state: str
    light: str
    """``green``, ``yellow``, ``red``, or ``paused`` and ``ended`` when no clock runs."""
    left: int
    due_on: date | None
    applicant: str
    assigned: str
    checks: int
    submitted_at: datetime
    region: str


@dataclass(frozen=True)
class Chosen:
    """What somebody wants to see of the queue."""

    states: str = "to_do"
    department: str = ""
    mine: bool = False
    page: int = 1


async def lines(service: CaseService, staff: Staff, chosen: Chosen) -> tuple[list[Line], int]:
    """A page of the queue, and how many cases there are in all."""
    rows, count = await service.queue(
        narrowed(staff, chosen.department), states=STATES.get(chosen.states, STATES["to_do"]), limit=PER_PAGE,
        offset=(chosen.page - 1) * PER_PAGE, assigned_to=staff.id if chosen.mine else None,
    )
    ids = [UUID(row.id) for row in rows]
    cases = {case.id: case for case in await Case.filter(id__in=ids)}
    return await lines_of([cases[key] for key in ids if key in cases]), count


async def lines_of(cases: Sequence[Case]) -> list[Line]:
    """Cases with their clocks and who has them."""
    pauses: dict[UUID, list[Pause]] = {}
    for pause in await Pause.filter(case_id__in=[case.id for case in cases]):
        pauses.setdefault(pause.case_id, []).append(pause)
    names = await names_of(case.assigned_to for case in cases)
    return [_line(case, pauses.get(case.id, []), names) for case in cases]


def narrowed(staff: Staff, department: str) -> Staff:
    """The same person looking at one department only. Nobody can look beyond their own."""
    if not department or (staff.department and staff.role == "reviewer"):
        return staff
    return replace(staff, role="reviewer", department=department)


def _line(case: Case, pauses: list[Pause], names: dict[str, str]) -> Line:
    reading = case_clock(case, pauses)
    light: str = "paused" if reading.paused else reading.light
    return Line(
        number=case.number, title=case.title, state=case.state, left=reading.left, due_on=reading.due_on,
        light="ended" if case.state in CASE_ENDED else light, applicant=applicant_of(case),
        assigned=names.get(case.assigned_to, ""), checks=case.checks, submitted_at=case.submitted_at,
        region=case.region,
    )


def applicant_of(case: Case) -> str:
    """The applicant's name, masked."""
    draft = Draft.model_validate(case.snapshot)
    return mask_name(draft.login.name if draft.login else case.signed_name)


async def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Names of staff by id."""
    wanted = [UUID(id_) for id_ in set(ids) if len(id_) == 36]
    return {str(account.id): account.name for account in await Account.filter(id__in=wanted)}
