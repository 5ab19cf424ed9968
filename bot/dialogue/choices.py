"""The choices of a question: one by its label or number, those that mean none, those for who does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.marks import bare
from bot.dialogue.ordinals import place
from forms.content.element_schema import Option
from forms.merging.merged import Question

NONE = ("none", "no")
"""Values of options that mean none of the others."""
UNSURE = ("unsure", "unknown", "not_sure")
"""Values of options for those who do not know."""


def is_label(question: Question, text: str) -> bool:
    """Whether the words are one of the choices exactly, or its number."""
    plain = bare(text)
    return bool(exact(question.options, plain) or by_number(question.options, plain))


def is_unsure(option: Option, words: Iterable[str]) -> bool:
    """Whether an option is for those who do not know: 「不清楚」, 「还没想好，先不上」; not 「忘了密码」."""
    return option.value in UNSURE or re.split(r"[，,。（(]", option.label)[0] in set(words)


def is_choice(question: Question) -> bool:
    """Whether the question is answered by choosing."""
    return bool(question.options)


def takes_several(question: Question) -> bool:
    """Whether more than one choice may be taken."""
    return question.type in ("multi", "choices")


def exact(options: Iterable[Option], plain: str) -> str | None:
    """The value of the first option called exactly so, by label, value or alias."""
    return next((option.value for option in options if plain in (option.label, option.value, *option.aliases)), None)


def by_number(options: tuple[Option, ...], plain: str) -> str | None:
    """The value of the option at the place that the words are: 「2」, 「第二个」."""
    number = place(plain, len(options))
    return options[number - 1].value if number else None
