"""A question of the draft is on the table, and an answer came: asking situations, filling fields, giving materials."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.blocks import Block
from bot.dialogue.again import again, carry_on, on_table
from bot.dialogue.around import loosely
from bot.dialogue.choices import is_choice, is_label, takes_several
from bot.dialogue.completing import completed
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import no_idea
from bot.dialogue.drafting import Asking, Correcting
from bot.dialogue.free_words import does_not_know
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import ABOUT, kind_for
from bot.dialogue.marks import plainly, softened
from bot.dialogue.objecting import left_out, objections
from bot.dialogue.onward import ask, drafted, onward
from bot.dialogue.outcome import Outcome, SaveDraft, at
from bot.dialogue.putting import Put, put
from bot.dialogue.questioning import asks
from bot.dialogue.questions import WORDS, answer_shown, key_of, question, split
from bot.dialogue.several import further
from bot.dialogue.stages import Nodding
from bot.dialogue.state import State
from bot.dialogue.told import kept_words, remember
from bot.dialogue.values import said
from bot.render.answers import did_not_fit, dont_know_block, echo_block, nod_block
from bot.render.basics import text
from core.errors import InvalidAnswer
from forms.merging.merged import Question

STORIES = frozenset({"text", "long_text"})
"""Fields whose words may name anything; nothing is picked out of them for later."""
MOST_MISSES = 2
"""Times that words are no answer, or one that does not fit, before a person is offered."""


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


def gather(
    found: Question, heard: Heard, desk: Desk, used: Collection[str] = ()
) -> tuple[tuple[Put, ...], tuple[Put, ...], object | None, bool]:
    """What the words hold: put for the question on the table, put for others, the raw answer to the former, and
    whether it plainly is one. What may be none is left out where the words answer other questions."""
    raw, sure = said(found, heard, desk)
    mine = _try(desk, found, raw, "" if sure else kind_for(found) or "")
    text = softened(heard.text, lambda left: bool(mine))
    values = any(one.kind not in ABOUT for one in heard.read.entities)
    alone = bool(mine) and (is_label(found, text) or not (values or is_choice(found)))
    if alone or asks(text):
        return mine, (), raw, sure
    mine_too = mine if sure or is_choice(found) else ()
    extra = further(heard, desk, found, mine_too[0] if mine_too else None, used)
    return (mine_too if extra else mine), extra, raw, sure


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


def _try(desk: Desk, found: Question, raw: object | None, entity: str = "") -> tuple[Put, ...]:
    try:
        return () if raw is None else (put(desk, key_of(found), raw, entity),)
    except InvalidAnswer:
        return ()


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
    said = echo_block(desk, done, quiet=is_button(heard))
    return ahead.after(*said, *objections(desk.holding(done.draft), (done,))).doing(SaveDraft(done.draft))


def is_button(heard: Heard) -> bool:
    """Whether a button was pressed: what it says need not be shown back."""
    return bool(heard.action)


def answered(state: State, key: str) -> State:
    """The state after a question was answered: remembered for going back; a correction is ticked off."""
    trail = (*(one for one in state.trail if one != key), key)
    stage = state.stage
    if isinstance(stage, Correcting):
        stage = stage.model_copy(update={"todo": tuple(one for one in stage.todo if ":".join(split(one)) != key)})
    return at(state, stage, trail=trail)


def unfit(state: State, desk: Desk, key: str, problem: InvalidAnswer, heard: Heard) -> Outcome:
    found = question(desk, key)
    if found is None:
        return onward(state, desk)
    typed = "" if is_button(heard) else heard.text[:200]
    said, misses = did_not_fit(desk.say, problem, found, typed), state.misses + 1
    person = (text(desk.say("answer.person")),) if misses >= MOST_MISSES else ()
    asked = ask(state, desk, found, typed=typed).after(said, *person)
    return replace(asked, state=asked.state.model_copy(update={"misses": misses}))


def missed(state: State, desk: Desk, found: Question, heard: Heard) -> Outcome:
    """The words are no answer: say what would be one. Values in them that nothing asks for yet are kept in mind."""
    if does_not_know(heard.text, desk):
        return again(state, desk, brief=True).after(dont_know_block(desk.say, found))
    if any(word in heard.text for word in desk.say.words("heard.must")):
        key = "answer.may_skip" if found.optional else "answer.may_be_unknown" if found.unknown else "answer.must"
        return carry_on(state, desk, text(desk.say(key)))
    if asks(heard.text):
        return no_idea(state, heard, desk)
    known = remember(state, heard)
    if kept := kept_words(state, known):
        said = desk.say("answer.kept", words=kept) + desk.say(_what_would_do(found))
        return again(known, desk, brief=True).after(text(said))
    counted = known.model_copy(update={"misses": state.misses + 1})
    blocks = [desk.say(_what_would_do(found))] + ([desk.say("answer.person")] if counted.misses >= MOST_MISSES else [])
    return again(counted, desk, brief=True).after(text("\n".join(blocks)))


def _what_would_do(found: Question) -> str:
    """The wording that says what would be an answer."""
    if found.kind == "material":
        return "answer.material"
    if takes_several(found):
        return "answer.choose_several"
    return "answer.choose" if is_choice(found) else "answer.again"


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
