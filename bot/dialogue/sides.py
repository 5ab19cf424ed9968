"""Whose side or whose surname: 「随我」, 「跟妈妈姓」 as the choice of a question."""

from __future__ import annotations

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.owners import mine, words_of
from forms.merging.merged import Question

_SAME = {
    "妈": "妈妈", "母": "妈妈", "娘": "妈妈", "母亲": "妈妈", "爸": "爸爸", "父": "爸爸", "爹": "爸爸", "父亲": "爸爸",
}
_OWN = ("我", "俺")
_SURNAME = "姓"


SIDES = frozenset({"relation", "surname"})
"""Kinds of entities that are a side."""


def sided_by(question: Question) -> str:
    """The kind of entity that answers the question: a surname only where surnames are the choice."""
    return "surname" if any(_SURNAME in option.label for option in question.options) else "relation"


def is_sided(question: Question) -> bool:
    """Whether the choice is plainly about a surname."""
    return bool(question.options) and sided_by(question) == "surname"


def side(question: Question, heard: Heard, desk: Desk) -> str | None:
    """The option that is the side meant; a surname answers only a question about surnames, and nothing else does."""
    said = [one.value for one in heard.read.entities if one.kind == sided_by(question)]
    if len(said) != 1:
        return None
    if said[0] in _OWN:
        wanted = mine(desk)
    else:
        word = _SAME.get(said[0], said[0])
        wanted = [code for code, subject in desk.definition.subjects.items()
                  if word in words_of(code, subject.title, desk.say)]
    return next((option.value for option in question.options if option.value in wanted), None)
