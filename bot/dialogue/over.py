"""Stages over another one: a nod to values heard, being sure, a person who has the word."""

from __future__ import annotations

from bot.dialogue.again import again
from bot.dialogue.answering import answered
from bot.dialogue.desk import Desk
from bot.dialogue.entering import enter, parked
from bot.dialogue.heard import Heard
from bot.dialogue.onward import onward
from bot.dialogue.outcome import Discard, HandOver, Outcome, SaveDraft, Withdraw, at
from bot.dialogue.putting import put
from bot.dialogue.state import Drafted, Idle, Nodding, State, Sure, WithPerson
from bot.render.basics import text
from bot.render.talk import muted_block
from core.errors import InvalidAnswer


def nodding(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Values were shown back: right, wrong, or put right at once."""
    stage = state.stage
    if not isinstance(stage, Nodding):
        return again(state, desk)
    if heard.wants("yes"):
        return _take_all(state, stage, desk)
    better = _put_right(stage, heard)
    if better is not None:
        return again(at(state, better), desk)
    if heard.wants("no", "correct", "change", "back"):
        return again(at(state, stage.under), desk).after(text(desk.say("nod.dropped")))
    return again(state, desk).after(text(desk.say("nod.please")))


def _take_all(state: State, stage: Nodding, desk: Desk) -> Outcome:
    state = at(state, stage.under)
    for one in stage.proposals:
        try:
            done = put(desk, f"{one.what}:{one.key}", one.raw)
        except InvalidAnswer:  # what was fine when it was heard may not apply after an answer before it
            continue
        desk, state = desk.holding(done.draft), answered(state, f"{one.what}:{one.key}")
    return onward(state, desk).after(text(desk.say("nod.taken"))).doing(SaveDraft(desk.paper))


def _put_right(stage: Nodding, heard: Heard) -> Nodding | None:
    """「不是陈小雨，是陈晓雨」: a value of the same kind takes the place of the one shown."""
    said: dict[str, str] = {entity.kind: entity.value for entity in heard.read.entities}
    fits = [one for one in stage.proposals if one.entity and one.entity in said and said[one.entity] != one.raw]
    if len(fits) != 1:
        return None
    fresh = fits[0].model_copy(update={"raw": said[fits[0].entity], "shown": said[fits[0].entity]})
    return stage.model_copy(update={"proposals": tuple(fresh if one == fits[0] else one for one in stage.proposals)})


def sure(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Really?"""
    stage = state.stage
    if not isinstance(stage, Sure):
        return again(state, desk)
    if heard.wants("no", "back"):
        return again(at(state, stage.under), desk).after(text(desk.say("talk.carry_on")))
    if not heard.wants("yes"):
        return again(state, desk)
    below = at(state, stage.under)
    if stage.what == "switch":
        return enter(parked(below), stage.about, desk).after(text(desk.say("pause.aside")))
    if stage.what == "withdraw":
        return Outcome(below, effects=(Withdraw(stage.about),))
    effects = (Discard(stage.under.draft),) if isinstance(stage.under, Drafted) else ()
    return Outcome(at(state, Idle(), trail=(), later=()), effects=effects)


def with_person(state: State, heard: Heard, desk: Desk) -> Outcome:
    """A person has the word: the bot only says how to get it back."""
    stage = state.stage
    if not isinstance(stage, WithPerson):
        return again(state, desk)
    if heard.wants("bot", "resume") or heard.text.strip() == desk.say("button.bot"):
        below = again(at(state, stage.under), desk).after(text(desk.say("person.back")))
        return below.doing(HandOver(to_person=False))
    return Outcome(state, (muted_block(desk.say),))
