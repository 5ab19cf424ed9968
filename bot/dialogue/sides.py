"""Whose side or whose surname: 「随我」, 「跟妈妈姓」 as the choice of a question."""

from __future__ import annotations

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.owners import mine, words_of
from forms.merging.merged import Question
from nlu.entities.kin import who

_SAME = {
    "妈": "妈妈", "母": "妈妈", "娘": "妈妈", "爸": "爸爸", "父": "爸爸", "爹": "爸爸",
}
_OWN = ("我", "俺", "咱")
_ELDERS = frozenset({"爸爸", "妈妈"})
"""「我妈」 is no parent of the child, 「他妈」 is."""
_SURNAME = "姓"


SIDES = frozenset({"relation", "surname", "sex", "count", "behalf"})
"""Kinds of entities that tell which of the choices is meant, and are no values by themselves."""


def sided_by(question: Question) -> str:
    """The kind of entity that answers the question: a surname only where surnames are the choice."""
    return "surname" if any(_SURNAME in option.label for option in question.options) else "relation"


def is_sided(question: Question) -> bool:
    """Whether the choice is plainly about a surname."""
    return bool(question.options) and sided_by(question) == "surname"


def side(question: Question, heard: Heard, desk: Desk) -> str | None:
    """The option that is the side meant; a surname answers only a question about surnames, and nothing else does."""
    said = {one.value for one in heard.read.entities if one.kind == sided_by(question)}
    sides = [option.value for option in question.options if option.value in desk.definition.subjects]
    meant = [set(_subjects(one, sides, desk)) for one in said]
    wanted = set.intersection(*meant) if meant else set()
    return wanted.pop() if len(wanted) == 1 else None


def nobody_here(question: Question, heard: Heard, desk: Desk) -> bool:
    """Whether the side is one of the citizen's own parents, for whom no choice stands: 「跟我妈妈」 is not 跟妈妈."""
    if not any(option.value in desk.definition.subjects for option in question.options):
        return False
    return any(_own_elder(one.value) for one in heard.read.entities if one.kind == sided_by(question))


def _own_elder(said: str) -> bool:
    return said.startswith(_OWN) and (who(said) or who(said.lstrip("我俺咱家们的"))) in _ELDERS


def _subjects(said: str, sides: list[str], desk: Desk) -> list[str]:
    """Who of those to choose from is meant: 「我」, 「爱人」 (the other one), 「他妈」, 「孩儿他爸」."""
    own = mine(desk)
    if said in _OWN:
        return [one for one in sides if one in own]
    if _own_elder(said):
        return []
    name = who(said) or who(said.lstrip("我俺咱他她")) or _SAME.get(said, said)
    if name == "配偶":
        return [one for one in sides if own and one not in own]
    return [one for one in sides if name in words_of(one, desk.definition.subjects[one].title, desk.say)]
