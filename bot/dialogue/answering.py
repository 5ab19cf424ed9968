"""A question of the draft is on the table, and an answer came: asking situations, filling fields, giving materials."""

from __future__ import annotations

from bot.blocks import Block
from bot.dialogue.again import again, on_table
from bot.dialogue.around import loosely
from bot.dialogue.choices import takes_several
from bot.dialogue.completing import completed
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Asking, Correcting
from bot.dialogue.gathering import gather
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import ABOUT
from bot.dialogue.marks import plainly
from bot.dialogue.no_answer import missed, unfit
from bot.dialogue.objecting import left_out, objections
from bot.dialogue.onward import drafted, onward
from bot.dialogue.outcome import Outcome, SaveDraft, at
from bot.dialogue.putting import Put, put
from bot.dialogue.questions import WORDS, answer_shown, key_of, question, split
from bot.dialogue.stages import Nodding
from bot.dialogue.state import State
from bot.dialogue.told import remember
from bot.render.answers import echo_block, nod_block
from core.errors import InvalidAnswer
from forms.merging.merged import Question

STORIES = frozenset({"text", "long_text"})
"""Fields whose words may name anything; nothing is picked out of them for later."""


def answer(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Take words as the answer to the question on the table, together with whatever else they tell."""
    stage = state.stage
    if isinstance(stage, Correcting) and stage.todo[:1] == (WORDS,):
        rest = stage.model_copy(update={"todo": stage.todo[1:]})
        return onward(at(state, rest, replies={**state.replies, "": heard.text[:500]}), desk)
    found = question(desk, on_table(stage))
    if found is None:
        return onward(state, desk)
    if found.kind == "material":
        return missed(state, desk, found, heard)
    if takes_several(found) and (ticked := _agreed(state, heard, desk)):
        return give(state, desk, key_of(found), ticked, heard)
    heard = completed(state, found, heard, desk)
    mine, extra, raw, sure = gather(found, heard, desk)
    sure = sure and not loosely(found, raw, heard.text, heard.read.entities)
    if extra or (mine and not sure):
        return _nod(state, desk, found, (*mine, *extra), heard, doubted=not (extra or sure))
    if raw is None and _keeps(found, heard, desk):
        return onward(answered(state, key_of(found)), desk)
    if raw is None:
        return missed(state, desk, found, heard)
    if not mine:
        return give(state, desk, key_of(found), raw, heard)
    state, told = _beside(state, desk.holding(mine[0].draft), found, mine, heard)
    ahead = taken(state, desk, mine[0], heard)
    return ahead.after(*told) if told else ahead


def _beside(
    state: State, desk: Desk, found: Question, put_: tuple[Put, ...], heard: Heard
) -> tuple[State, tuple[Block, ...]]:
    """Values that found no place yet are kept in mind; what does not fit where it was meant is said."""
    used = {one.proposal.raw for one in put_}
    used |= {one.value for one in heard.read.entities if any(one.value in raw for raw in used)}
    if found.type in STORIES or all(one.value in used or one.kind in ABOUT for one in heard.read.entities):
        return state, ()
    return remember(state, heard, used, chooses=False), left_out(heard, used, desk, found)


def _keeps(found: Question, heard: Heard, desk: Desk) -> bool:
    """「不改了」 to a question asked once more: its answer stays."""
    kept = heard.act == "yes" or plainly(heard.text) in desk.say.words("heard.keep")
    return kept and bool(answer_shown(desk, key_of(found)))


def _agreed(state: State, heard: Heard, desk: Desk) -> list[str]:
    """What was ticked before, when the words say that this is all."""
    stage = state.stage
    done = heard.act in ("yes", "submit") or plainly(heard.text) == desk.say("button.done")
    return list(stage.ticked) if isinstance(stage, Asking) and done else []


def _nod(
    state: State, desk: Desk, found: Question, taken: tuple[Put, ...], heard: Heard, *, doubted: bool = False
) -> Outcome:
    """Several values were heard, or one that may be none: show them back before any is taken."""
    held = desk.holding(taken[-1].draft)
    state, told = _beside(state, held, found, taken, heard)
    stage = Nodding(proposals=tuple(one.proposal for one in taken), under=state.stage, doubted=doubted)
    return Outcome(at(state, stage), (*told, *objections(held, taken), nod_block(desk.say, stage.proposals)))


def guessed(state: State, found: Question, raw: object, heard: Heard, desk: Desk) -> Outcome | None:
    """Ask whether ``raw`` was meant, which the words themselves do not say; None where it would not do."""
    try:
        mine = (put(desk, key_of(found), raw),)
    except InvalidAnswer:
        return None
    return _nod(state, desk, found, mine, heard, doubted=True)


def give(state: State, desk: Desk, key: str, raw: object, heard: Heard) -> Outcome:
    """Put a value at ``key`` and go on; a wrong one is explained and nothing typed is lost."""
    try:
        done = put(desk, key, raw)
    except InvalidAnswer as problem:
        return unfit(state, desk, key, problem, heard)
    return taken(state, desk, done, heard)


def taken(state: State, desk: Desk, done: Put, heard: Heard) -> Outcome:
    """Show back what was put, go on, and have it saved."""
    ahead = onward(answered(state, f"{done.proposal.what}:{done.proposal.key}"), desk.holding(done.draft))
    said = echo_block(desk, done, quiet=bool(heard.action))
    return ahead.after(*said, *objections(desk.holding(done.draft), (done,))).doing(SaveDraft(done.draft))


def answered(state: State, key: str) -> State:
    """The state after a question was answered: remembered for going back; a correction is ticked off."""
    trail = (*(one for one in state.trail if one != key), key)
    stage = state.stage
    if isinstance(stage, Correcting):
        stage = stage.model_copy(update={"todo": tuple(one for one in stage.todo if ":".join(split(one)) != key)})
    return at(state, stage, trail=trail)


def ticking(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Ticks and the end of ticking, for a question that takes several choices."""
    key, value = heard.pair
    if key != on_table(state.stage):
        return again(state, desk)
    stage = drafted(state)
    ticked = stage.ticked if isinstance(stage, Asking) else ()
    if heard.name == "done":
        return give(state, desk, key, [one for one in value.split(",") if one] or list(ticked), heard)
    if not isinstance(stage, Asking):
        return give(state, desk, key, [value], heard)
    kept = tuple(one for one in ticked if one != value) if value in ticked else (*ticked, value)
    return again(at(state, stage.model_copy(update={"ticked": kept})), desk)
