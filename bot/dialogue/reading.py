"""Reading words as the answer to a question with choices. What is negated (「不是随妈妈」) is not chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.ordinals import place, places
from bot.wording.wording import Wording
from forms.content.item_schema import Option
from forms.merging.merged import Question

_EDGES = " \t\r\n，,。.！!？?、；;：:～~…\"“”'（）()"
_SOFT = re.compile(r"[，,]?(?:这样|就这样)?(?:可以|行|好|成|中|对)(?:不行|吗|么|嘛|不)[？?。]*$|[？?]+$")
"""「跟妈妈可以吗？」 is an answer, asked politely."""
_ASKED = re.compile(r"[?？]\W*$")
_NEGATED = re.compile(r"(?:不是|并非|不要选|不随|不跟|不选)[^，,。；;、但而]{1,14}[，,。；;、]?")
_DENIED_BEFORE = re.compile(r"(?:不要|不办|不用|别办|不上|不选|没有|没)(?:办|上|选)?$")
_NOT_BEFORE = re.compile(r"(?:没|不|未)$")
"""「没有公积金」 does not choose 「有公积金」."""
_NONE_HERE = str.maketrans({"冇": "没"})
_HAVE_NOT = re.compile(r"[没莫木冇么]得|[莫木冇]有")
"""How 「没有」 is said elsewhere, of the same length."""
_DENIED_AFTER = re.compile(
    r"^(?:[和、跟与及][^，,。;；]{1,12}都)?(?:那个|就|先|也|都)*(?:不要|不办|不用|不上|不选|算了)"
)
_BETWEEN = re.compile(r"[\s，,。；;、和与跟及+&/]+")
NONE = ("none", "no")
"""Values of options that mean none of the others."""
UNSURE = ("unsure", "unknown", "not_sure")
"""Values of options for those who do not know."""


def bare(text: str) -> str:
    """Text without marks at its edges."""
    return text.strip(_EDGES)


def asked(text: str) -> bool:
    """Whether the words end in a question mark."""
    return bool(_ASKED.search(text))


def plainly(text: str) -> str:
    """Text without marks at its edges, or nothing where it is only asked: 「清掉？」 is no 「清掉」."""
    return "" if asked(text) else bare(text)


def is_typed(label: str, text: str) -> bool:
    """Whether a label was typed, marks at the edges aside; with a question mark only where the label has one too."""
    said = bare(text)
    return bool(said) and said == bare(label) and (asked(label) or not asked(text))


def standard(text: str) -> str:
    """Text with 「没有」 for what is said instead of it elsewhere: 没得, 莫得, 冇. It stays as long as it is."""
    return _HAVE_NOT.sub("没有", text).translate(_NONE_HERE)


def softened(text: str) -> str:
    """Text without the polite question at its end."""
    return _SOFT.sub("", text.strip()) or text


def asks(text: str, say: Wording, *, free: bool = False) -> bool:
    """Whether the words ask something. ``free`` where any words may be an answer: then only plain signs count."""
    return any(word in text for word in say.words("heard.asking" if free else "heard.question"))


def is_label(question: Question, text: str) -> bool:
    """Whether the words are one of the choices exactly, or its number."""
    plain = bare(text)
    return bool(_exact(question.options, plain) or _by_number(question.options, plain))


def positive(text: str) -> str:
    """Text without the parts that are negated."""
    return _NEGATED.sub("", text)


def is_choice(question: Question) -> bool:
    """Whether the question is answered by choosing."""
    return bool(question.options)


def takes_several(question: Question) -> bool:
    """Whether more than one choice may be taken."""
    return question.type in ("multi", "choices")


def chosen(question: Question, text: str, act: str = "") -> str | None:
    """The one option that ``text`` chooses, or None when it is none or more than one."""
    as_said, text = bare(text), standard(text)
    plain = bare(text)
    return (
        _exact(question.options, as_said) or _exact(question.options, plain) or _by_number(question.options, plain)
        or _yes_no(question.options, act) or contained(question.options, positive(text))
        or ("" if act else _part_of(question.options, plain)) or None
    )


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
            if all(match.end() <= start or match.start() >= end for start, end, _ in found):
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
    return any(not _NOT_BEFORE.search(text[:match.start()]) for match in re.finditer(re.escape(word), text))


def several(question: Question, text: str) -> list[str]:
    """The options named in ``text``, by number or word, in the order of the question."""
    plain = bare(text)
    parts = [part for part in _BETWEEN.split(plain) if part]
    numbers = [_by_number(question.options, part) for part in parts]
    if numbers and all(numbers):
        return _in_order(question, numbers)
    if row := places(plain, len(without_none := [one for one in question.options if one.value not in NONE])):
        return _in_order(question, [without_none[number - 1].value for number in row])
    named = [value for *_, value in spans(question.options, positive(text))]
    return _in_order(question, named or [_exact(question.options, part) for part in parts])


def _in_order(question: Question, found: Iterable[str | None]) -> list[str]:
    wanted = set(found)
    return [option.value for option in question.options if option.value in wanted]


def _exact(options: Iterable[Option], plain: str) -> str | None:
    return next((option.value for option in options if plain in (option.label, option.value, *option.aliases)), None)


def _part_of(options: Iterable[Option], plain: str) -> str:
    """The one option of whose label the words are a part: 「正常退」 of 「到年龄正常退」."""
    values = {option.value for option in options for word in (option.label, *option.aliases) if plain in word}
    return values.pop() if len(plain) >= 2 and len(values) == 1 else ""


def _by_number(options: tuple[Option, ...], plain: str) -> str | None:
    number = place(plain, len(options))
    return options[number - 1].value if number else None


def _yes_no(options: Iterable[Option], act: str) -> str | None:
    return act if act in ("yes", "no") and any(option.value == act for option in options) else None


def _inside_one(options: Iterable[Option], text: str, longest: int) -> bool:
    """Whether every shorter hit lies within the longest one, so that it was not meant by itself."""
    words = [word for option in options for word in (option.label, *option.aliases) if len(word) >= 2 and word in text]
    top = next(word for word in words if len(word) == longest)
    return all(word in top for word in words) and text.count(top) == 1
