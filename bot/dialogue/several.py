"""Several answers in one message: what was said beside the answer to the question on the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.dialogue.around import COUNTED, elsewhere, fills
from bot.dialogue.asked_for import asked_for
from bot.dialogue.born import how_many, is_many, is_sex, several_born, sex
from bot.dialogue.choices import NONE, UNSURE, is_label, takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import fits, kind_for
from bot.dialogue.marks import bare
from bot.dialogue.named import contained, positive, spans
from bot.dialogue.owners import about, strange, unowned
from bot.dialogue.putting import Put, put
from bot.dialogue.questions import key_of, open_questions
from bot.dialogue.siblings import others_of, siblings
from bot.dialogue.sides import is_sided, nobody_here, side, sided_by
from core.errors import InvalidAnswer
from forms.merging.merged import Question
from intents.understanding import Entity

SELF = frozenset({"phone", "id_number"})
"""Kinds of values that are never anything else: a telephone number is no address."""
SHORTEST_LABEL = 3
"""A label of a question that was not asked must be at least this long to count as its answer."""
MOST_OPENED = 3
"""Times that what an answer opens is looked through: twins open the question how many, and that opens their names."""
ENOUGH = 2
"""Choices named of a question that takes several and was not asked yet; fewer, and it is better asked."""


def of_entity(question: Question, heard: Heard, desk: Desk) -> str | None:
    """The value of the one entity of the kind the question wants, unless the words around it mean something else."""
    kind, said = kind_for(question), heard.read.entities
    found = [one for one in said if one.kind == kind
             and (kind not in COUNTED or fits(one, question, desk, heard.text))]
    if len(found) != 1 or not _meant(found[0], question, heard):
        return None
    return None if question.type == "datetime" and elsewhere(found[0], heard.text) else found[0].value


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
        raw, kind = _said_for(question, heard, desk, current, others)
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
        raw, entity = _said_for(question, heard, desk, current, others)
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


def _said_for(
    question: Question, heard: Heard, desk: Desk, current: Question | None, others: Sequence[Question]
) -> tuple[str | list[str] | None, str]:
    rivals = [one for one in (current, *others) if one is not None and one is not question]
    if question.kind == "material":
        return None, ""
    if takes_several(question):
        return _several(question, heard, rivals, desk.say.words("heard.want")), ""
    if question.options and nobody_here(question, heard, desk):
        return None, ""
    if question.options:
        value = _option(question, heard, rivals, desk.say.words("heard.dont_know"))
        return (value, "") if value else told_of(question, heard, desk)
    if many := how_many(question, heard):
        return many, "count"
    kind = kind_for(question)
    likely = [one for one in heard.read.entities if one.kind == kind and _free(one, heard, current)
              and fits(one, question, desk, heard.text) and _meant(one, question, heard)]
    if (mine := siblings(question, likely, heard, desk)) is not None:
        return mine, str(kind)
    return _of_entities(question, likely, heard, desk, rivals)


def _meant(entity: Entity, question: Question, heard: Heard) -> bool:
    """Whether a day, a number or a sum is more than when or how long something else was: 「今天没空」."""
    return entity.kind not in COUNTED or fills(entity, question.title, heard.text, heard.read.entities) != "no"


def told_of(question: Question, heard: Heard, desk: Desk) -> tuple[str | None, str]:
    """The option that follows from what was told, and the kind of entity that told it: whose side, whose surname, boy
    or girl, for whom it is asked."""
    if (value := sex(question, heard, desk)) is not None:
        return value, "sex"
    if (value := several_born(question, heard)) is not None:
        return value, ""
    if (value := asked_for(question, heard)) is not None:
        return value, "behalf"
    return side(question, heard, desk), sided_by(question)


def _of_entities(
    question: Question, likely: list[Entity], heard: Heard, desk: Desk, rivals: list[Question]
) -> tuple[str | None, str]:
    """The value said to be this one's; or the only one, when nothing else could want it."""
    mine = [one for one in likely if about(one, question, heard, desk)]
    if len(mine) == 1:
        return mine[0].value, mine[0].kind
    alike = [one for one in rivals if kind_for(one) == kind_for(question)]
    alone = len(likely) == 1 and not alike and not strange(likely[0], question, heard, desk)
    return (likely[0].value, likely[0].kind) if alone else (None, "")


def _option(question: Question, heard: Heard, rivals: list[Question], unknown: tuple[str, ...]) -> str | None:
    """An option named in full; words that would also answer another question decide nothing.

    Who says 「没想好」 or 「没有」 speaks of what is on the table, never of a question that was not asked.
    """
    said = positive(unowned(heard))
    options = [one for one in question.options if one.value not in (*NONE, *UNSURE)
               and not one.label.startswith(unknown)]
    value = contained(options, said, SHORTEST_LABEL)
    return None if value is None or _shared(question, said, rivals) else value


def _several(question: Question, heard: Heard, rivals: list[Question], want: Sequence[str]) -> list[str] | None:
    """Choices named together with the wish to have them."""
    said = positive(heard.text)
    named = {value for *_, value in spans(question.options, said)} - {"none"}
    if len(named) < ENOUGH or not any(word in said for word in want) or _shared(question, said, rivals):
        return None
    return [option.value for option in question.options if option.value in named]


def _shared(question: Question, said: str, rivals: list[Question]) -> bool:
    """Whether the very words that name an option here also name one of another question."""
    mine = spans(question.options, said)
    return any(
        start < other_end and other_start < end
        for start, end, _ in mine for one in rivals for other_start, other_end, _ in spans(one.options, said)
    )


def _free(entity: Entity, heard: Heard, current: Question | None) -> bool:
    """The value is not all of a message that answers the question on the table."""
    if bare(heard.text) not in (entity.text, entity.value) or current is None:
        return True
    if current.options:
        return not is_label(current, heard.text)
    kind = kind_for(current)
    return entity.kind in SELF if kind is None else kind != entity.kind
