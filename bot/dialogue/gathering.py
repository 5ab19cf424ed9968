"""Everything that words hold at once: for the question on the table, and for others."""

from __future__ import annotations

from collections.abc import Collection

from bot.dialogue.choices import is_choice, is_label
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import ABOUT, kind_for
from bot.dialogue.marks import softened
from bot.dialogue.putting import Put, put
from bot.dialogue.questioning import asks
from bot.dialogue.questions import key_of
from bot.dialogue.several import further
from bot.dialogue.values import said
from core.errors import InvalidAnswer
from forms.merging.merged import Question


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


def _try(desk: Desk, found: Question, raw: object | None, entity: str = "") -> tuple[Put, ...]:
    try:
        return () if raw is None else (put(desk, key_of(found), raw, entity),)
    except InvalidAnswer:
        return ()
