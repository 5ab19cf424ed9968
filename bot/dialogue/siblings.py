"""Values for each of several: 「哥哥叫王小安，妹妹叫王小宁」, and what tells the several apart."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from forms.merging.merged import Question
from intents.understanding import Entity

NEAR = 4
"""「妹妹叫」 stands at most this many characters before the name."""
MARKS = ("datetime", "date")
"""Types of fields that tell brothers and sisters apart, besides choices."""
MOST_MARKS = 2


def element_of(key: str) -> tuple[str, str, int | None]:
    """``baby[2].name`` as (baby, name, 2)."""
    subject, _, element = key.partition(".")
    name, _, index = subject.partition("[")
    return name, element, int(index.rstrip("]")) if index else None


def siblings(question: Question, fits: Sequence[Entity], heard: Heard, desk: Desk) -> str | None:
    """The value for one of several when the message holds one for each: by what they are called, else in order."""
    subject, _, index = element_of(question.key)
    if index is None or question.kind != "field":
        return None
    count = desk.paper.counts.get(subject, 1)
    if count < 2 or len({one.value for one in fits}) != count:
        return None
    by_sex = {sex: one.value for one in fits if (sex := _sex(one, heard, desk))}
    mine = desk.paper.values.get(f"{subject}[{index}].sex")
    if len(by_sex) == count and mine is not None and str(mine.value) in by_sex:
        return by_sex[str(mine.value)]
    return fits[index - 1].value if index <= len(fits) else None


def others_of(desk: Desk, question: Question | None) -> tuple[Question, ...]:
    """The same question of the brothers and sisters where it was answered already: both names said put both right."""
    subject, element, index = element_of(question.key) if question and question.kind == "field" else ("", "", None)
    if index is None:
        return ()
    paths = [f"{subject}[{n}].{element}" for n in range(1, desk.paper.counts.get(subject, 1) + 1) if n != index]
    found = [desk.engine.question(desk.paper, path) for path in paths if path in desk.paper.values]
    return tuple(one for one in found if one is not None)


def _sex(entity: Entity, heard: Heard, desk: Desk) -> str:
    """「妹妹叫」 before a name says whose it is: the code of the sex, or nothing."""
    before = heard.text[max(0, entity.start - NEAR):entity.start]
    found = [(before.rfind(word), code) for code, key in (("1", "heard.boy"), ("2", "heard.girl"))
             for word in desk.say.words(key) if word in before]
    return max(found)[1] if found else ""


def told_apart(desk: Desk, question: Question) -> str:
    """What is known of this one of several and differs from the others: 「女，2026年3月5日 8点30分」."""
    subject, _, index = element_of(question.key)
    if index is None or desk.paper.counts.get(subject, 1) < 2:
        return ""
    fields = [field for field in desk.engine.merged(desk.paper).fields()
              if field.subject == subject and field.index == index and field.path != question.key
              and (field.options or field.element.type in MARKS) and _differs(desk, subject, field.element.code)]
    return "，".join(desk.engine.shown(desk.paper, field.path) for field in fields[:MOST_MARKS])


def _differs(desk: Desk, subject: str, element: str) -> bool:
    count = desk.paper.counts.get(subject, 1)
    values = [desk.paper.values.get(f"{subject}[{n}].{element}") for n in range(1, count + 1)]
    return all(value is not None for value in values) and len({str(value.value) for value in values if value}) > 1
