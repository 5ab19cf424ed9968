"""What is wrong with values just heard, said at once: no field takes them, or the form will not do with them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Block
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.putting import Put
from bot.dialogue.questions import field_at
from bot.dialogue.several import misfits, without
from bot.render.answers import unfit
from bot.render.basics import notice
from forms.merging.merged import Question

DAYS = frozenset({"date", "datetime", "month"})
"""Types whose values are checked at once: a day in the future is best put right while it is spoken of."""
LATER = frozenset({"time_missing"})
"""What is asked for anyway when the question comes."""


def objections(desk: Desk, taken: Iterable[Put]) -> tuple[Block, ...]:
    """What keeps the form from being submitted with these days. ``desk`` holds the draft with the values put."""
    paths = {one.proposal.key for one in taken if one.proposal.what == "field" and _is_day(desk, one.proposal.key)}
    if not paths:
        return ()
    return tuple(notice("warning", one.says) for one in desk.blockers() if one.about in paths and one.level == "block")


def _is_day(desk: Desk, path: str) -> bool:
    field = field_at(desk, path)
    return field is not None and field.element.type in DAYS


def left_out(heard: Heard, used: set[str], desk: Desk, current: Question | None) -> tuple[Block, ...]:
    """What was said for another question and does not fit there, with what would."""
    rest = without(heard, used)
    if not rest.read.entities:
        return ()
    return tuple(
        notice("info", desk.say("answer.unfit", words=raw, title=question.title, why=unfit(desk.say, problem)))
        for raw, question, problem in misfits(rest, desk, current) if problem.reason not in LATER
    )
