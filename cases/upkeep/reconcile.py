"""Proof of where every case is.

A case before dispatch stands with a reviewer (one open task) or with the citizen (one open notice). Each leg of a
dispatched case stands in exactly one place:

    delivered   the platform has the data in force, and the leg says so
    retrying    a row is due with a next time, or claimed with an end
    person      one open task, and the citizen was told in the same transaction
    citizen     it waits for the answer to the open notice
    behind      it waits for the result of another leg that stands somewhere itself
    ended       it has ended

Whatever stands in no place or in two is a breach and is reported with the case's number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from cases.legs.plan import plan_in
from cases.lifecycle import CASE_OPEN, LEG_ENDED
from cases.models import Case, CaseEvent, Correction, Leg, Outbox, Task
from cases.policy import Policy
from cases.tasks import OPEN
from core.clock import now

LOOKS = 5
"""Times a case that changes while it is looked at is looked at again."""


@dataclass(frozen=True)
class Breach:
    """A case or leg that is not in exactly one place, or a citizen who was not told."""

    number: str
    what: str


@dataclass
class Report:
    """How many cases there are in each place, and every breach."""

    cases: int = 0
    places: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """No breach was found."""
        return not self.breaches

    def add(self, other: Report) -> None:
        """Take over what was found elsewhere."""
        self.places += other.places
        self.breaches += other.breaches


async def reconcile(policy: Policy) -> Report:
    """Look at every case."""
    report = Report()
    # ids only: a case carries its whole form, and there are many cases
    for id_ in await Case.all().order_by("submitted_at").values_list("id", flat=True):
        report.cases += 1
        report.add(await _standing(UUID(str(id_))))
    overdue = now() - timedelta(hours=policy.notice_overdue_hours)
    for event in await CaseEvent.filter(next_ask_at__not_isnull=True, at__lt=overdue).prefetch_related("case"):
        report.breaches.append(Breach(event.case.number, f"the citizen was not told: {event.what}"))
    return report


async def _standing(case_id: UUID) -> Report:
    """One case as it stands between two of its changes; work goes on while we look."""
    for _ in range(LOOKS):
        seen, case = Report(), await Case.get(id=case_id)
        await _case(case, seen)
        if seen.sound or await Case.filter(id=case_id, revision=case.revision).exists():
            break
    return seen


async def _case(case: Case, report: Report) -> None:
    legs = await Leg.filter(case_id=case.id).order_by("position")
    if not legs:
        report.breaches.append(Breach(case.number, "a case without legs"))
    if case.state not in CASE_OPEN:
        report.places["ended"] += 1
        open_legs = [leg.number for leg in legs if leg.state not in LEG_ENDED]
        report.breaches += [Breach(number, "open in a case that has ended") for number in open_legs]
        return
    if case.state == "dispatched":
        await _dispatched(case, legs, report)
        return
    places = await _before_dispatch(case)
    report.places[places[0] if len(places) == 1 else "nowhere"] += 1
    if len(places) != 1:
        report.breaches.append(Breach(case.number, f"{case.state} and in {places or 'no place'}"))


async def _before_dispatch(case: Case) -> list[str]:
    reviewer = await Task.exists(case_id=case.id, kind="review", state__in=OPEN)
    notice = await Correction.exists(open_for=case.id)
    at_reviewer, at_citizen = case.state in ("submitted", "in_review", "resubmitted"), case.state == "returned"
    return ["person"] * (reviewer and at_reviewer) + ["citizen"] * (notice and at_citizen)


async def _dispatched(case: Case, legs: Sequence[Leg], report: Report) -> None:
    by_code, found = {leg.code: leg for leg in legs}, set()
    for leg in legs:
        places = await _places(case, leg, by_code)
        if len(places) == 1:
            found.add(places[0])
            continue
        report.breaches.append(Breach(leg.number, f"{leg.state} and in {places or 'no place'}"))
    order = ("person", "citizen", "retrying", "delivered", "behind")
    report.places[next((place for place in order if place in found), "nowhere")] += 1
    if found <= {"ended"}:
        report.breaches.append(Breach(case.number, "every leg has ended and the case has not"))


async def _places(case: Case, leg: Leg, by_code: dict[str, Leg]) -> list[str]:
    if leg.state in LEG_ENDED:
        return ["ended"]
    row = await Outbox.get_or_none(leg_id=leg.id, data_version=leg.data_version, kind__in=["submit", "supplement"])
    state = row.state if row else ""
    task = await Task.exists(leg_id=leg.id, kind__in=["delivery", "gate"], state__in=OPEN)
    told = await CaseEvent.exists(leg_id=leg.id, what__in=["leg_person", "leg_held"])
    notice = await Correction.exists(open_for=case.id)
    before = [by_code[code] for code in plan_in(leg).waits_for if code in by_code]
    in_place = {
        "delivered": state == "delivered" and leg.state in ("sent", "accepted"),
        "retrying": row is not None and _has_next(row) and leg.state in ("ready", "sending", "failed"),
        "person": task and told and (state == "person" or leg.state == "waiting"),
        "citizen": notice and (leg.state == "correction_asked" or (_is_held(leg) and not task)),
        "behind": leg.state == "waiting" and not leg.hold and any(other.state != "completed" for other in before),
    }
    return [place for place, holds in in_place.items() if holds]


def _is_held(leg: Leg) -> bool:
    return leg.state == "waiting" and bool(leg.hold)


def _has_next(row: Outbox) -> bool:
    ends = {"due": row.next_at, "claimed": row.claimed_until}
    return ends.get(row.state) is not None
