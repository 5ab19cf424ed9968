"""What a message says for one question, asked or not: by its entities, by what was told, or by a choice it names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.around import COUNTED, elsewhere, fills
from bot.dialogue.asked_for import asked_for
from bot.dialogue.born import how_many, several_born, sex
from bot.dialogue.choices import NONE, UNSURE, is_label, takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import fits, kind_for
from bot.dialogue.marks import bare
from bot.dialogue.named import contained, positive, spans
from bot.dialogue.owners import about, strange, unowned
from bot.dialogue.siblings import siblings
from bot.dialogue.sides import nobody_here, side, sided_by
from forms.merging.merged import Question
from intents.understanding import Entity

SELF = frozenset({"phone", "id_number"})
"""Kinds of values that are never anything else: a telephone number is no address."""
SHORTEST_LABEL = 3
"""A label of a question that was not asked must be at least this long to count as its answer."""
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


def said_for(
    question: Question, heard: Heard, desk: Desk, current: Question | None, others: Sequence[Question]
) -> tuple[str | list[str] | None, str]:
    """What it plainly says for a question that is not ``current``, among ``others`` that might want the same words: the
    raw value, or None; and the kind of the entity it came from, empty when it came from none."""
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
