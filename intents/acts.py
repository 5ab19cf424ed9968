"""Control acts: yes, no, back, skip, why, a person ... recognised from the lists in ``acts.yaml``.

An act is heard in the context of what was asked: a label of the question is its answer, 「没有」 is a no to one
question and a skip to another, and where a story is asked for only plain commands count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.content import read
from intents.understanding import Context, Scored
from nlu.normalise import normalise

_MARKS = re.compile(r"[\s,，。.!！?？、~～;；:：…\U0001f3fb-\U0001f3ff]+")
_TAIL = re.compile(r"(?<=.)[吧啊呢呀哦哈嘛噢喔呗哩咯啦噻嗷哟喽]+$")
_LEAD = re.compile(r"^(?:嗯+|哦+|噢+|呃+|啊|唉|哎|那就|那|就|我说|我想|麻烦(?:你|您)?|请(?:你|您)?|帮我)(?=.)")
_POLITE = re.compile(r"(?<=.)(?:谢谢|多谢|谢了|麻烦了|唔该)(?:你|您|啦|了)*$")
_REPEATED = re.compile(r"(.{1,4}?)\1+")
_ONLY_ASKS = re.compile(r"[\s?？!！。.…]*[?？][\s?？!！。.…]*")
LONGEST_ACT = 24
"""A longer message is a request or a story; patterns are not searched in it."""
LONGEST_QUESTION = 40
"""The same for questions about what is in hand."""
_QUESTIONS = frozenset({"fee", "how_long", "materials", "where", "why"})
_ANYTIME = frozenset({
    "person", "elder_on", "elder_off", "restart", "pause", "resume", "progress", "back", "why", "repeat", "help",
    "wait",
})
_COMMANDS = frozenset({"person", "elder_on", "elder_off", *_QUESTIONS})
"""What is heard even where a story is asked for, when it is put as a question or a wish."""
_STORY = "long_text"


@dataclass(frozen=True)
class _Act:
    name: str
    exact: frozenset[str]
    like: re.Pattern[str] | None
    """Any of its patterns, as one: looking for one is quicker than looking for a hundred."""


@lru_cache(maxsize=1)
def _acts() -> tuple[_Act, ...]:
    data = read(Path(__file__).with_name("acts.yaml")).data
    return tuple(
        _Act(name, frozenset(normal(str(phrase)) for phrase in said["exact"]), _any_of(said["like"]))
        for name, said in data.items()
    )


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


@lru_cache(maxsize=1)
def _exact() -> dict[str, tuple[str, ...]]:
    """The acts that a whole message may be, in the order of the list."""
    found: dict[str, tuple[str, ...]] = {}
    for act in _acts():
        for phrase in act.exact:
            found[phrase] = (*found.get(phrase, ()), act.name)
    return found


def normal(text: str) -> str:
    """A message without marks and final particles, for comparing whole messages."""
    plain = _MARKS.sub("", normalise(text))
    return _TAIL.sub("", plain) or plain


@lru_cache(maxsize=512)
def _labels(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normal, options))


def hear_acts(text: str, context: Context) -> tuple[Scored, ...]:
    """The acts in a message, best first. A label of the question at hand is an answer and never an act."""
    plain = normal(text)
    if not plain:
        return (Scored("repeat", 0.8),) if _ONLY_ASKS.fullmatch(text) else ()
    found = _whole(plain) or _within(plain, text, context)
    if not found or (context.options and plain in _labels(context.options)):
        return ()
    return tuple(sorted(found, key=lambda one: (-one.score, _preference(one.code, context))))


def _whole(plain: str) -> list[Scored]:
    """The acts that the whole message is, said once or over and over, with or without courtesy."""
    for said in _ways(plain):
        if names := _exact().get(said):
            return [Scored(name, 1.0) for name in names]
    return []


def _ways(plain: str) -> Iterator[str]:
    """The message, then shorter ways of saying the same."""
    yield plain
    once = match[1] if (match := _REPEATED.fullmatch(plain)) else plain
    yield once
    short = _POLITE.sub("", _LEAD.sub("", once))
    yield short
    yield _TAIL.sub("", short)
    if match := _REPEATED.fullmatch(short):
        yield match[1]


def _within(plain: str, text: str, context: Context) -> list[Scored]:
    """The acts whose patterns stand somewhere in the message."""
    if len(plain) > LONGEST_QUESTION or (len(plain) > LONGEST_ACT and context.expecting == "anything"):
        return []
    story = context.field_type == _STORY
    return [
        Scored(act.name, 0.8) for act in _acts()
        if act.like and act.like.search(plain) and (len(plain) <= LONGEST_ACT or act.name in _QUESTIONS)
        and (not story or act.name in _COMMANDS)
    ]


def _preference(name: str, context: Context) -> int:
    """「没有」 is a no to a yes-or-no question and a skip where words are awaited."""
    if context.expecting in ("yes_no", "situation") and name in ("yes", "no"):
        return 0
    if context.expecting == "field" and name == "skip":
        return 0
    return 1 if name in _ANYTIME else 2
