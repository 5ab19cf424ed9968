"""What a citizen may do at any moment, whatever is on the table."""

from __future__ import annotations

import re

from bot.dialogue.again import carry_on, on_table
from bot.dialogue.amending import amend, changes_choice
from bot.dialogue.around import is_one
from bot.dialogue.buttons import ACTS, BUTTONS
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import answer_faq, best_answer, current
from bot.dialogue.drafting import Asking, Checking, Consenting, Drafted, Filling, Signing
from bot.dialogue.entering import begin
from bot.dialogue.free_words import is_plain
from bot.dialogue.heard import KNOWN_GROUND, SWITCH, Heard
from bot.dialogue.kinds import kind_for
from bot.dialogue.marks import bare, plainly
from bot.dialogue.named import speaks_of
from bot.dialogue.outcome import FindCases, Outcome, at
from bot.dialogue.putting import put
from bot.dialogue.questioning import asks
from bot.dialogue.questions import key_of, open_questions, question
from bot.dialogue.shapes import FREE_TYPES
from bot.dialogue.stages import Sure
from bot.dialogue.state import State
from bot.render.basics import text
from bot.render.talk import out_of_scope_block, sure_block
from core.errors import InvalidAnswer
from forms.merging.merged import Question

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{20,26}(?![0-9A-Za-z])")
"""What looks like a case number; longer than an id number."""
_CLAUSES = re.compile(r"[，,。；;！!\s]+")
CASUAL = frozenset({"date", "kin", "age", "number", "sex", "count", "behalf"})
"""Kinds of values that stand in any talk: they do not make a message an answer."""
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
    if heard.act == "submit" or plainly(heard.text) == desk.say("button.to_sign"):
        return _submit(state, heard, desk)
    if _asks(state, heard, desk) and (hit := best_answer(state, heard, desk)):
        return answer_faq(state, hit, desk)
    if isinstance(state.stage, Checking) and not asks(heard.text) and changes_choice(heard, desk):
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
    if heard.read.says == "denied" and not clear:
        return False  # 「不是退休」 with nothing in hand corrects nothing
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
    fits = is_plain(found, heard, desk) if found is not None and free else _answers(found, heard, desk)
    other = next((code for code in heard.read.matters if code in desk.matters and code != current(state)), "")
    sure = heard.read.band == "act" and heard.read.near >= KNOWN_GROUND and any(
        one.code == other and one.score >= SWITCH for one in heard.read.ranking)
    if other and sure and not fits and not _chooses(found, heard.text):
        named = (*state.later, *(code for code in heard.read.matters if code in desk.matters))
        later = tuple(code for code in dict.fromkeys(named) if code not in (other, current(state)))
        return begin(at(state, state.stage, later=later), other, desk)
    beyond = heard.read.band == "out_of_scope" and heard.read.out_kind not in ("gibberish", None)
    complains = heard.read.out_kind == "complaint"
    beyond = beyond and not _about_deciding(state, heard, desk)
    if beyond and (complains and not fits if free else complains or not _tells(found, heard, desk)):
        return carry_on(state, desk, out_of_scope_block(desk.say, heard.read.out_kind))
    return None


def _about_deciding(state: State, heard: Heard, desk: Desk) -> bool:
    """「提交了会怎么样」 where it is to be decided is about that, whatever it resembles."""
    deciding = isinstance(state.stage, Consenting | Checking | Signing)
    doubt = heard.read.out_kind == "chitchat" and asks(heard.text)
    return deciding and (doubt or any(word in heard.text for word in desk.say.words("heard.deciding")))


def _chooses(found: Question | None, words: str) -> bool:
    """Whether the words, or one clause of them, are about the choices on the table: 「没领证，户口跟我」."""
    return found is not None and any(speaks_of(found, part) for part in (words, *_CLAUSES.split(words)))


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
        return is_one(kind_for(found), found.title, heard.text, heard.read.entities)
    return True


def _submit(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """「都对，去签字」 before everything is answered: how much is still missing."""
    if not isinstance(state.stage, Asking | Filling):
        return None
    ticked = isinstance(state.stage, Asking) and state.stage.ticked
    count = len(open_questions(desk))
    return None if ticked or not count else carry_on(state, desk, text(desk.say("answer.unfinished", count=count)))
