"""While a person has the word the bot is silent; how the talk comes back to it."""

from __future__ import annotations

from bot.dialogue.again import again
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Drafted
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare
from bot.dialogue.outcome import HandOver, Outcome, at
from bot.dialogue.stages import Idle, Nodding, Sure, WithPerson
from bot.dialogue.state import State
from bot.render.basics import text
from bot.render.matter import all_block
from bot.render.talk import danger_block, pressed_block


def with_person(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Words are for the person: nothing is said to them. A button is not: of that, how to get the bot back."""
    if calls_back(heard, desk):
        return handed_back(state, desk, "person.back").doing(HandOver(to_person=False))
    return Outcome(state, (pressed_block(desk.say),) if heard.action else ())


def in_danger(state: State, heard: Heard, desk: Desk) -> Outcome | None:
    """Whoever is in danger is told at once whom to call, and a person is asked. What was being done stays as it is."""
    kind = heard.read.distress
    if heard.action or kind is None:
        return None
    waits = isinstance(state.stage, WithPerson)
    return Outcome(state, (danger_block(desk.say, kind),), () if waits else (HandOver(urgent=True),))


def calls_back(heard: Heard, desk: Desk) -> bool:
    """Whether the bot is asked to go on: by its button, or by one of a few words that mean nothing else."""
    if heard.action:
        return heard.name in ("bot", "resume")
    return bare(heard.text) in (desk.say("button.bot"), *desk.say.words("heard.bot"))


def handed_back(state: State, desk: Desk, why: str) -> Outcome:
    """The bot goes on where they were; ``why`` is the wording of what is said first."""
    if not isinstance(state.stage, WithPerson):
        return Outcome(state)  # they took it back themselves in between
    if desk.draft is None and isinstance(_bottom(state), Drafted):
        return Outcome(at(state, Idle(), trail=()), (text(desk.say(why)), text(desk.say("resume.gone"))))
    outcome = again(at(state, state.stage.under), desk)
    return (outcome if outcome.blocks else outcome.then(all_block(desk, desk.say("greet.what")))) \
        .after(text(desk.say(why)))


def _bottom(state: State) -> object:
    stage: object = state.stage
    while isinstance(stage, Nodding | Sure | WithPerson):
        stage = stage.under
    return stage
