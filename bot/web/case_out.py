"""Cases as the API gives them: the view of the cases, with its codes put into words."""

from __future__ import annotations

from bot.case_sights import case_sight, day, sentence
from bot.web.case_shapes import (
    CaseBrief,
    CaseOut,
    ClockOut,
    CorrectionOut,
    EntryOut,
    LegOut,
    OtherOut,
    OwedOut,
    RatingOut,
    ResultOut,
    TimelineOut,
)
from bot.wording.wording import Wording
from cases.following.views import CaseView
from core.clock import in_china


def case_brief(view: CaseView, say: Wording) -> CaseBrief:
    """The head of a case."""
    return CaseBrief(**_head(view, say))


def _head(view: CaseView, say: Wording) -> dict[str, object]:
    return {
        "number": view.number, "one_thing": view.one_thing, "title": view.title, "state": view.state,
        "says": say.first(f"case.state.{view.state}", "case.state.other"),
        "submitted_at": in_china(view.submitted_at).strftime("%Y-%m-%d %H:%M"), "open": view.ended_at is None,
        "needs_you": view.correction is not None,
    }


def case_out(view: CaseView, say: Wording) -> CaseOut:
    """The whole of it, in words."""
    sight, clock = case_sight(view, say), view.clock
    titles = {result.title: result.department for result in view.results}
    return CaseOut(
        **_head(view, say), draft=view.draft_id,
        clock=ClockOut(
            total=clock.total, left=clock.left, due_on=clock.due_on.isoformat(), due_words=day(clock.due_on, say),
            light=clock.light, paused=clock.paused, estimated=clock.estimated,
        ),
        legs=[
            LegOut(title=leg.title, department=leg.department, state=leg.state, says=leg.says, until=leg.until,
                   results=[result.title for result in seen.results])
            for leg, seen in zip(sight.legs, view.legs, strict=True)
        ],
        timeline=[
            TimelineOut(at=in_china(line.at).strftime("%m-%d %H:%M"), says=sentence(say, line.what, line.params))
            for line in view.timeline
        ],
        others=[
            OtherOut(key=seen.key, title=seen.title, name=seen.name, text=one.says, state=one.state, says=seen.says,
                     missing=seen.missing)
            for seen, one in zip(sight.others, view.confirmations, strict=True)
        ],
        owed=[
            OwedOut(slot=one.slot, title=one.title, department=one.department, by=day(one.due_on, say), late=one.late,
                    accept=list(one.accept), max_mb=one.max_mb, where=one.where)
            for one in view.owed
        ],
        correction=_correction(view, say),
        results=[ResultOut(title=title, how=how, department=titles.get(title, "")) for title, how in sight.results],
        reason=view.reason, remedy=view.remedy, may_rate=view.may_rate, may_withdraw=view.may_withdraw,
        rating=RatingOut(stars=view.rating.stars, tags=list(view.rating.tags), words=view.rating.words)
        if view.rating else None,
        rating_tags={str(stars): list(say.words(f"rating.tags_{stars}")) for stars in range(1, 6)},
        numbers={key: value for key, value in view.numbers.items() if isinstance(value, int)},
    )


def _correction(view: CaseView, say: Wording) -> CorrectionOut | None:
    notice = view.correction
    if notice is None:
        return None
    entries = [
        EntryOut(about=one.about, kind=_kind(one.about), title=one.title, says=one.says, department=one.department)
        for one in notice.entries
    ]
    due = day(notice.due_on, say) if notice.due_on else ""
    return CorrectionOut(round=notice.round, due=due, draft=view.draft_id, entries=entries)


def _kind(about: str) -> str:
    if not about:
        return "words"
    kind, _, rest = about.partition(":")
    return kind if rest and kind in ("situation", "material") else "field"
