"""Choices named within words: where they stand, and whether they are wanted; negated (「不是随妈妈」) they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.choices import NONE
from bot.dialogue.residue import is_clean, is_weak, standard
from forms.content.element_schema import Option
from forms.merging.merged import Question

_NEGATED = re.compile(r"(?:不是|并非|不要选|不随|不跟|不选)[^，,。；;、但而]{1,14}[，,。；;、]?")
_DENIED_BEFORE = re.compile(r"(?:不要|不办|不用|别办|不上|不选|没有|没)(?:办|上|选)?$")
_NOT_BEFORE = re.compile(r"(?:没有?|不|未|无)$")
"""「没有公积金」 does not choose 「有公积金」."""
_DENIED_AFTER = re.compile(
    r"^(?:[和、跟与及][^，,。;；]{1,12}都)?(?:那个|就|先|也|都)*(?:不要|不办|不用|不上|不选|算了)"
)
_ALL_BUT = re.compile(r"除(?:了|开|去)?(.+?)(?:以?外|之外)?[，,]?(?:其他|其它|别的|剩下|其余)?的?[都全]")


def positive(text: str) -> str:
    """Text without the parts that are negated."""
    return _NEGATED.sub("", text)


def spans(
    options: Iterable[Option], text: str, shortest: int = 2, *, denied: bool | None = False
) -> list[tuple[int, int, str]]:
    """Where labels and aliases stand in ``text`` as (start, end, value); what lies within a longer one is not meant.

    ``denied`` picks those that are wanted, those that are not, or with None both.
    """
    text = standard(text)
    words = sorted(
        ((word, option.value) for option in options for word in (option.label, *option.aliases)
         if len(word) >= shortest),
        key=lambda pair: -len(pair[0]),
    )
    found: list[tuple[int, int, str]] = []
    for word, value in words:
        for match in re.finditer(re.escape(word), text):
            free = all(match.end() <= start or match.start() >= end for start, end, _ in found)
            if free and not _in_question(text, match.start()):
                found.append((match.start(), match.end(), value))
    return sorted(one for one in found if denied is None or _denied(text, one[0], one[1]) is denied)


def _denied(text: str, start: int, end: int) -> bool:
    """「社保卡不要」 and 「不要社保卡」 do not choose it."""
    return bool(_DENIED_BEFORE.search(text[:start]) or _DENIED_AFTER.search(text[end:]))


def contained(options: Iterable[Option], text: str, shortest: int = 2) -> str | None:
    """The one option whose label or alias stands within ``text``; longer words win over shorter ones inside them."""
    options, text = tuple(options), standard(text)
    hits = [
        (len(word), option.value) for option in options for word in (option.label, *option.aliases)
        if len(word) >= shortest and _said(word, text)
    ]
    longest = max((length for length, _ in hits), default=0)
    values = {value for length, value in hits if length == longest}
    everything = {value for _, value in hits}
    if len(everything) == 1:
        return everything.pop()
    return values.pop() if len(values) == 1 and _inside_one(options, text, longest) else None


def _said(word: str, text: str) -> bool:
    """Whether a label stands in the text and is not denied there by what stands right before it."""
    return any(not _NOT_BEFORE.search(text[:match.start()]) and not _in_question(text, match.start())
               for match in re.finditer(re.escape(word), text))


def _in_question(text: str, start: int) -> bool:
    """「没有」 within 「有没有」, 「不要」 within 「要不要」."""
    return start > 0 and text[start] in "没不" and text[start - 1:start] == text[start + 1:start + 2]


def without_labels(question: Question, text: str) -> str:
    """The words with a blank for each choice named: 「就几个人」 asks nothing where 「几个人」 is a choice."""
    for start, end, _ in reversed(spans(question.options, text, denied=None)):
        text = text if is_weak(text[start:end]) else f"{text[:start]}　{text[end:]}"
    return text


def speaks_of(question: Question, text: str) -> bool:
    """Whether words name choices of this question, wanted or not, and say hardly anything else: 「社保卡不要」."""
    named = [value for *_, value in spans(question.options, text, denied=None)]
    return bool(named) and is_clean(question, text, named)


def all_but(question: Question, text: str) -> list[str]:
    """「除了补贴都办」: all the others; nothing when the words leave none out."""
    match = _ALL_BUT.search(text)
    gone = {value for *_, value in spans(question.options, match[1])} if match else set()
    return [one.value for one in question.options if one.value not in (*gone, *NONE)] if gone else []


def _inside_one(options: Iterable[Option], text: str, longest: int) -> bool:
    """Whether every shorter hit lies within the longest one, so that it was not meant by itself."""
    words = [word for option in options for word in (option.label, *option.aliases) if len(word) >= 2 and word in text]
    top = next(word for word in words if len(word) == longest)
    return all(word in top for word in words) and text.count(top) == 1
