"""Reading words as the answer to a question with choices. What is negated (「不是随妈妈」) is not chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.dialogue.ordinals import place, places
from bot.dialogue.residue import is_clean, is_weak, standard
from forms.content.item_schema import Option
from forms.merging.merged import Question

_EDGES = " \t\r\n，,。.！!？?、；;：:～~…\"“”'（）()"
_SOFT = re.compile(r"[，,]?(?:这样|就这样)?(?:可以|行|好|成|中|对)(?:不行|吗|么|嘛|不)[？?。]*$|[？?]+$")
"""「跟妈妈可以吗？」 is an answer, asked politely."""
_ASKED = re.compile(r"[?？]\W*$")
_NEGATED = re.compile(r"(?:不是|并非|不要选|不随|不跟|不选)[^，,。；;、但而]{1,14}[，,。；;、]?")
_DENIED_BEFORE = re.compile(r"(?:不要|不办|不用|别办|不上|不选|没有|没)(?:办|上|选)?$")
_NOT_BEFORE = re.compile(r"(?:没有?|不|未|无)$")
"""「没有公积金」 does not choose 「有公积金」."""
_DENIED_AFTER = re.compile(
    r"^(?:[和、跟与及][^，,。;；]{1,12}都)?(?:那个|就|先|也|都)*(?:不要|不办|不用|不上|不选|算了)"
)
_BETWEEN = re.compile(r"[\s，,。；;、和与跟及+&/]+")
_PARTS = re.compile(r"[，,。；;、（()）和或]+")
_ALL_BUT = re.compile(r"除(?:了|开|去)?(.+?)(?:以?外|之外)?[，,]?(?:其他|其它|别的|剩下|其余)?的?[都全]")
_LEAVING = ("算了", "罢了")
"""「算了不用了」 chooses nothing but to let it be."""
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


def softened(text: str, whole: Callable[[str], bool]) -> str:
    """Text without the polite question at its end, where what is left is a ``whole`` answer by itself."""
    left = _SOFT.sub("", text.strip())
    return left if left and whole(bare(left)) else text


def is_label(question: Question, text: str) -> bool:
    """Whether the words are one of the choices exactly, or its number."""
    plain = bare(text)
    return bool(_exact(question.options, plain) or _by_number(question.options, plain))


def is_unsure(option: Option, words: Iterable[str]) -> bool:
    """Whether an option is for those who do not know: 「不清楚」, 「还没想好，先不上」; not 「忘了密码」."""
    return option.value in UNSURE or re.split(r"[，,。（(]", option.label)[0] in set(words)


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
    """The one option that ``text`` chooses and says hardly anything else; None when it is none or more than one."""
    as_said, text = bare(text), standard(text)
    plain = bare(text)
    return (
        _exact(question.options, as_said) or _exact(question.options, plain) or _by_number(question.options, plain)
        or _yes_no(question.options, act) or _contained_alone(question, text)
        or ("" if act else _part_of(question.options, plain)) or None
    )


def _contained_alone(question: Question, text: str) -> str | None:
    value = contained(question.options, positive(text))
    leaves = bare(text).startswith(_LEAVING) and value not in NONE
    return value if value and not leaves and is_clean(question, text, value) else None


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


def several(question: Question, text: str) -> list[str]:
    """The options named in ``text``, by number or word, in the order of the question."""
    if placed := several_placed(question, text):
        return placed
    return _in_order(question, [value for *_, value in spans(question.options, positive(text))])


def several_placed(question: Question, text: str) -> list[str]:
    """The options meant by their numbers, or by nothing but their labels."""
    plain = bare(text)
    parts = [part for part in _BETWEEN.split(plain) if part]
    numbers = [_by_number(question.options, part) for part in parts]
    if numbers and all(numbers):
        return _in_order(question, numbers)
    if row := places(plain, len(without_none := [one for one in question.options if one.value not in NONE])):
        return _in_order(question, [without_none[number - 1].value for number in row])
    labels = [_exact(question.options, part) for part in parts]
    return _in_order(question, labels) if all(labels) else []


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


def _in_order(question: Question, found: Iterable[str | None]) -> list[str]:
    wanted = set(found)
    return [option.value for option in question.options if option.value in wanted]


def _exact(options: Iterable[Option], plain: str) -> str | None:
    return next((option.value for option in options if plain in (option.label, option.value, *option.aliases)), None)


def _part_of(options: Iterable[Option], plain: str) -> str:
    """The one option of whose label the words begin or end a part: 「正常退」 of 「到年龄正常退」."""
    values = {option.value for option in options for word in (option.label, *option.aliases)
              if any(part.startswith(plain) or part.endswith(plain) for part in (word, *_PARTS.split(word)))}
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
