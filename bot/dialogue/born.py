"""What was told of children: 「是个女儿」, 「龙凤胎」, 「生了两个」 as answers to whether boy or girl, and how many."""

from __future__ import annotations

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.owners import is_child, subject_of
from bot.dialogue.questions import COUNT
from bot.dialogue.siblings import element_of
from core.spoken.folding import fold
from forms.merging.merged import Question
from nlu.entities.children import children
from nlu.entities.found import Span
from nlu.entities.kin import kin

SEX = "sex"
BORN = frozenset({SEX, "count"})
"""Kinds of entities that tell what was born."""
_BOTH = ("男", "女")
_NAMED = {"儿子": "男", "女儿": "女", "哥哥": "男", "弟弟": "男", "姐姐": "女", "妹妹": "女"}
_CALLED = ("叫", "名", "大名")
_SEVERAL = "双胞胎"


def is_sex(question: Question) -> bool:
    """Whether the question is whether somebody is male or female."""
    return question.kind == "field" and question.key.endswith(f".{SEX}") and bool(question.options)


def is_many(question: Question) -> bool:
    """Whether one of the choices is that several were born at once."""
    return question.type == "single" and any(_SEVERAL in option.aliases for option in question.options)


def sex(question: Question, heard: Heard, desk: Desk) -> str | None:
    """The option for a child's sex; for one of several by the order in which they were told of."""
    if not is_sex(question) or not is_child(subject_of(question), desk):
        return None
    subject, _, index = element_of(question.key)
    many = desk.paper.counts.get(subject, 1)
    told = _told(heard.text, many > 1)
    if many < 2 or index is None:
        meant = told[0] if len(set(told)) == 1 and not _twins(heard.text) else ""
    else:
        order = told if len(told) == many else list(_BOTH) if _twins(heard.text) and many == len(_BOTH) else []
        meant = order[index - 1] if order else ""
    return next((option.value for option in question.options if option.label == meant), None)


def _children(text: str) -> list[Span]:
    return list(children(fold(text), text))


def _twins(text: str) -> bool:
    return any(one.kind == SEX and one.value == "".join(_BOTH) for one in _children(text))


def _told(text: str, several: bool) -> list[str]:
    """Boys and girls in the order they are spoken of; of one alone, a son or sister is one where the name follows."""
    found = [(one.start, one.value) for one in _children(text) if one.kind == SEX and one.value in _BOTH]
    taken = {place for one in _children(text) for place in range(one.start, one.end)}
    for one in kin(fold(text), text):
        if one.value in _NAMED and one.start not in taken and (several or text.startswith(_CALLED, one.end)):
            found.append((one.start, _NAMED[one.value]))
    return [value for _, value in sorted(found)]


def several_born(question: Question, heard: Heard) -> str | None:
    """The choice that several were born, where that was told: 「双胞胎」, 「龙凤胎」."""
    if not is_many(question) or not _number(heard.text):
        return None
    return next(option.value for option in question.options if _SEVERAL in option.aliases)


def how_many(question: Question, heard: Heard) -> str | None:
    """The number of children for the question how many there are; a boy and a girl are two."""
    return _number(heard.text) if question.kind == "field" and question.key.endswith(COUNT) else None


def _number(text: str) -> str | None:
    said = {"2" if one.kind == SEX else one.value for one in _children(text) if one.value not in _BOTH}
    return said.pop() if len(said) == 1 else None
