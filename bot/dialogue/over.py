"""Stages over another one: a nod to values heard, being sure."""

from __future__ import annotations

from bot.dialogue.again import again, on_table
from bot.dialogue.agreeing import a_name, agrees, said_beside
from bot.dialogue.answering import answered
from bot.dialogue.choices import takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Drafted
from bot.dialogue.entering import enter, parked
from bot.dialogue.gathering import gather
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare, plainly
from bot.dialogue.named import contained, positive
from bot.dialogue.onward import onward
from bot.dialogue.ordinals import place
from bot.dialogue.outcome import Discard, Outcome, SaveDraft, Unbind, Withdraw, at
from bot.dialogue.placing import relocated
from bot.dialogue.putting import put
from bot.dialogue.questioning import asks
from bot.dialogue.questions import key_of, question
from bot.dialogue.several import further
from bot.dialogue.sides import SIDES
from bot.dialogue.stages import Idle, Nodding, Proposal, Sure
from bot.dialogue.state import State
from bot.dialogue.told import kept_words, remember
from bot.render.answers import unfit
from bot.render.basics import notice, text
from core.errors import InvalidAnswer

MOST_MISSES = 2
"""Times that words are no answer before a person is offered."""


def nodding(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Values were shown back: right, wrong, put right at once, or more of them said."""
    stage = state.stage
    if not isinstance(stage, Nodding):
        return again(state, desk)
    if heard.wants("yes", "noted", "submit") or agrees(stage, heard, desk):
        return _take_all(state, stage, desk)
    try:
        better = _put_right(stage, heard, desk)
    except InvalidAnswer as problem:
        return again(state, desk).after(notice("error", unfit(desk.say, problem)))
    if better is not None:
        return again(at(state, better), desk)
    if heard.wants("no", "correct", "change", "back"):
        return again(at(state, stage.under, told=()), desk).after(text(desk.say("nod.dropped")))
    more = _with_more(stage, heard, desk)
    if more is not None:
        return again(at(state, more), desk)
    if beside := said_beside(state, stage, heard, desk):
        return beside
    known = remember(state, heard, {one.raw for one in stage.proposals}, chooses=False)
    if kept := kept_words(state, known):
        return again(known, desk).after(text(desk.say("answer.kept", words=kept) + desk.say("nod.please")))
    missed = state.model_copy(update={"misses": state.misses + 1})
    if missed.misses < MOST_MISSES:
        return again(missed, desk).after(text(desk.say("nod.please")))
    return again(missed, desk).after(text("\n".join((desk.say("nod.please"), desk.say("answer.person")))))


def _with_more(stage: Nodding, heard: Heard, desk: Desk) -> Nodding | None:
    """Further answers said while a nod was awaited join those that wait for it."""
    for one in stage.proposals:
        desk = _holding(desk, one) or desk
    found = question(desk, on_table(stage.under))
    if found is None or heard.action or found.kind == "material":
        return None
    key = key_of(found)
    known = {one.raw for one in stage.proposals}
    waiting = any(f"{one.what}:{one.key}" == key for one in stage.proposals)
    mine, extra = ((), further(heard, desk, found, used=known)) if waiting else gather(found, heard, desk, known)[:2]
    fresh = tuple(one.proposal for one in (*mine, *extra))
    kept = tuple(one for one in stage.proposals if (one.what, one.key) not in {(new.what, new.key) for new in fresh})
    return stage.model_copy(update={"proposals": (*kept, *fresh)}) if fresh else None


def _holding(desk: Desk, one: Proposal) -> Desk | None:
    try:
        return desk.holding(put(desk, f"{one.what}:{one.key}", raw_of(one, desk)).draft)
    except InvalidAnswer:  # what was fine when it was heard may not apply after an answer before it
        return None


def raw_of(one: Proposal, desk: Desk) -> str | list[str]:
    """The value proposed; of a question that takes several, the list of them."""
    found = question(desk, f"{one.what}:{one.key}")
    return one.raw.split(",") if found is not None and takes_several(found) else one.raw


def _take_all(state: State, stage: Nodding, desk: Desk) -> Outcome:
    state = at(state, stage.under)
    for one in stage.proposals:
        held = _holding(desk, one)
        if held is not None:
            desk, state = held, answered(state, f"{one.what}:{one.key}")
    return onward(state, desk).after(text(desk.say("nod.taken"))).doing(SaveDraft(desk.paper))


def _put_right(stage: Nodding, heard: Heard, desk: Desk) -> Nodding | None:
    """「不是陈小雨，是陈晓雨」: a value of the same kind takes the place of the one shown. Raises `InvalidAnswer`."""
    said: dict[str, str] = {entity.kind: entity.value for entity in heard.read.entities} or a_name(stage, heard, desk)
    fits = [one for one in stage.proposals if one.entity and one.entity in said and one.entity not in SIDES
            and said[one.entity] != one.raw]
    if len(fits) != 1:
        return None if fits else _chosen_anew(stage, heard, desk)
    known = _before(stage, fits[0], desk)
    fresh = put(known, f"{fits[0].what}:{fits[0].key}", said[fits[0].entity], fits[0].entity).proposal
    return stage.model_copy(update={"proposals": tuple(fresh if one == fits[0] else one for one in stage.proposals)})


def _chosen_anew(stage: Nodding, heard: Heard, desk: Desk) -> Nodding | None:
    """「没结婚」 to a choice shown: the one option named takes its place."""
    said, found = positive(heard.text), list[tuple[Proposal, str]]()
    for one in stage.proposals:
        question_ = question(desk, f"{one.what}:{one.key}")
        if heard.action or question_ is None or not question_.options or takes_several(question_):
            continue
        value = contained(question_.options, said)
        found += [(one, value)] if value not in (None, one.raw) else []
    if len(found) != 1:
        return None
    old, value = found[0]
    fresh = put(_before(stage, old, desk), f"{old.what}:{old.key}", value).proposal
    return stage.model_copy(update={"proposals": tuple(fresh if one == old else one for one in stage.proposals)})


def _before(stage: Nodding, proposal: Proposal, desk: Desk) -> Desk:
    """The desk as it is once everything proposed but this one is taken."""
    for one in stage.proposals:
        desk = (_holding(desk, one) or desk) if one != proposal else desk
    return desk


def sure(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Really?"""
    stage = state.stage
    if not isinstance(stage, Sure):
        return again(state, desk)
    if _means_it(stage, heard, desk):
        return _do(state, stage, desk)
    return again(at(state, stage.under), desk).after(text(goes_on(stage, desk)))


def answers_sure(stage: Sure, heard: Heard, desk: Desk) -> bool:
    """Whether the words answer 「确定吗」; anything else means that they go on with what they were doing."""
    return heard.wants("no", "back", "yes", "resume", "pause", "repeat") or _means_it(stage, heard, desk)


def asks_again(stage: Nodding | Sure, heard: Heard, desk: Desk) -> bool:
    """Whether what is on the table is only doubted: then it is said again. 「第一个」 is too little to go by."""
    if heard.action:
        return False
    unsure = isinstance(stage, Sure) and (asks(heard.text) or (not heard.act and place(bare(heard.text), 2)))
    return heard.act == "repeat" or bool(unsure)


def _means_it(stage: Sure, heard: Heard, desk: Desk) -> bool:
    """A yes, or the wish itself once more: 「不办了」, 「先办开店」."""
    listened = {"discard": "heard.give_up", "withdraw": "heard.withdraw", "unbind": "heard.unbind"}.get(stage.what)
    if listened and plainly(heard.text) in desk.say.words(listened):
        return True
    if stage.what in ("discard", "withdraw") and bare(heard.text) in desk.say.words("heard.go_on"):
        return False  # 「办」 is a yes elsewhere, and here the very opposite
    again_said = (stage.what == "discard" and heard.wants("restart")) or (
        stage.what == "switch" and stage.about in heard.read.matters)
    return heard.wants("yes") or again_said


def goes_on(stage: Sure, desk: Desk) -> str:
    """That what was asked about is left as it is."""
    if stage.what in ("withdraw", "unbind"):
        return desk.say(f"sure.{stage.what}_kept")
    title = desk.title(getattr(stage.under, "one_thing", ""))
    return desk.say("sure.kept", title=title) if title else desk.say("talk.carry_on")


def _do(state: State, stage: Sure, desk: Desk) -> Outcome:
    below = at(state, stage.under)
    if stage.what == "switch":
        return enter(parked(below), stage.about, desk).after(text(desk.say("pause.aside")))
    if stage.what == "place":
        return relocated(below, stage.about, desk)
    if stage.what == "unbind":
        return Outcome(below, effects=(Unbind(),))
    if stage.what == "withdraw":
        return Outcome(below, effects=(Withdraw(stage.about),))
    effects = (Discard(stage.under.draft),) if isinstance(stage.under, Drafted) else ()
    return Outcome(at(state, Idle(), trail=(), later=(), told=()), effects=effects)
