"""Several answers in one message: what was said beside the answer to the question on the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.putting import Put, put
from bot.dialogue.questions import key_of, open_questions
from bot.dialogue.reading import bare, contained, positive, spans, takes_several
from bot.dialogue.siblings import others_of, siblings
from core.errors import InvalidAnswer
from forms.merged import Question
from intents.understanding import Entity

ENTITY_OF = {
    "name": "name", "id_number": "id_number", "phone": "phone", "date": "date", "datetime": "date", "number": "number",
    "money": "money", "address": "place", "region": "region", "month": "date",
}
"""Element type to the kind of entity that fits it."""
SELF = frozenset({"phone", "id_number"})
"""Kinds of values that are never anything else: a telephone number is no address."""
ABOUT = frozenset({"kin", "age"})
"""Kinds that tell of somebody and fill nothing by themselves."""
SHORTEST_LABEL = 3
"""A label of a question that was not asked must be at least this long to count as its answer."""
NEAR = 8
"""Whose a value is stands at most this many characters before it."""
ENOUGH = 2
"""Choices named of a question that takes several and was not asked yet; fewer, and it is better asked."""


def of_entity(question: Question, heard: Heard) -> str | None:
    """The value of the one entity of the kind the question wants."""
    kind = ENTITY_OF.get(question.type)
    fits = [one for one in heard.read.entities if one.kind == kind]
    return fits[0].value if len(fits) == 1 else None


def further(
    heard: Heard, desk: Desk, current: Question | None, taken: Put | None = None, used: Collection[str] = ()
) -> tuple[Put, ...]:
    """Values for open questions other than ``current`` that the message plainly holds; those that do not fit are left
    out. ``taken`` is what was put for ``current`` already, ``used`` are values that belong elsewhere."""
    said = bare(heard.text)
    if heard.action or len(said) < SHORTEST_LABEL or said in desk.say.words("heard.dont_know"):
        return ()
    before = {key_of(one) for one in open_questions(desk)} - ({key_of(current)} if current else set())
    desk = desk.holding(taken.draft) if taken else desk
    left = _others(desk, current)
    known = [*others_of(desk, current), *(one for one in left if key_of(one) in before)]
    found = _found(_without(heard, set(used)), desk, current, known)
    used = {one.proposal.raw for one in (*found, *([taken] if taken else []))} | set(used)
    desk = desk.holding(found[-1].draft) if found else desk
    opened = [one for one in _others(desk, current) if key_of(one) not in before]
    if not opened or desk.engine.lookups(desk.paper):  # what the answer opened may yet be looked up
        return found
    return (*found, *_found(_without(heard, used), desk, current, opened))


def _others(desk: Desk, current: Question | None) -> list[Question]:
    return [one for one in open_questions(desk) if current is None or key_of(one) != key_of(current)]


def _without(heard: Heard, used: set[str]) -> Heard:
    """The same words without the values that were used."""
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
    if question.options:
        return _option(question, heard, rivals), ""
    kind = ENTITY_OF.get(question.type)
    fits = [one for one in heard.read.entities if one.kind == kind and _free(one, heard, current)]
    if (mine := siblings(question, fits, heard, desk)) is not None:
        return mine, str(kind)
    return _of_entities(question, fits, heard, desk, rivals)


def _of_entities(
    question: Question, fits: list[Entity], heard: Heard, desk: Desk, rivals: list[Question]
) -> tuple[str | None, str]:
    """The value said to be this one's; or the only one, when nothing else could want it."""
    mine = [one for one in fits if _about(one, question, heard, desk)]
    if len(mine) == 1:
        return mine[0].value, mine[0].kind
    alike = [one for one in rivals if ENTITY_OF.get(one.type) == ENTITY_OF.get(question.type)]
    return (fits[0].value, fits[0].kind) if len(fits) == 1 and not alike else (None, "")


def _option(question: Question, heard: Heard, rivals: list[Question]) -> str | None:
    """An option named in full; words that would also answer another question decide nothing."""
    said = positive(heard.text)
    value = contained(question.options, said, SHORTEST_LABEL)
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
    if bare(heard.text) not in (entity.text, entity.value) or current is None or current.options:
        return True
    kind = ENTITY_OF.get(current.type)
    return entity.kind in SELF if kind is None else kind != entity.kind


def _about(entity: Entity, question: Question, heard: Heard, desk: Desk) -> bool:
    """Whose it is stands just before the value: the subject's title, or what people call it."""
    subject = question.key.partition(".")[0].partition("[")[0]
    known = desk.definition.subjects.get(subject)
    if known is None:
        return False
    names = f"heard.subject.{subject}"
    words = (known.title, *(desk.say.words(names) if desk.say.has_list(names) else ()))
    before = heard.text[max(0, entity.start - NEAR):entity.end]
    return any(word in before for word in words)
