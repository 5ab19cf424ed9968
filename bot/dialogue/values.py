"""What words say in answer to one question: a choice, several, a free value, or nothing; and how plainly they do."""

from __future__ import annotations

from functools import partial

from bot.dialogue.born import BORN, how_many
from bot.dialogue.choices import NONE, is_choice, is_label, is_unsure, takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import kind_for
from bot.dialogue.marks import asked, bare, softened
from bot.dialogue.named import all_but, contained, positive, without_labels
from bot.dialogue.ordinals import every
from bot.dialogue.owners import unowned
from bot.dialogue.questioning import asks
from bot.dialogue.reading import chosen, several, several_placed
from bot.dialogue.residue import beside, is_clean, is_filler
from bot.dialogue.said_for import SELF, of_entity, told_of
from bot.dialogue.shapes import FREE_TYPES, is_none, is_solid, trimmed, unwrapped, whole_address
from bot.dialogue.siblings import siblings
from bot.dialogue.sides import is_sided, nobody_here
from forms.merging.merged import Question
from nlu.entities.relations import without_surnames

STEERING = frozenset({"yes", "no", "submit", "thanks", "greet"})
"""Words that steer the talk are never a name, an address or any other free value."""

ELSEWHERE = frozenset({"wait", "noted"})
"""Acts that are no answer, whoever is named in them: 「我问问我老公」."""
LONGEST_DONT_KNOW = 12
NUMBERED = frozenset({"text", "certificate_number"})
"""Types that may hold a number that looks like one of a person: shown back for a nod."""
MUCH = 4
"""Characters with a meaning of their own from which on a value is only mentioned: 「我要注销文三路90号的公司」."""


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


def typed(found: Question, heard: Heard, desk: Desk) -> str | None:
    """Free words as a value: the one entity of the right kind, or all of the words."""
    text = _free(found, heard)
    if heard.act in STEERING or does_not_know(text, desk) or bare(text) in desk.say.steering:
        return None
    kind = kind_for(found)
    if found.type not in NUMBERED and _is_number(bare(text), heard, kind):
        return None
    if many := how_many(found, heard):
        return many
    if address := whole_address(found, text):
        return address
    each = siblings(found, [one for one in heard.read.entities if one.kind == kind], heard, desk)
    if value := each or of_entity(found, heard, desk):
        return value
    return None if asks(_politely(found, heard)) or is_none(found, bare(text)) else text or None


def _is_number(said: str, heard: Heard, kind: str | None) -> bool:
    """Whether the words are a telephone or an id number and nothing else, where no such number was asked for."""
    numbers = [one for one in heard.read.entities if one.kind in SELF and one.kind != kind]
    return any(said in (one.text, one.value) for one in numbers)


def _free(found: Question, heard: Heard) -> str:
    """The words without what is said around a value."""
    return unwrapped(found, trimmed(_politely(found, heard)))


def _politely(found: Question, heard: Heard) -> str:
    """The words without the polite question at the end of a value."""
    return softened(heard.text, lambda left: is_solid(found, unwrapped(found, left), heard))


def is_plain(found: Question, heard: Heard, desk: Desk) -> bool:
    """Whether free words have the shape of what is asked, or hold a value of its kind and little else."""
    if _is_number(bare(heard.text), heard, kind_for(found)):
        return False
    if is_solid(found, _free(found, heard), heard) or whole_address(found, _free(found, heard)):
        return True
    raw = typed(found, heard, desk)
    within = [(one.start, one.end) for one in heard.read.entities]
    return any(raw == one.value for one in heard.read.entities) and beside(found, heard.text, within) < MUCH


def does_not_know(text: str, desk: Desk) -> bool:
    """「手机号不知道」 is no number."""
    plain = bare(text)
    return len(plain) <= LONGEST_DONT_KNOW and plain.endswith(desk.say.words("heard.dont_know"))
