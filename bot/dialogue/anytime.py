"""What a citizen may do at any moment, whatever is on the table."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue.again import again, carry_on, on_table
from bot.dialogue.amending import amend, earlier_choice
from bot.dialogue.answering import give
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import (
    answer_faq,
    best_answer,
    chosen,
    cost,
    current,
    guided,
    hello,
    how_long,
    materials,
    where,
    why,
)
from bot.dialogue.entering import anew, begin, deny, give_up, park, resume
from bot.dialogue.heard import Heard
from bot.dialogue.moving import back, changed, skip, uploaded, way
from bot.dialogue.onward import drafted
from bot.dialogue.others import listed, pass_on
from bot.dialogue.outcome import FindCases, HandOver, OpenCorrection, Outcome, SwitchLarge, at
from bot.dialogue.putting import put
from bot.dialogue.questions import key_of, open_questions, question
from bot.dialogue.rating import starred
from bot.dialogue.reading import asks, bare
from bot.dialogue.state import Asking, Checking, Correcting, Drafted, Filling, Idle, State, Sure
from bot.render.answers import explain_block
from bot.render.basics import text
from bot.render.case import stars_block
from bot.render.talk import large_block, out_of_scope_block, sure_block
from core.errors import InvalidAnswer
from forms.merging.merged import Question

Answer = Callable[[State, Heard, Desk], Outcome]
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{20,26}(?![0-9A-Za-z])")
"""What looks like a case number; longer than an id number."""
CASUAL = frozenset({"date", "kin", "age", "number"})
"""Kinds of values that stand in any talk: they do not make a message an answer."""
FREE_TYPES = frozenset({"text", "long_text", "name", "address", "certificate_number"})
"""Fields whose answers may be any words at all."""
SWITCH = 0.85
"""How sure it must be that another one-thing is meant before leaving the present one is offered."""
KNOWN_GROUND = 0.32
"""How near to known requests it must be for that: answers of a few words often look a little like one."""
ONLY_IN_DRAFT = frozenset({"restart", "back", "skip", "why", "repeat", "correct", "pause"})
"""Acts that mean nothing when nothing is on the table."""

PLAIN = frozenset({"restart", "pause", "back", "repeat"})
"""Those that whole messages say so plainly that they are no request, whatever they resemble: 「重新开始」."""


def anytime(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """The answer to a button or words that do not depend on the stage; None leaves them to the stage."""
    if heard.action:
        handler = BUTTONS.get(heard.name)
        return handler(state, heard, desk) if handler else None
    if bare(heard.text) in desk.say.words("heard.unbind"):
        return _unbind(state, desk)
    if number := _NUMBER.search(heard.text):
        return Outcome(state, effects=(FindCases(number[0]),))
    if heard.act in ACTS and _obeyed(state, heard, desk):
        return ACTS[heard.act](state, heard, desk)
    if heard.act == "submit" or bare(heard.text) == desk.say("button.to_sign"):
        return _submit(state, heard, desk)
    if _asks(state, heard, desk) and (hit := best_answer(state, heard, desk)):
        return answer_faq(state, hit, desk)
    if isinstance(state.stage, Checking) and not asks(heard.text, desk.say) and earlier_choice(heard, desk)[0]:
        return amend(state, heard, desk)
    return _turned(state, heard, desk)


def _unbind(state: State, desk: Desk) -> Outcome:
    if not desk.signed_in:
        return carry_on(state, desk, text(desk.say("done.not_bound")))
    stage = Sure(what="unbind", under=state.stage)
    return Outcome(at(state, stage), (sure_block(desk, stage),))


def _obeyed(state: State, heard: Heard, desk: Desk) -> bool:
    """With nothing in hand, a request for a one-thing wins over half-heard acts."""
    if current(state):
        return True
    clear = heard.read.acts[0].score >= 1.0
    asks = heard.read.band in ("act", "confirm", "choose")
    return (clear or not asks or heard.act in ("person", "progress", "fee", "how_long", "elder_on", "elder_off")) and (
        heard.act not in ONLY_IN_DRAFT or not asks or (clear and heard.act in PLAIN))


def _asks(state: State, heard: Heard, desk: Desk) -> bool:
    """A question that is plainly the name of a one-thing is a request for it."""
    return bool(current(state)) or heard.read.band != "act" or (
        bool(heard.read.faq) and heard.read.faq[0].score >= 0.9)


def _turned(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """Another one-thing, or something beyond us, in the middle of a form."""
    if not isinstance(state.stage, Drafted) or heard.act in ("yes", "no"):
        return None
    found = question(desk, on_table(state.stage)) if on_table(state.stage) else None
    free = found is not None and found.type in FREE_TYPES
    other = next((code for code in heard.read.matters if code in desk.matters and code != current(state)), "")
    sure = heard.read.band == "act" and heard.read.near >= KNOWN_GROUND and any(
        one.code == other and one.score >= SWITCH for one in heard.read.ranking)
    if other and sure and not free and not _answers(found, heard, desk):
        named = (*state.later, *(code for code in heard.read.matters if code in desk.matters))
        later = tuple(code for code in dict.fromkeys(named) if code not in (other, current(state)))
        return begin(at(state, state.stage, later=later), other, desk)
    beyond = heard.read.band == "out_of_scope" and heard.read.out_kind not in ("gibberish", None)
    if beyond and not free and (heard.read.out_kind == "complaint" or not _tells(found, heard, desk)):
        return carry_on(state, desk, out_of_scope_block(desk.say, heard.read.out_kind))
    return None


def _tells(found: Question | None, heard: Heard, desk: Desk) -> bool:
    """Something that the form can use, whatever else the words resemble."""
    return any(entity.kind not in CASUAL for entity in heard.read.entities) or _answers(found, heard, desk)


def _answers(found: Question | None, heard: Heard, desk: Desk) -> bool:
    """Words that fit the question on the table are its answer, whatever else they resemble: a date is no retirement."""
    if found is None or found.kind != "field":
        return False
    try:
        put(desk, key_of(found), bare(heard.text))
    except InvalidAnswer:
        return False
    return True


def _person(state: State, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(state, effects=(HandOver(),))


def _large(state: State, heard: Heard, desk: Desk) -> Outcome:
    on = heard.ref == "on" if heard.action else heard.act == "elder_on"
    return carry_on(state, desk, large_block(desk.say, on)).doing(SwitchLarge(on))


def _progress(state: State, heard: Heard, desk: Desk) -> Outcome:
    if not desk.signed_in:
        return carry_on(state, desk, text(desk.say("progress.sign_in")))
    return Outcome(state, effects=(FindCases(heard.ref),))


def _repeat(state: State, heard: Heard, desk: Desk) -> Outcome:
    outcome = again(state, desk)
    found = question(desk, on_table(state.stage)) if isinstance(state.stage, Drafted) else None
    if found is not None and any(word in heard.text for word in desk.say.words("heard.explain")):
        return carry_on(state, desk, explain_block(desk, found))
    return outcome if outcome.blocks else hello(state, heard, desk)


def _wait(state: State, heard: Heard, desk: Desk) -> Outcome:
    """「我找找」: no hurry; what was asked stays asked."""
    return Outcome(state, (text(desk.say("talk.no_hurry")),))


def _noted(state: State, heard: Heard, desk: Desk) -> Outcome:
    """「晓得了」 agrees to nothing: on with what is on the table."""
    ahead = carry_on(state, desk)
    return ahead if ahead.blocks else Outcome(state, (text(desk.say("greet.thanks")),))


def _submit(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """「都对，去签字」 before everything is answered: how much is still missing."""
    if not isinstance(state.stage, Asking | Filling):
        return None
    ticked = isinstance(state.stage, Asking) and state.stage.ticked
    count = len(open_questions(desk))
    return None if ticked or not count else carry_on(state, desk, text(desk.say("answer.unfinished", count=count)))


def _correct(state: State, heard: Heard, desk: Desk) -> Outcome:
    if isinstance(state.stage, Drafted):
        return amend(state, heard, desk)
    return Outcome(state, (text(desk.say("amend.no_draft")),))


def _fix(state: State, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(state, effects=(OpenCorrection(heard.ref),))


def _bring(state: State, heard: Heard, desk: Desk) -> Outcome:
    """A page opens by itself and takes the paper; elsewhere the case says what is owed and until when."""
    return Outcome(state, effects=(FindCases(heard.ref.partition("/")[0]),))


def _withdraw(state: State, heard: Heard, desk: Desk) -> Outcome:
    over = Sure(what="withdraw", about=heard.ref, under=state.stage)
    return Outcome(at(state, over), (sure_block(desk, over),))


def _answer(state: State, heard: Heard, desk: Desk) -> Outcome:
    """A choice pressed: for the question on the table, or an earlier one that still applies."""
    key, value = heard.pair
    if not isinstance(state.stage, Drafted) or question(desk, key) is None:
        return again(state, desk).after(text(desk.say("talk.gone")))
    if isinstance(state.stage, Correcting) and key != on_table(state.stage):
        return again(state, desk)
    return give(state, desk, key, value, heard)


def _begin(state: State, heard: Heard, desk: Desk) -> Outcome:
    return begin(state, heard.ref, desk)


def _go_on(state: State, heard: Heard, desk: Desk) -> Outcome:
    return again(state, desk)


def _stars(state: State, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(at(state, Idle()) if not isinstance(state.stage, Drafted) else state,
                   (stars_block(desk.say, heard.ref),))


def _change(state: State, heard: Heard, desk: Desk) -> Outcome:
    return changed(state, heard.ref, desk) if isinstance(state.stage, Drafted) else again(state, desk)


def _in_draft(handler: Answer) -> Answer:
    """Only when a draft is in hand; otherwise what is on the table stays there."""
    def guarded(state: State, heard: Heard, desk: Desk) -> Outcome:
        if isinstance(state.stage, Drafted) and drafted(state):
            return handler(state, heard, desk)
        return hello(state, heard, desk) if not again(state, desk).blocks else again(state, desk)
    return guarded


BUTTONS: dict[str, Answer] = {
    "person": _person, "elder": _large, "progress": _progress, "help": hello, "repeat": _repeat, "why": why,
    "restart": lambda s, h, d: give_up(s, d), "park": lambda s, h, d: park(s, d), "resume": resume,
    "anew": lambda s, h, d: anew(s, h.ref, d), "begin": _begin, "none": lambda s, h, d: deny(s, d),
    "back": _in_draft(back), "skip": _in_draft(skip), "change": _change, "answer": _answer, "way": _in_draft(way),
    "uploaded": _in_draft(uploaded), "continue": _go_on, "login": _go_on, "upload": _go_on, "fix": _fix,
    "bring": _bring, "faq": chosen,
    "confirm": pass_on, "others": listed, "withdraw": _withdraw, "guide": guided, "stars": _stars, "rate": starred,
}
"""Buttons that work from anywhere, by name; the rest belong to their stage."""

ACTS: dict[str, Answer] = {
    "person": _person, "elder_on": _large, "elder_off": _large, "progress": _progress, "help": hello, "greet": hello,
    "thanks": hello, "repeat": _repeat, "why": why, "restart": lambda s, h, d: give_up(s, d),
    "pause": lambda s, h, d: park(s, d), "resume": resume, "back": _in_draft(back), "skip": _in_draft(skip),
    "correct": _correct, "fee": cost, "how_long": how_long, "materials": materials,
    "where": where, "guide": guided, "wait": _wait, "noted": _noted,
}
"""Control acts that work from anywhere; yes and no belong to their stage."""
