"""Where a one-thing is handled: asked before it is begun, changed while the draft is in the citizen's hands."""

from __future__ import annotations

from bot.dialogue.again import again, carry_on
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Drafted
from bot.dialogue.entering import deny
from bot.dialogue.events import PlaceWanted
from bot.dialogue.heard import Heard
from bot.dialogue.idle import idle
from bot.dialogue.marks import bare
from bot.dialogue.onward import correction_of, drafted, onward
from bot.dialogue.outcome import OpenDraft, Outcome, SaveDraft, at
from bot.dialogue.stages import Idle, Placing, Sure
from bot.dialogue.state import State
from bot.dialogue.told import remember
from bot.places import Choice
from bot.render.basics import text
from bot.render.place import moving_block, other_block

LONGEST = 30
"""Characters of an answer to where; longer messages say more than that."""


def wanted(state: State, event: PlaceWanted, desk: Desk) -> Outcome:
    """Ask where, once."""
    held = Placing(one_thing=event.one_thing, anew=event.anew, near=event.near)
    return again(at(state, held), desk)


def is_place(state: State, heard: Heard, desk: Desk) -> bool:
    """Whether words or a button answer the question where."""
    stage = state.stage
    if not isinstance(stage, Placing) or (heard.action and heard.name != "place"):
        return False
    return bool(heard.action or (len(heard.text) <= LONGEST and _said(stage.one_thing, stage.within, heard, desk)))


def placing(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Asked where; a city leads to its districts. What is no answer is kept in mind, and the question stays."""
    stage = state.stage
    if not isinstance(stage, Placing):
        return again(state, desk)
    if desk.several is None:  # while it was asked, the deployment came to serve one region alone
        return Outcome(at(state, Idle(), denied=()), effects=(OpenDraft(stage.one_thing, stage.anew),))
    code = heard.ref if heard.name == "place" else _said(stage.one_thing, stage.within, heard, desk)
    if code in desk.several.offering(stage.one_thing):
        return Outcome(at(state, Idle(), denied=()), effects=(OpenDraft(stage.one_thing, stage.anew, chosen=code),))
    if any(one.code == code for one in _choices(stage.one_thing, stage.within, desk)):
        return again(at(state, stage.model_copy(update={"within": code})), desk)
    if heard.wants("back") or heard.name == "place":
        return again(at(state, stage.model_copy(update={"within": ""})), desk)
    return _something_else(state, stage, heard, desk)


def _something_else(state: State, stage: Placing, heard: Heard, desk: Desk) -> Outcome:
    """Not this one-thing after all, another one, or words to keep in mind while the question stays."""
    if heard.wants("no"):
        return deny(state, desk)
    if heard.read.band == "act" and heard.read.ranking[0].code != stage.one_thing:
        return idle(at(state, Idle()), heard, desk)
    known = remember(state, heard)
    return again(known, desk).after(text(desk.say("place.not_served" if _a_place(heard) else "place.please")))


def _a_place(heard: Heard) -> bool:
    return any(one.kind == "region" for one in heard.read.entities)


def _choices(one_thing: str, within: str, desk: Desk) -> tuple[Choice, ...]:
    return desk.several.choices(one_thing, within) if desk.several else ()


def _said(one_thing: str, within: str, heard: Heard, desk: Desk) -> str:
    return desk.several.answered(heard.text, _choices(one_thing, within, desk)) if desk.several else ""


def elsewhere(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """「换个地方办」, 「改到滨江区办」: the wish to have the draft in hand handled somewhere else."""
    if heard.action or not isinstance(state.stage, Drafted) or desk.several is None or len(heard.text) > LONGEST:
        return None
    if bare(heard.text) in desk.say.words("heard.elsewhere"):
        return move(state, heard, desk)
    if not any(word in heard.text for word in desk.say.words("heard.move_to")):
        return None
    named = desk.several.named(heard.text)
    if len(named) != 1 or not _moves(desk.several.beside(heard.text, named[0]), desk):
        return None
    return _move_to(state, named[0], desk)


def _moves(rest: str, desk: Desk) -> bool:
    """Whether what is said besides the place moves the whole matter there: 「改到……办」, not 「地址改到……文三路」."""
    said = [word for word in desk.say.words("heard.move_to") if word in rest]
    if not said or any(word in rest for word in desk.say.words("heard.address")):
        return False
    return "办" in rest or bare(rest.replace(max(said, key=len), "")) in ("", "吧", "去", "了")


def move(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Another place for the draft in hand: which, then what that changes. ``act:place[:<region or its digits>]``."""
    if isinstance(state.stage, Placing):
        return placing(state, heard, desk)
    if desk.several is None or not isinstance(state.stage, Drafted):
        return again(state, desk)
    if correction_of(drafted(state))[0]:
        return carry_on(state, desk, text(desk.say("place.signed")))
    code, one_thing = heard.ref if heard.name == "place" else "", state.stage.one_thing
    if code in desk.several.offering(one_thing):
        return _move_to(state, code, desk)
    return Outcome(state, (other_block(desk, one_thing, code),))


def _move_to(state: State, region: str, desk: Desk) -> Outcome:
    if correction_of(drafted(state))[0]:
        return carry_on(state, desk, text(desk.say("place.signed")))
    if region == desk.paper.region:
        return carry_on(state, desk, text(desk.say("place.already", place=desk.place(region))))
    return Outcome(at(state, Sure(what="place", about=region, under=drafted(state))), (moving_block(desk, region),))


def relocated(state: State, region: str, desk: Desk) -> Outcome:
    """They want it there: the draft moves, and what is now missing is asked."""
    found = desk.engine.relocate(desk.paper, region)
    moved, place = found.draft, desk.place(region)
    some = desk.say("place.moved_some", place=place, again=len(found.ask_again), dropped=len(found.dropped))
    said = text(some if found.ask_again or found.dropped else desk.say("place.moved", place=place))
    state = at(state, drafted(state), checked=False, left=-1)
    return onward(state, desk.holding(moved)).after(said).doing(SaveDraft(moved))
