"""Reading words as the answer to a question with choices: the one, or the several, that they choose."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.choices import NONE, by_number, exact
from bot.dialogue.marks import bare
from bot.dialogue.named import contained, positive, spans
from bot.dialogue.ordinals import places
from bot.dialogue.residue import is_clean, standard
from forms.content.element_schema import Option
from forms.merging.merged import Question

_BETWEEN = re.compile(r"[\s，,。；;、和与跟及+&/]+")
_PARTS = re.compile(r"[，,。；;、（()）和或]+")
_ALSO = re.compile(r"(?<=.)[也都](?:要|办|选)$")
_LEAVING = ("算了", "罢了")
"""「算了不用了」 chooses nothing but to let it be."""


def chosen(question: Question, text: str, act: str = "") -> str | None:
    """The one option that ``text`` chooses and says hardly anything else; None when it is none or more than one."""
    as_said, text = bare(text), standard(text)
    plain = bare(text)
    return (
        exact(question.options, as_said) or exact(question.options, plain) or by_number(question.options, plain)
        or _yes_no(question.options, act) or _contained_alone(question, text)
        or ("" if act else _part_of(question.options, plain)) or None
    )


def _contained_alone(question: Question, text: str) -> str | None:
    value = contained(question.options, positive(text))
    leaves = bare(text).startswith(_LEAVING) and value not in NONE
    return value if value and not leaves and is_clean(question, text, value) else None


def several(question: Question, text: str) -> list[str]:
    """The options named in ``text``, by number or word, in the order of the question."""
    if placed := several_placed(question, text):
        return placed
    return _in_order(question, [value for *_, value in spans(question.options, positive(text))])


def several_placed(question: Question, text: str) -> list[str]:
    """The options meant by nothing but their numbers and labels: 「头一个和社保卡，育儿补贴也要」."""
    plain = bare(text)
    parts = [part for part in _BETWEEN.split(plain) if part]
    numbers = [by_number(question.options, part) for part in parts]
    if numbers and all(numbers):
        return _in_order(question, numbers)
    if row := places(plain, len(without_none := [one for one in question.options if one.value not in NONE])):
        return _in_order(question, [without_none[number - 1].value for number in row])
    parts = [_ALSO.sub("", part) for part in parts]
    either = [exact(question.options, part) or by_number(question.options, part) for part in parts]
    return _in_order(question, either) if all(either) else []


def _in_order(question: Question, found: Iterable[str | None]) -> list[str]:
    wanted = set(found)
    return [option.value for option in question.options if option.value in wanted]


def _part_of(options: Iterable[Option], plain: str) -> str:
    """The one option of whose label the words begin or end a part: 「正常退」 of 「到年龄正常退」."""
    values = {option.value for option in options for word in (option.label, *option.aliases)
              if any(part.startswith(plain) or part.endswith(plain) for part in (word, *_PARTS.split(word)))}
    return values.pop() if len(plain) >= 2 and len(values) == 1 else ""


def _yes_no(options: Iterable[Option], act: str) -> str | None:
    return act if act in ("yes", "no") and any(option.value == act for option in options) else None
