"""What words say in answer to one question: a choice, several, a free value, or nothing; and how plainly they do."""

from __future__ import annotations

from functools import partial

from bot.dialogue.born import BORN
from bot.dialogue.choices import NONE, is_choice, is_label, is_unsure, takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.free_words import does_not_know, is_plain, typed
from bot.dialogue.heard import Heard
from bot.dialogue.marks import asked, bare, softened
from bot.dialogue.named import all_but, contained, positive, without_labels
from bot.dialogue.ordinals import every
from bot.dialogue.owners import unowned
from bot.dialogue.questioning import asks
from bot.dialogue.reading import chosen, several, several_placed
from bot.dialogue.residue import is_clean, is_filler
from bot.dialogue.said_for import told_of
from bot.dialogue.shapes import FREE_TYPES
from bot.dialogue.sides import is_sided, nobody_here
from forms.merging.merged import Question
from nlu.entities.relations import without_surnames

ELSEWHERE = frozenset({"wait", "noted"})
"""Acts that are no answer, whoever is named in them: 「我问问我老公」."""


def said(found: Question, heard: Heard, desk: Desk) -> tuple[object | None, bool]:
    """The raw answer that the words hold, and whether they plainly are an answer and nothing else.

    What only may be one is to be shown back before it is taken.
    """
    if (raw := direct(found, heard, desk)) is not None:
        return raw, True
    if is_choice(found):
        return _mentioned(found, heard, desk), False
    raw = typed(found, heard, desk)
    return raw, found.type not in FREE_TYPES or raw is None or is_plain(found, heard, desk)


def direct(question_: Question, heard: Heard, desk: Desk) -> object | None:
    """The value when the words are plainly an answer to this very question and nothing else.

    A question of the citizen's chooses nothing, whatever labels stand in it, unless it is only politely put.
    """
    text = _answer_in(question_, heard)
    if heard.act in ELSEWHERE or (asks(without_labels(question_, text)) and not is_label(question_, text)):
        return None
    if heard.act == "repeat" and asked(heard.text):  # 「要？」 is no 「要」
        return None
    if takes_several(question_):
        return _of_several(question_, text, heard, desk)
    if is_choice(question_) and _nobody(question_, heard, desk):
        return None
    if is_choice(question_):
        told = chosen(question_, text, heard.act) or _told_alone(question_, heard, desk)
        return told or _unsure(question_, text, desk)
    if question_.type == "bool":
        return heard.act if heard.act in ("yes", "no") else None
    return None


def _answer_in(found: Question, heard: Heard) -> str:
    """The words without values that are somebody's, and without the polite question at their end; where surnames are
    not the choice also without whose surname there is."""
    said = unowned(heard) if is_sided(found) else without_surnames(unowned(heard))
    return softened(said, partial(_is_whole, found)) if is_choice(found) else heard.text


def _is_whole(found: Question, text: str) -> bool:
    """Whether words left of a polite question name a choice and nothing else."""
    if takes_several(found):
        return bool(named := several(found, text)) and is_clean(found, text, named)
    return chosen(found, text) is not None


def _told_alone(found: Question, heard: Heard, desk: Desk) -> str | None:
    """What follows from what was told, where hardly anything else is said."""
    value, kind = told_of(found, heard, desk)
    spoken = [(one.start, one.end) for one in heard.read.entities if one.kind in ({kind} if kind else BORN)]
    return value if value and is_clean(found, heard.text, value, spoken) else None


def _mentioned(found: Question, heard: Heard, desk: Desk) -> object | None:
    """What is named in words that say something else as well."""
    text = _answer_in(found, heard)
    if heard.act in ELSEWHERE or asks(without_labels(found, text)):
        return None
    if takes_several(found):
        return several(found, text) or None
    if _nobody(found, heard, desk):
        return None
    words = desk.say.words("heard.dont_know")
    options = [one for one in found.options if not is_unsure(one, words)]
    return contained(options, positive(text)) or told_of(found, heard, desk)[0]


def _nobody(found: Question, heard: Heard, desk: Desk) -> bool:
    """Whether one of the citizen's own parents is named, and no choice is called so."""
    own = (word for one in found.options for word in (one.label, *one.aliases) if word[0] in "我俺")
    return nobody_here(found, heard, desk) and not any(word in heard.text for word in own)


def _of_several(question_: Question, text: str, heard: Heard, desk: Desk) -> list[str] | None:
    """Those named, all of them, those ticked before, or none."""
    plain = bare(text)
    if kept := all_but(question_, text):
        return kept
    if every(plain) or plain.rstrip("吧啊呀啦了") in desk.say.words("heard.all"):
        return [option.value for option in question_.options if option.value not in NONE]
    if named := several(question_, text):
        plainly = several_placed(question_, text) or is_clean(question_, text, named)
        return named if plainly else None
    none = heard.act in ("no", "skip") or plain in desk.say.words("heard.none")
    return _none_of(question_) if none else None


def _unsure(question_: Question, text: str, desk: Desk) -> str | None:
    """「不知道」: the option for those who do not know, where there is one; not where something else is not known."""
    if not does_not_know(text, desk):
        return None
    words = desk.say.words("heard.dont_know")
    ending = max((word for word in words if bare(text).endswith(word)), key=len)
    if not is_filler(question_, bare(text).removesuffix(ending)):
        return None
    return next((one.value for one in question_.options if is_unsure(one, words)), None)


def _none_of(question_: Question) -> list[str]:
    """「都不要」: the option that says so, or nothing ticked."""
    return [option.value for option in question_.options if option.value in NONE][:1]
