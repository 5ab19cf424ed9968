"""Several answers in one message: what was said beside the answer to the question on the table."""

from __future__ import annotations

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.putting import Put, put
from bot.dialogue.questions import key_of, open_questions
from bot.dialogue.reading import bare, contained, positive, takes_several
from core.errors import InvalidAnswer
from forms.merged import Question
from intents.understanding import Entity

ENTITY_OF = {
    "name": "name", "id_number": "id_number", "phone": "phone", "date": "date", "datetime": "date", "number": "number",
    "money": "money", "address": "place",
}
"""Element type to the kind of entity that fits it."""
SHORTEST_LABEL = 3
"""A label of a question that was not asked must be at least this long to count as its answer."""
NEAR = 6
"""A subject's title this many characters before a value says whose it is."""


def of_entity(question: Question, heard: Heard) -> str | None:
    """The value of the one entity of the kind the question wants."""
    kind = ENTITY_OF.get(question.type)
    fits = [one for one in heard.read.entities if one.kind == kind]
    return fits[0].value if len(fits) == 1 else None


def further(heard: Heard, desk: Desk, current: Question) -> tuple[Put, ...]:
    """Values for other open questions that the message plainly holds; each is tried and left out if it does not fit."""
    if heard.action or len(bare(heard.text)) < SHORTEST_LABEL:
        return ()
    others = [one for one in open_questions(desk) if key_of(one) != key_of(current)]
    found: list[Put] = []
    for question in others:
        raw, entity = _said_for(question, heard, desk, current, others)
        if raw is None:
            continue
        try:
            done = put(desk, key_of(question), raw, entity)
        except InvalidAnswer:
            continue
        found.append(done)
        desk = desk.holding(done.draft)
    return tuple(found)


def _said_for(
    question: Question, heard: Heard, desk: Desk, current: Question, others: list[Question]
) -> tuple[str | None, str]:
    if question.kind == "material" or takes_several(question):
        return None, ""
    if question.options:
        return _option(question, heard, current, others), ""
    kind = ENTITY_OF.get(question.type)
    fits = [one for one in heard.read.entities if one.kind == kind and _free(one, heard, current)]
    mine = [one for one in fits if _about(one, question, heard, desk)]
    rivals = [one for one in others if ENTITY_OF.get(one.type) == kind]
    if len(mine) == 1:
        return mine[0].value, mine[0].kind
    return (fits[0].value, fits[0].kind) if len(fits) == 1 and len(rivals) == 1 and current.type != question.type \
        else (None, "")


def _option(question: Question, heard: Heard, current: Question, others: list[Question]) -> str | None:
    """An option named in full; words that would also answer another question decide nothing."""
    said = positive(heard.text)
    value = contained(question.options, said, SHORTEST_LABEL)
    rivals = [one for one in (current, *others) if one is not question and contained(one.options, said, SHORTEST_LABEL)]
    return None if rivals else value


def _free(entity: Entity, heard: Heard, current: Question) -> bool:
    """The value is not all of the message, which would make it the answer to the question on the table."""
    return bare(heard.text) not in (entity.text, entity.value)


def _about(entity: Entity, question: Question, heard: Heard, desk: Desk) -> bool:
    """The subject's title stands just before the value."""
    subject = question.key.partition(".")[0].partition("[")[0]
    known = desk.definition.subjects.get(subject)
    before = heard.text[max(0, entity.start - NEAR):entity.end]
    return known is not None and known.title in before
