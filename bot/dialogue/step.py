"""One step of the talk: pure, from a state, something heard and the desk to the next state, blocks and effects."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.again import again, on_table
from bot.dialogue.agreeing import agrees
from bot.dialogue.amending import earlier_choice
from bot.dialogue.answering import answer, guessed, ticking
from bot.dialogue.anytime import anytime
from bot.dialogue.checking import checking, consenting, is_signature, offline, signing
from bot.dialogue.choices import is_choice
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import is_answered
from bot.dialogue.drafting import Asking, Checking, Correcting, Drafted, Filling
from bot.dialogue.entering import resuming
from bot.dialogue.heard import Heard
from bot.dialogue.idle import confirming, idle, login
from bot.dialogue.moving import changed
from bot.dialogue.onward import drafted
from bot.dialogue.others import instead
from bot.dialogue.outcome import Outcome, at
from bot.dialogue.over import answers_sure, asks_again, goes_on, nodding, sure
from bot.dialogue.person import in_danger, with_person
from bot.dialogue.placing import elsewhere, is_place, placing
from bot.dialogue.questions import question
from bot.dialogue.rating import finish, rating
from bot.dialogue.returning import take
from bot.dialogue.sounding import meant
from bot.dialogue.stages import Idle, Nodding, Rating, Sure, WithPerson
from bot.dialogue.state import State
from bot.dialogue.values import direct
from bot.render.basics import text
from bot.render.matter import all_block

Handler = Callable[[State, Heard, Desk], Outcome]
OVER: dict[str, Handler] = {"sure": sure, "nodding": nodding}
"""Stages that hear everything first."""
STAGES: dict[str, Handler] = {
    "idle": idle, "waiting": idle, "confirming": confirming, "login": login, "resuming": resuming,
    "placing": placing, "consenting": consenting, "asking": answer, "filling": answer, "correcting": answer,
    "offline": offline, "checking": checking, "signing": signing, "rating": rating,
}
OVER_ALL = frozenset({"person", "elder_on", "elder_off", "elder", "progress", "help", "fee", "how_long", "materials",
                      "where", "guide", "thanks", "greet", "wait", "so_far"})
"""What is done at once while a nod or a yes is awaited, which then goes on being awaited."""
LEAVING = frozenset({"pause", "park", "restart"})
"""What ends waiting for a nod; the values shown are then left out."""


def step(state: State, heard: Heard, desk: Desk) -> Outcome:
    """The next state, what to say, and what to do."""
    if heard.event is not None:
        return take(state, heard.event, desk)
    if outcome := in_danger(state, heard, desk):
        return outcome
    if isinstance(state.stage, WithPerson):
        return with_person(state, heard, desk)
    if desk.draft is None and isinstance(_bottom(state), Drafted):
        return Outcome(at(state, Idle(), trail=()), (text(desk.say("resume.gone")),))
    if not heard.action and not heard.text.strip():
        return _offer(state, desk)
    if outcome := _over(state, heard, desk):
        return outcome
    if isinstance(state.stage, Rating) and not _about_rating(heard):
        after = step(finish(state).state, heard, desk)
        return after.doing(*finish(state).effects)
    return _plain(state, heard, desk)


def _plain(state: State, heard: Heard, desk: Desk) -> Outcome:
    if desk.several is not None:
        if is_place(state, heard, desk):
            return placing(state, heard, desk)
        if moved := elsewhere(state, heard, desk):
            return moved
    if isinstance(state.stage, Asking | Filling | Correcting):
        if heard.name in ("tick", "done"):
            return ticking(state, heard, desk)
        if outcome := _direct(state, heard, desk):
            return outcome
    if isinstance(state.stage, Checking) and (paper := instead(heard, desk)):
        return changed(state, f"material:{paper}", desk)
    if state.stage.kind == "signing" and is_signature(heard, desk):
        return signing(state, heard, desk)
    handled = anytime(state, heard, desk)
    if handled is not None:
        return handled
    handler = STAGES.get(state.stage.kind)
    if handler is None or (heard.action and state.stage.kind in ("idle", "waiting", "asking", "filling", "correcting")):
        return _offer(state, desk)
    return handler(state, heard, desk)


def _offer(state: State, desk: Desk) -> Outcome:
    """What is on the table; with nothing on it, everything that can be handled. Never silence."""
    outcome = again(state, desk)
    return outcome if outcome.blocks else outcome.after(all_block(desk, desk.say("greet.what")))


def _over(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """A stage over another one hears first, but what may be asked at any moment is answered even then."""
    stage = state.stage
    if not isinstance(stage, Nodding | Sure):
        return None
    if heard.wants(*OVER_ALL) or (not heard.wants("yes", "no") and is_answered(state, heard, desk)):
        return anytime(state, heard, desk)
    if isinstance(stage, Nodding) and stage.doubted and _heard_anew(state, heard, desk):
        return step(at(state, stage.under), heard, desk)
    if asks_again(stage, heard, desk):
        return again(state, desk)
    gone = heard.wants(*LEAVING) if isinstance(stage, Nodding) else not answers_sure(stage, heard, desk)
    if gone:
        said = () if isinstance(stage, Nodding) else (text(goes_on(stage, desk)),)
        return step(at(state, stage.under), heard, desk).after(*said)
    return OVER[stage.kind](state, heard, desk)


AWAITED = ("yes", "noted", "submit", "no", "back", "repeat")
"""What is said to a nod itself."""


def _heard_anew(state: State, heard: Heard, desk: Desk) -> bool:
    """Whether words are neither a yes nor a no to a value that was doubtful, but the answer itself, or something else.

    「不是，跟妈妈」 is the answer itself.
    """
    stage = state.stage
    if not isinstance(stage, Nodding) or heard.action or heard.wants(*AWAITED) or agrees(stage, heard, desk):
        return False
    if heard.act not in ("correct", "change"):
        return True
    found = question(desk, on_table(stage.under))
    return found is not None and is_choice(found) and direct(found, heard, desk) is not None


def _direct(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """Words that are plainly the answer to the question on the table are never taken for anything else."""
    if heard.action or not isinstance(drafted(state), Asking | Filling | Correcting):
        return None
    found = question(desk, on_table(state.stage))
    if found is None or found.kind == "material" or len(heard.text) > 30 or heard.act == "person":
        return None
    if heard.act == "correct" and earlier_choice(heard, desk)[0]:
        return None
    if direct(found, heard, desk) is not None:
        return answer(state, heard, desk)
    raw = meant(found, heard, desk)
    return None if raw is None else guessed(state, found, raw, heard, desk)


def _about_rating(heard: Heard) -> bool:
    return heard.name in ("tick", "done", "rate") if heard.action else heard.act not in ("person", "progress", "resume")


def _bottom(state: State) -> object:
    """The stage below those that stand over it."""
    stage: object = state.stage
    while isinstance(stage, Nodding | Sure | WithPerson):
        stage = stage.under
    return stage
