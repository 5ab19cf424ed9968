"""Several answers in one message: what was said beside the answer to the question on the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.dialogue.born import is_many, is_sex
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.marks import bare
from bot.dialogue.putting import Put, put
from bot.dialogue.questions import key_of, open_questions
from bot.dialogue.said_for import SHORTEST_LABEL, said_for
from bot.dialogue.siblings import others_of
from bot.dialogue.sides import is_sided
from core.errors import InvalidAnswer
from forms.merging.merged import Question

MOST_OPENED = 3
"""Times that what an answer opens is looked through: twins open the question how many, and that opens their names."""


def further(
    heard: Heard, desk: Desk, current: Question | None, taken: Put | None = None, used: Collection[str] = (),
    *, chooses: bool = True,
) -> tuple[Put, ...]:
    """Values for open questions other than ``current`` that the message plainly holds; those that do not fit are left
    out. ``taken`` is what was put for ``current`` already, ``used`` are values that belong elsewhere; without
    ``chooses`` its words choose nothing."""
    said = bare(heard.text)
    if heard.action or len(said) < SHORTEST_LABEL or said in desk.say.words("heard.dont_know"):
        return ()
    before = {key_of(one) for one in open_questions(desk)} - ({key_of(current)} if current else set())
    desk = desk.holding(taken.draft) if taken else desk
    left = _others(desk, current, chooses)
    known = [*others_of(desk, current), *(one for one in left if key_of(one) in before)]
    found = _found(without(heard, set(used)), desk, current, known)
    used = {one.proposal.raw for one in (*found, *([taken] if taken else []))} | set(used)
    desk = desk.holding(found[-1].draft) if found else desk
    for _ in range(MOST_OPENED):
        opened = [one for one in _others(desk, current, chooses) if key_of(one) not in before]
        if desk.engine.lookups(desk.paper):  # what the answer opened may yet be looked up, but a boy or girl was told
            opened = [one for one in opened if is_sex(one)]
        if not opened:
            break
        more = _found(without(heard, used), desk, current, opened)
        before |= {key_of(one) for one in opened}
        used |= {one.proposal.raw for one in more}
        desk = desk.holding(more[-1].draft) if more else desk
        found = (*found, *more)
    return found


def _others(desk: Desk, current: Question | None, chooses: bool) -> list[Question]:
    return [one for one in open_questions(desk) if (current is None or key_of(one) != key_of(current))
            and (chooses or not one.options or is_sided(one) or is_sex(one) or is_many(one))]


def misfits(heard: Heard, desk: Desk, current: Question | None) -> tuple[tuple[str, Question, InvalidAnswer], ...]:
    """Values plainly meant for another open question that it does not take: the value, the question, and why."""
    others, found = _others(desk, current, chooses=False), list[tuple[str, Question, InvalidAnswer]]()
    for question in others:
        raw, kind = said_for(question, heard, desk, current, others)
        try:
            if isinstance(raw, str) and kind:
                put(desk, key_of(question), raw, kind)
        except InvalidAnswer as problem:
            found.append((str(raw), question, problem))
    return tuple(found)


def without(heard: Heard, used: set[str]) -> Heard:
    """The same words without the values that found their place."""
    left = tuple(one for one in heard.read.entities if one.value not in used)
    return replace(heard, read=replace(heard.read, entities=left))


def _found(heard: Heard, desk: Desk, current: Question | None, others: Sequence[Question]) -> tuple[Put, ...]:
    found: list[Put] = []
    for question in others:
        raw, entity = said_for(question, heard, desk, current, others)
        done = _tried(desk, question, raw, entity)
        if done is not None:
            found.append(done)
            desk = desk.holding(done.draft)
    return tuple(found)


def _tried(desk: Desk, question: Question, raw: str | list[str] | None, entity: str) -> Put | None:
    try:
        return None if raw is None else put(desk, key_of(question), raw, entity)
    except InvalidAnswer:
        return None
