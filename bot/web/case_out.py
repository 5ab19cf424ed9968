"""Cases as the API gives them: the view of the cases, with its codes put into words."""

from __future__ import annotations

from pydantic import BaseModel

from bot.case_sights import case_sight, day, sentence
from bot.wording.wording import Wording
from cases.following.views import CaseView
from core.clock import in_china


class CaseBrief(BaseModel):
    """A case in a list."""

    number: str
    one_thing: str
    title: str
    state: str
    says: str
    """The state in words."""
    submitted_at: str
    open: bool
    needs_you: bool


class Cases(BaseModel):
    """My cases, last submitted first."""

    cases: list[CaseBrief]


class ClockOut(BaseModel):
    """Working days: promised, left (below 0 when late), and the day it is due."""

    total: int
    left: int
    due_on: str
    due_words: str
    light: str
    paused: bool
    estimated: bool


class LegOut(BaseModel):
    """One department's part."""

    title: str
    department: str
    state: str
    says: str
    until: str
    results: list[str]


class EntryOut(BaseModel):
    """One thing to correct. ``kind`` is field, situation, material or words."""

    about: str
    kind: str
    title: str
    says: str
    department: str


class CorrectionOut(BaseModel):
    """The one notice of everything to correct."""

    round: int
    due: str
    draft: str
    entries: list[EntryOut]


class ResultOut(BaseModel):
    """What was issued."""

    title: str
    how: str
    department: str


class RatingOut(BaseModel):
    """The rating that was given."""

    stars: int
    tags: list[str]
    words: str


class TimelineOut(BaseModel):
    """One line of what happened."""

    at: str
    says: str


class OtherOut(BaseModel):
    """Somebody else who confirmed, or still has to. ``says`` tells how it stands."""

    key: str
    title: str
    name: str
    """Masked."""
    text: str
    """What they put their name to."""
    state: str
    says: str
    missing: bool


class OwedOut(BaseModel):
    """A paper that is still to come: ``by`` when in words; ``late`` when that is over and only the window takes it."""

    slot: str
    title: str
    department: str
    by: str
    late: bool
    accept: list[str]
    max_mb: int
    where: str
    """Where the window is, in words."""


class CaseOut(CaseBrief):
    """Everything about a case."""

    draft: str
    clock: ClockOut
    legs: list[LegOut]
    others: list[OtherOut]
    owed: list[OwedOut]
    timeline: list[TimelineOut]
    correction: CorrectionOut | None
    results: list[ResultOut]
    reason: str
    remedy: str
    may_rate: bool
    may_withdraw: bool
    rating: RatingOut | None
    rating_tags: dict[str, list[str]]
    numbers: dict[str, int]


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
