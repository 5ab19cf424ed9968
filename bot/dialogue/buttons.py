"""What buttons and control acts do that work from anywhere, by name; the rest belong to their stage."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.again import again, carry_on, on_table
from bot.dialogue.amending import amend
from bot.dialogue.answering import give
from bot.dialogue.checking import checking
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import chosen, cost, guided, hello, how_long, materials, where, why
from bot.dialogue.drafting import Checking, Correcting, Drafted
from bot.dialogue.entering import anew, begin, begun_at, deny, give_up, park, resume
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare
from bot.dialogue.moving import back, changed, skip, uploaded, way
from bot.dialogue.onward import drafted
from bot.dialogue.others import listed, pass_on
from bot.dialogue.outcome import FindCases, HandOver, OpenCorrection, Outcome, SwitchLarge, at
from bot.dialogue.placing import move
from bot.dialogue.questions import question
from bot.dialogue.rating import starred
from bot.dialogue.so_far import so_far
from bot.dialogue.stages import Idle, Sure, Waiting
from bot.dialogue.state import State
from bot.render.answers import explain_block
from bot.render.basics import text
from bot.render.case import stars_block
from bot.render.place import PLACE
from bot.render.talk import large_block, sure_block

Answer = Callable[[State, Heard, Desk], Outcome]


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


def _correct(state: State, heard: Heard, desk: Desk) -> Outcome:
    if isinstance(state.stage, Drafted):
        return amend(state, heard, desk)
    if isinstance(state.stage, Waiting) and state.stage.asks:
        return Outcome(state, effects=(OpenCorrection(state.stage.case),))
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
    """``act:begin:<one-thing>``, and from the guide of a place ``act:begin:<one-thing>@<region>``."""
    code, _, region = heard.ref.partition("@")
    return begin(begun_at(state, region, desk), code, desk)


def _go_on(state: State, heard: Heard, desk: Desk) -> Outcome:
    return again(state, desk)


def _stars(state: State, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(at(state, Idle()) if not isinstance(state.stage, Drafted) else state,
                   (stars_block(desk.say, heard.ref),))


def _change(state: State, heard: Heard, desk: Desk) -> Outcome:
    if heard.ref == PLACE:
        return move(state, heard, desk)
    return changed(state, heard.ref, desk) if isinstance(state.stage, Drafted) else again(state, desk)


def _in_draft(handler: Answer) -> Answer:
    """Only when a draft is in hand; otherwise what is on the table stays there."""
    def guarded(state: State, heard: Heard, desk: Desk) -> Outcome:
        if isinstance(state.stage, Drafted) and drafted(state):
            return handler(state, heard, desk)
        return hello(state, heard, desk) if not again(state, desk).blocks else again(state, desk)
    return guarded


def _back(state: State, heard: Heard, desk: Desk) -> Outcome:
    """「撤回」 with no draft in hand means a case: each is shown with its way to withdraw it."""
    if not isinstance(state.stage, Drafted) and any(word in heard.text for word in desk.say.words("heard.withdraw")):
        return _progress(state, heard, desk)
    return _in_draft(back)(state, heard, desk)


def _resume(state: State, heard: Heard, desk: Desk) -> Outcome:
    """「下一步」 with all answers on the table leads to signing."""
    onward = isinstance(state.stage, Checking) and bare(heard.text) in desk.say.words("heard.onward")
    return checking(state, heard, desk) if onward else resume(state, heard, desk)


BUTTONS: dict[str, Answer] = {
    "person": _person, "elder": _large, "progress": _progress, "help": hello, "repeat": _repeat, "why": why,
    "restart": lambda s, h, d: give_up(s, d), "park": lambda s, h, d: park(s, d), "resume": resume,
    "anew": lambda s, h, d: anew(s, h.ref, d), "begin": _begin, "none": lambda s, h, d: deny(s, d),
    "back": _in_draft(back), "skip": _in_draft(skip), "change": _change, "answer": _answer, "way": _in_draft(way),
    "uploaded": _in_draft(uploaded), "continue": _go_on, "login": _go_on, "upload": _go_on, "fix": _fix,
    "bring": _bring, "faq": chosen, "place": move,
    "confirm": pass_on, "others": listed, "withdraw": _withdraw, "guide": guided, "stars": _stars, "rate": starred,
}
"""Buttons that work from anywhere, by name; the rest belong to their stage."""

ACTS: dict[str, Answer] = {
    "person": _person, "elder_on": _large, "elder_off": _large, "progress": _progress, "help": hello, "greet": hello,
    "thanks": hello, "repeat": _repeat, "why": why, "restart": lambda s, h, d: give_up(s, d),
    "pause": lambda s, h, d: park(s, d), "resume": _resume, "back": _back, "skip": _in_draft(skip),
    "correct": _correct, "fee": cost, "how_long": how_long, "materials": materials,
    "where": where, "guide": guided, "wait": _wait, "noted": _noted,
    "so_far": so_far,
}
"""Control acts that work from anywhere; yes and no belong to their stage."""
