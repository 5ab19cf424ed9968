"""What supervisors look at: how many cases stand where, what is late, what went wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from tortoise.functions import Count

from cases.actors import Staff
from cases.lifecycle import CASE_OPEN, LEG_OPEN
from cases.models import Case, CaseEvent, Leg, Pause, Task
from console.desk import ConsoleDesk
from console.queueing import Line, lines_of
from core import audit
from core.clock import now, today
from core.models import AuditEvent

OLDEST, LATEST = 8, 20
_PROOF = "console-proof"
BREACHES = {
    "the citizen was not told": "untold", "a case without legs": "no_legs",
    "open in a case that has ended": "open_in_ended", "every leg has ended": "not_ended",
}
"""How the sentences of `cases.upkeep.reconcile` begin."""


@dataclass(frozen=True)
class Overview:
    """Counts of a region."""

    states: dict[str, int]
    overdue: int
    paused: int
    tasks: dict[str, int]
    legs: list[tuple[str, dict[str, int], int, int]]
    """Department, legs by state, open ones, late ones."""
    oldest: list[Line]
    late: list[Line]
    breaches: list[tuple[CaseEvent, str]]
    """Corrections asked later than they could have been, with the number of the case."""


@dataclass(frozen=True)
class Proof:
    """What the last check found: where every case is, and whether the audit log holds."""

    at: str
    cases: int
    places: dict[str, int]
    breaches: list[tuple[str, str]] = field(default_factory=list)
    broken_line: int | None = None
    sealed: int = 0
    unsealed: int = 0


async def overview(staff: Staff) -> Overview:
    """Everything at once; counting is done by the database."""
    mine = Case.filter(region__startswith=staff.region_prefix)
    counted = await mine.annotate(how_many=Count("id")).group_by("state").values("state", "how_many")
    still = Pause.filter(until_on__isnull=True, case__region__startswith=staff.region_prefix)
    paused = set(await still.filter(case__state__in=CASE_OPEN).values_list("case_id", flat=True))
    open_ = mine.filter(state__in=CASE_OPEN)
    due_ids = await open_.filter(due_on__lt=today()).order_by("due_on").values_list("id", flat=True)
    late_ids = [id_ for id_ in due_ids if id_ not in paused]
    late = await Case.filter(id__in=late_ids[:LATEST]).order_by("due_on")
    events = CaseEvent.filter(what="correction_breach", case__region__startswith=staff.region_prefix)
    tasks = Task.filter(state__in=["open", "claimed"], region__startswith=staff.region_prefix)
    kinds = await tasks.annotate(how_many=Count("id")).group_by("kind").values("kind", "how_many")
    found = await events.order_by("-at").limit(20).prefetch_related("case")
    return Overview(
        states={row["state"]: row["how_many"] for row in counted}, overdue=len(late_ids), paused=len(paused),
        tasks={row["kind"]: row["how_many"] for row in kinds}, legs=await _legs(staff),
        oldest=await lines_of(await open_.order_by("submitted_at").limit(OLDEST)), late=await lines_of(late),
        breaches=[(event, event.case.number) for event in found],
    )


async def _legs(staff: Staff) -> list[tuple[str, dict[str, int], int, int]]:
    legs = Leg.filter(region__startswith=staff.region_prefix)
    rows = await legs.annotate(how_many=Count("id")).group_by("department", "state").values(
        "department", "state", "how_many"
    )
    late = legs.filter(state__in=LEG_OPEN, due_on__lt=today())
    too_late = await late.annotate(how_many=Count("id")).group_by("department").values("department", "how_many")
    delayed = {row["department"]: row["how_many"] for row in too_late}
    by: dict[str, dict[str, int]] = {}
    for row in rows:
        by.setdefault(row["department"], {})[row["state"]] = row["how_many"]
    return [
        (department, states, sum(count for state, count in states.items() if state in LEG_OPEN),
         delayed.get(department, 0))
        for department, states in sorted(by.items())
    ]


async def prove(desk: ConsoleDesk) -> None:
    """Look at every case and every line of the audit log, and keep what was found for a day."""
    report = await desk.cases.reconcile()
    proof = {
        "at": now().isoformat(), "cases": report.cases, "places": dict(report.places),
        "breaches": [[breach.number, breach.what] for breach in report.breaches][:200],
        "broken_line": await audit.broken_line(),
        "sealed": await AuditEvent.filter(position__not_isnull=True).count(),
        "unsealed": await AuditEvent.filter(position__isnull=True).count(),
    }
    await desk.kv.put(_PROOF, json.dumps(proof), 86400)


async def last_proof(desk: ConsoleDesk, staff: Staff) -> Proof | None:
    """What the last check found; breaches of this person's region only."""
    kept = await desk.kv.get(_PROOF)
    if kept is None:
        return None
    data = json.loads(kept)
    mine = [(number, _kind(what)) for number, what in data["breaches"] if number.startswith(staff.region_prefix)]
    return Proof(**data | {"breaches": mine})


def _kind(what: str) -> str:
    """What the reconciler found as a wording key under ``breach_of.``; its own words are for the log."""
    return next((kind for beginning, kind in BREACHES.items() if what.startswith(beginning)), "astray")
