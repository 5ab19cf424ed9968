"""What words say in answer to one question: a choice, several, a free value, or nothing."""

from __future__ import annotations

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import kind_for
from bot.dialogue.ordinals import every
from bot.dialogue.owners import unowned
from bot.dialogue.reading import (
    NONE,
    UNSURE,
    asked,
    asks,
    bare,
    chosen,
    is_choice,
    is_label,
    several,
    softened,
    takes_several,
)
from bot.dialogue.several import SELF, of_entity
from bot.dialogue.siblings import siblings
from bot.dialogue.sides import nobody_here, side
from forms.merging.merged import Question

STEERING = frozenset({"yes", "no", "submit", "thanks", "greet"})
"""Words that steer the talk are never a name, an address or any other free value."""

ELSEWHERE = frozenset({"wait", "noted"})
"""Acts that are no answer, whoever is named in them: 「我问问我老公」."""
LONGEST_DONT_KNOW = 12


def direct(question_: Question, heard: Heard, desk: Desk) -> object | None:
    """The value when the words are plainly an answer to this very question and nothing else.

    A question of the citizen's chooses nothing, whatever labels stand in it, unless it is only politely put.
    """
    text = softened(unowned(heard)) if is_choice(question_) else softened(heard.text)
    if heard.act in ELSEWHERE or (asks(text, desk.say) and not is_label(question_, text)):
        return None
    if heard.act == "repeat" and asked(heard.text):  # 「要？」 is no 「要」
        return None
    if takes_several(question_):
        return _of_several(question_, text, heard, desk)
    if is_choice(question_) and nobody_here(question_, heard, desk):
        return None
    if is_choice(question_):
        return chosen(question_, text, heard.act) or side(question_, heard, desk) or _unsure(question_, text, desk)
    if question_.type == "bool":
        return heard.act if heard.act in ("yes", "no") else None
    return None


def _of_several(question_: Question, text: str, heard: Heard, desk: Desk) -> list[str] | None:
    """Those named, all of them, those ticked before, or none."""
    said = bare(text)
    if every(said) or said.rstrip("吧啊呀啦了") in desk.say.words("heard.all"):
        return [option.value for option in question_.options if option.value not in NONE]
    none = heard.act in ("no", "skip") or said in desk.say.words("heard.none")
    return several(question_, text) or (_none_of(question_) if none else None)


def _unsure(question_: Question, text: str, desk: Desk) -> str | None:
    """「不知道」: the option for those who do not know, where there is one."""
    if not does_not_know(text, desk):
        return None
    words = desk.say.words("heard.dont_know")
    return next((one.value for one in question_.options if one.value in UNSURE or one.label.startswith(words)), None)


def _none_of(question_: Question) -> list[str]:
    """「都不要」: the option that says so, or nothing ticked."""
    return [option.value for option in question_.options if option.value in NONE][:1]


def typed(found: Question, heard: Heard, desk: Desk) -> str | None:
    """Free words as a value: the one entity of the right kind, or all of the words."""
    text = softened(heard.text)
    if heard.act in STEERING or does_not_know(text, desk) or bare(text) in desk.say.steering:
        return None
    kind = kind_for(found)
    if any(bare(text) in (one.text, one.value) and one.kind != kind for one in heard.read.entities if one.kind in SELF):
        return None
    each = siblings(found, [one for one in heard.read.entities if one.kind == kind], heard, desk)
    if value := each or of_entity(found, heard, desk):
        return value
    return None if asks(text, desk.say, free=True) else bare(text) or None


def does_not_know(text: str, desk: Desk) -> bool:
    """「手机号不知道」 is no number."""
    said = bare(text)
    return len(said) <= LONGEST_DONT_KNOW and said.endswith(desk.say.words("heard.dont_know"))
