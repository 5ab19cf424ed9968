"""Building the views of a case."""

from __future__ import annotations

from collections.abc import Sequence

from cases.clocks import case_clock, leg_clock
from cases.corrections.notice import entries_of
from cases.following.ratings import RATEABLE
from cases.following.views import CaseView, Clock, CorrectionView, LegView, Moment, RatingView, ResultView
from cases.legs.plan import plan_in
from cases.lifecycle import CASE_OPEN, LEG_ENDED
from cases.models import Case, CaseEvent, Correction, Leg, Pause, Rating


async def view(case: Case) -> CaseView:
    """A case for its citizen."""
    legs = await Leg.filter(case_id=case.id).order_by("position")
    pauses = await Pause.filter(case_id=case.id)
    notice = await Correction.get_or_none(open_for=case.id)
    rating = await Rating.get_or_none(case_id=case.id)
    shown = tuple(leg_view(leg, legs, pauses) for leg in legs)
    return CaseView(
        id=str(case.id), number=case.number, one_thing=case.one_thing, title=case.title, region=case.region,
        state=_state(case, legs, notice), lifecycle=case.state, draft_id=str(case.draft_id),
        submitted_at=case.submitted_at, ended_at=case.ended_at, clock=Clock.of(case_clock(case, pauses)), legs=shown,
        timeline=await timeline(case, legs, public=True), correction=_correction(notice),
        results=tuple(result for leg in shown for result in leg.results), numbers=case.numbers,
        reason=case.reason or "", remedy=case.remedy or "", rating=_rating(rating),
        may_rate=case.state in RATEABLE and rating is None, may_withdraw=case.state in CASE_OPEN,
    )


def _state(case: Case, legs: Sequence[Leg], notice: Correction | None) -> str:
    """What the state means to the citizen, derived from the legs once they are on their way."""
    if case.state == "completed":
        return f"completed_{case.outcome}"
    if case.state != "dispatched":
        return case.state
    if notice is not None:
        return "needs_you"
    return "partly_issued" if any(leg.state == "completed" for leg in legs) else "dispatched"


def leg_view(leg: Leg, legs: Sequence[Leg], pauses: Sequence[Pause]) -> LegView:
    """One leg; what it waits for is named only while it waits."""
    clock, by_code = leg_clock(leg, pauses), {other.code: other for other in legs}
    waits = [by_code[code] for code in plan_in(leg).waits_for if code in by_code]
    return LegView(
        code=leg.code, number=leg.number, title=leg.title, department=leg.department, state=leg.state, phase=leg.phase,
        says=leg.says or "", held=bool(leg.hold) and leg.state == "waiting", clock=Clock.of(clock) if clock else None,
        waits_for=tuple(w.title for w in waits if w.state not in LEG_ENDED) if leg.state == "waiting" else (),
        platform_number=leg.platform_number,
        results=tuple(
            ResultView(title=r["title"], value=r["value"], licence_number=r["licence_number"], url=r["url"],
                       item=leg.title, department=leg.department)
            for r in leg.results or []
        ),
    )


async def timeline(case: Case, legs: Sequence[Leg], *, public: bool) -> tuple[Moment, ...]:
    """The lines of a case in their order; only the public ones for citizens."""
    rows = CaseEvent.filter(case_id=case.id).order_by("at", "id")
    rows = rows.filter(public=True) if public else rows
    numbers = {leg.id: leg.code for leg in legs}
    base = {"number": case.number, "title": case.title}
    return tuple(
        Moment(at=row.at, what=row.what, params=base | (row.params or {}),
               leg=numbers.get(row.leg_id, "") if row.leg_id else "", by_staff=row.actor.startswith("staff:"))
        for row in await rows
    )


def _correction(notice: Correction | None) -> CorrectionView | None:
    if notice is None:
        return None
    return CorrectionView(
        id=str(notice.id), round=notice.round, entries=tuple(entries_of(notice)), allowed=tuple(notice.allowed),
        due_on=notice.due_on, opened_at=notice.opened_at,
    )


def _rating(rating: Rating | None) -> RatingView | None:
    if rating is None:
        return None
    return RatingView(stars=rating.stars, tags=tuple(rating.tags), words=rating.words or "", at=rating.at)
