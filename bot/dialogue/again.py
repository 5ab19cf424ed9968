"""Saying once more what is on the table, after something else came in between."""

from __future__ import annotations

from bot.blocks import Block
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Asking, Checking, Consenting, Correcting, Filling, Offline, Signing
from bot.dialogue.outcome import Outcome
from bot.dialogue.questions import WORDS, answer_shown, full_key, key_of, question, to_come
from bot.dialogue.siblings import told_apart
from bot.dialogue.stages import Confirming, Login, Nodding, Placing, Rating, Resuming, Stage, Sure
from bot.dialogue.state import State
from bot.render.answers import nod_block
from bot.render.basics import text
from bot.render.case import tags_block
from bot.render.check import check_short
from bot.render.matter import choose_block, confirm_block, login_block
from bot.render.paper import consent_block, offline_block, sign_block
from bot.render.place import where_block
from bot.render.question import question_block
from bot.render.talk import resume_block, sure_block


def again(state: State, desk: Desk, *, brief: bool = False) -> Outcome:
    """What is on the table, once more; the state stays as it is. ``brief`` right after it was explained."""
    return Outcome(state, on_table_blocks(state, state.stage, desk, brief=brief))


def carry_on(state: State, desk: Desk, *blocks: Block) -> Outcome:
    """Something said in between, then 「我们继续」 with what is on the table."""
    rest = on_table_blocks(state, state.stage, desk, brief=True)
    lead = (text(desk.say("talk.carry_on")),) if rest else ()
    return Outcome(state, (*blocks, *lead, *rest))


def on_table(stage: Stage) -> str:
    """The key of the question on the table, or nothing."""
    match stage:
        case Asking():
            return f"situation:{stage.key}"
        case Filling():
            return f"{stage.what}:{stage.key}"
        case Correcting(todo=(first, *_)):
            return full_key(first)
        case _:
            return ""


def on_table_blocks(state: State, stage: Stage, desk: Desk, *, brief: bool = False) -> tuple[Block, ...]:
    """The blocks of a stage: its question, card or choice. ``brief`` leaves out what was explained before."""
    match stage:
        case Asking() | Filling() | Correcting():
            return _question(state, stage, desk, brief)
        case Consenting():
            return (consent_block(desk, desk.engine.consent(desk.paper), brief=brief),)
        case Offline():
            return (offline_block(desk, stage.key),)
        case Checking():
            return check_short(desk)
        case Signing():
            return (sign_block(desk),)
        case _:
            return _without_draft(stage, desk)


def _without_draft(stage: Stage, desk: Desk) -> tuple[Block, ...]:
    match stage:
        case Confirming(choices=(only,)):
            return (confirm_block(desk, only),)
        case Confirming():
            return (choose_block(desk, stage.choices, desk.say("recognise.choose")),)
        case Login():
            return (login_block(desk, stage.one_thing),)
        case Placing():
            return (where_block(desk, stage.one_thing, stage.within, stage.near),)
        case Resuming():
            return (resume_block(desk, stage.one_thing, stage.draft),)
        case Nodding():
            return (nod_block(desk.say, stage.proposals),)
        case Sure():
            return (sure_block(desk, stage),)
        case Rating():
            return (tags_block(desk.say, stage.case, stage.stars, stage.ticked),)
        case _:
            return ()


def _question(state: State, stage: Stage, desk: Desk, brief: bool) -> tuple[Block, ...]:
    if isinstance(stage, Correcting) and stage.todo[:1] == (WORDS,):
        return (text(desk.say("correction.words")),)
    found = question(desk, on_table(stage))
    if found is None:
        return ()
    ticked = stage.ticked if isinstance(stage, Asking) else ()
    left = len(stage.todo) - 1 if isinstance(stage, Correcting) else to_come(desk, key_of(found))
    return (question_block(desk.say, found, left=left, first=not state.trail, ticked=ticked, brief=brief,
                           present=answer_shown(desk, key_of(found)), apart=told_apart(desk, found)),)
