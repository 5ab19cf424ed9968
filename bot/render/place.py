"""Where a one-thing is handled, in blocks: the question, the place that was taken, what another place changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.blocks import Action, Block
from bot.dialogue.desk import Desk
from bot.places import Choice
from bot.render.basics import card, options
from forms.draft import Draft

PLACE = "place"
"""Key of the row that says where, among the answers."""
MOST = 6
"""Titles that are listed before the rest is only counted."""


def where_block(desk: Desk, one_thing: str, within: str = "", near: str = "") -> Block:
    """Where do you want to have it handled?"""
    say, choices = desk.say, _choices(desk, one_thing, within, near)
    back = [Action(id="act:place:", label=say("place.back"), say=say("place.back"), style="quiet")] if within else []
    return options(say("place.ask"), [*(_button(desk, one, near) for one in choices), *back], say("place.why"))


def other_block(desk: Desk, one_thing: str, within: str = "") -> Block:
    """To which other place?"""
    say, choices = desk.say, _choices(desk, one_thing, within, "")
    keep = Action(id="act:repeat", label=say("place.stay"), style="quiet")
    prompt = say("place.other", place=desk.place(desk.paper.region))
    return options(prompt, [*(_button(desk, one) for one in choices if one.code != desk.paper.region), keep])


def place_block(desk: Desk, region: str) -> Block:
    """The place that was taken without asking, and how to change it."""
    change = Action(id="act:place", label=desk.say("button.elsewhere"), say=desk.say("button.elsewhere"), style="quiet")
    return card(desk.say("place.taken", place=desk.place(region)), actions=[change])


def place_rows(desk: Desk) -> list[dict[str, Any]]:
    """The place as a row of the answers, where there are several."""
    if desk.several is None:
        return []
    place = desk.place(desk.paper.region)
    return [{"path": PLACE, "key": PLACE, "label": desk.say("place.title"), "value": place, "shown": place,
             "source": "", "status": "citizen", "edit": "free", "reason": ""}]


def moving_block(desk: Desk, region: str) -> Block:
    """What handling it elsewhere changes, before it does."""
    say = desk.say
    actions = [Action(id="act:yes", label=say("sure.place_yes"), style="primary"),
               Action(id="act:no", label=say("sure.place_no"))]
    found = changes(desk, desk.paper, region)
    summary = "" if found else say("place.nothing")
    return card(say("sure.place", place=desk.place(region)), summary, found, actions=actions)


def changes(desk: Desk, draft: Draft, region: str) -> tuple[tuple[str, str], ...]:
    """What becomes different for a draft in a region, as label and words; nothing when nothing does."""
    say, engine = desk.say, desk.engine
    moved = engine.relocate(draft, region)
    here, there = engine.consent(draft).items, engine.consent(moved.draft).items
    before, after = (engine.definition(one).limit.promised for one in (draft, moved.draft))
    told = [
        (say("place.more"), _listed(desk, [one for one in there if one not in here])),
        (say("place.less"), _listed(desk, [one for one in here if one not in there])),
        (say("place.days"), say("place.days_now", before=before, after=after) if before != after else ""),
        (say("place.limits"), _listed(desk, _limits(desk, draft, moved.draft))),
        (say("place.again"), _listed(desk, _titles(desk, draft, moved.ask_again))),
        (say("place.dropped"), _listed(desk, _titles(desk, draft, moved.dropped))),
        (say("place.consent"), say("place.consent_why") if draft.consent and not moved.draft.consent else ""),
    ]
    return tuple((label, words) for label, words in told if words)


def _titles(desk: Desk, draft: Draft, about: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(desk.engine.title(draft, one) for one in about))


def _limits(desk: Desk, draft: Draft, moved: Draft) -> list[str]:
    """Items that take another number of days there."""
    here = {leg.code: leg for leg in desk.engine.legs(draft)}
    found = [(leg, here[leg.code].limit.promised) for leg in desk.engine.legs(moved) if leg.code in here]
    return [desk.say("place.limit", title=leg.item.title, before=before, after=leg.limit.promised)
            for leg, before in found if before != leg.limit.promised]


def _listed(desk: Desk, titles: list[str]) -> str:
    shown = "、".join(titles[:MOST])
    return shown if len(titles) <= MOST else desk.say("place.and_more", titles=shown, count=len(titles))


def _choices(desk: Desk, one_thing: str, within: str, near: str) -> tuple[Choice, ...]:
    return desk.several.choices(one_thing, within, near) if desk.several else ()


def _button(desk: Desk, one: Choice, near: str = "") -> Action:
    whole = "place.whole_province" if one.code.endswith("0000") else "place.whole"
    label = desk.say(whole, place=one.label) if one.whole else one.label
    mine = one.code == near or (one.group and near.startswith(one.code))
    return Action(id=f"act:place:{one.code}", label=label, say=label, help=desk.say("place.near") if mine else "")
