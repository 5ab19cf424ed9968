"""Stars, tags and words for a case that is done."""

from __future__ import annotations

from bot.dialogue.again import again
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.outcome import Outcome, Rate, at
from bot.dialogue.stages import Idle, Rating
from bot.dialogue.state import State
from bot.render.case import stars_block

MOST_WORDS = 500


def starred(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Stars were given by a button ``act:rate:<number>=<stars>``."""
    number, stars = heard.pair
    if stars not in ("1", "2", "3", "4", "5"):
        return Outcome(state, (stars_block(desk.say, number),))
    return again(at(state, Rating(case=number, stars=int(stars))), desk)


def rating(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Tags are ticked, words are written; either ends with one press or one message."""
    stage = state.stage
    if not isinstance(stage, Rating):
        return again(state, desk)
    if heard.name == "tick":
        word = heard.pair[1]
        ticked = tuple(one for one in stage.ticked if one != word) if word in stage.ticked else (*stage.ticked, word)
        return again(at(state, stage.model_copy(update={"ticked": ticked})), desk)
    tags = tuple(one for one in heard.pair[1].split(",") if one) if heard.name == "done" else ()
    return finish(state, tags or stage.ticked, heard.text)


def finish(state: State, tags: tuple[str, ...] = (), words: str = "") -> Outcome:
    """Hand the rating in and be done."""
    stage = state.stage
    if not isinstance(stage, Rating):
        return Outcome(state)
    done = Rate(case=stage.case, stars=stage.stars, tags=tags, words=words.strip()[:MOST_WORDS])
    return Outcome(at(state, Idle()), effects=(done,))
