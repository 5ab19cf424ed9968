"""Where the windows of the departments of a case are, for what staff tell the citizen."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case
from cases.review.views import StaffView
from console.desk import ConsoleDesk


@dataclass(frozen=True)
class Counter:
    """The counter of a department: where it is, or how to ask for it, as citizens read it."""

    department: str
    says: str


def counters(desk: ConsoleDesk, case: Case, view: StaffView) -> tuple[Counter, ...]:
    """Of every department that somebody sees in a case, each once."""
    departments = dict.fromkeys(one.leg.department for one in view.departments)
    return tuple(Counter(one, desk.engine.whereto(case.region, department=one).says) for one in departments)
