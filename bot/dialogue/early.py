"""Others who could confirm before the form is full: what the systems then know about them need not be typed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import Block
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Drafted
from bot.dialogue.outcome import at
from bot.dialogue.questions import full_key, key_of
from bot.dialogue.state import State
from bot.render.others import early_block
from forms.merging.merged import Question

KEPT = 30
"""Offers kept in mind."""


def offered_early(state: State, desk: Desk) -> tuple[State, tuple[Block, ...]]:
    """Once for each of them, as soon as it is known who they are: the link, and how much it spares."""
    draft, spared = state.stage.draft if isinstance(state.stage, Drafted) else "", desk.engine.spares(desk.paper)
    found = [who for who in desk.engine.confirmations(desk.paper)
             if who.key in spared and f"{draft}/{who.key}" not in state.passed]
    if not found:
        return state, ()
    passed = (*state.passed, *(f"{draft}/{who.key}" for who in found))[-KEPT:]
    blocks = tuple(early_block(desk.say, who, len(spared[who.key])) for who in found)
    return at(state, state.stage, passed=passed), blocks


def own_first(left: Sequence[Question], desk: Desk) -> list[Question]:
    """Fields that somebody's confirmation would fill come last, and such papers after them: it may arrive meanwhile."""
    waiting = {full_key(about) for spared in desk.engine.spares(desk.paper).values() for about in spared}
    return sorted(left, key=lambda one: (one.kind == "material", key_of(one) in waiting))
