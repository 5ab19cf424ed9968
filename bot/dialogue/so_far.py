"""「我刚才填到哪了」: what was answered last, and how much is left; then what is on the table."""

from __future__ import annotations

from bot.dialogue.again import carry_on
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import current
from bot.dialogue.entering import resume
from bot.dialogue.heard import Heard
from bot.dialogue.outcome import Outcome
from bot.dialogue.questions import answer_shown, title, to_come
from bot.dialogue.state import State
from bot.render.basics import card, label

MOST_SHOWN = 3
"""Answers that are shown, the latest last."""


def so_far(state: State, heard: Heard, desk: Desk) -> Outcome:
    """How far the draft in hand has come; with none in hand, those that were left halfway."""
    code = current(state)
    if desk.draft is None or not code:
        return resume(state, heard, desk)
    answered = [key for key in state.trail if answer_shown(desk, key)]
    left = to_come(desk, "")
    key = "so_far.none" if not answered else "so_far.left" if left else "so_far.all"
    says = desk.say(key, done=len(answered), left=left)
    facts = [(label(title(desk, key)), answer_shown(desk, key, masked=True)) for key in answered[-MOST_SHOWN:]]
    return carry_on(state, desk, card(desk.say("so_far.title", title=desk.title(code)), says, facts))
