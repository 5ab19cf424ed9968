"""A case's view, which speaks in codes, made into what the dialogue shows, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.dialogue.sights import CaseSight, DemandSight, LegSight, OtherSight, OwedSight
from bot.wording.wording import MissingWording, Wording
from cases.following.views import CaseView, ConfirmationView, LegView, ResultView
from core.clock import in_china


def case_sight(view: CaseView, say: Wording) -> CaseSight:
    """What a citizen may see of a case."""
    notice = view.correction
    demands = tuple(DemandSight(entry.about, entry.title, entry.says) for entry in notice.entries) if notice else ()
    return CaseSight(
        number=view.number, one_thing=view.one_thing, title=view.title, state=view.state, draft=view.draft_id,
        legs=tuple(_leg(leg, say) for leg in view.legs), demands=demands,
        timeline=tuple((in_china(line.at).strftime("%m-%d %H:%M"), sentence(say, line.what, line.params))
                       for line in view.timeline),
        correct_by=day(notice.due_on, say) if notice and notice.due_on else "",
        results=tuple((result.title, _how(result, say)) for result in view.results),
        reason=view.reason, remedy=view.remedy, open=view.ended_at is None,
        others=tuple(_other(one, say, open_=view.ended_at is None) for one in view.confirmations),
        owed=tuple(OwedSight(o.slot, o.title, o.department, day(o.due_on, say), o.late, o.where) for o in view.owed),
        may_rate=view.may_rate, may_withdraw=view.may_withdraw,
    )


def _other(one: ConfirmationView, say: Wording, *, open_: bool) -> OtherSight:
    when = day(in_china(one.at).date(), say) if one.at else ""
    says = say(f"others.state.{one.state}", day=when, reason=one.reason, paper=say("others.a_paper"))
    return OtherSight(one.key, one.title, one.name, says, open_ and one.state in ("open", "declined"))


def sentence(say: Wording, what: str, params: dict[str, Any]) -> str:
    """A line of the timeline in words; one that nobody worded yet is told in general."""
    try:
        return say.first(f"case.event.{what}", "case.event.other", **params)
    except MissingWording:  # a blank nobody gave: the fact matters more than its details
        return say("case.event.other")


def day(moment: date, say: Wording) -> str:
    """A day in words."""
    return say("talk.day", month=moment.month, day=moment.day)


def _leg(leg: LegView, say: Wording) -> LegSight:
    state = "held" if leg.held else leg.state
    says = leg.says or say.first(f"leg.{state}", "leg.other")
    if leg.waits_for and leg.state == "waiting":
        says = say("leg.waits_for", titles="、".join(leg.waits_for))
    until = day(leg.clock.due_on, say) if leg.clock and leg.state not in ("completed", "rejected", "withdrawn") else ""
    return LegSight(leg.title, leg.department, leg.state, says, until)


def _how(result: ResultView, say: Wording) -> str:
    if result.licence_number or result.url:
        return say("result.electronic")
    return result.value or say("result.paper")
