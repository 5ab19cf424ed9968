"""Control acts: yes, no, back, skip, why, a person ... recognised from the lists in ``acts.yaml``.

An act is heard in the context of what was asked: a label of the question is its answer, 「没有」 is a no to one
question and a skip to another, and where a story is asked for only plain commands count. What is asked agrees to
nothing and gives nothing up: 「嗯？」, 「可以？」 and 「提交？」 want to hear once more what is on the table.
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
_BETWEEN = re.compile(r"[\s,，。.!！、~～;；:：…]+")
_ASKED = re.compile(r"[?？]\W*$|(?<!不)(?:是|对|没错)的?吧\W*$|^那?么?(?:如果|要是|假如|万一)")
"""What asks, asks back or only supposes: 「好？」, 「对吧」, 「要是不办了呢」."""
_HESITATES = re.compile(r"^[嗯恩呃额唔]+(?:…+|\.{2,}|。{2,}|~{2,}|—+)\W*$")
"""「嗯……」 decides nothing yet."""
_WHAT = re.compile(r"[啊哈额呃诶欸唉哎哦噢喔嗯恩咦唔昂咹呀呢啦哪嘛]*")
"""What is left of a message that asks 「啊？」."""
LONGEST_ACT = 24
"""A longer message is a request or a story; patterns are not searched in it."""
SHORTEST_PART = 2
"""Characters of a choice that stand for it."""
MOST_PIECES = 4
"""More pieces than this are no short answer."""
LONGEST_QUESTION = 40
"""The same for questions about what is in hand."""
_QUESTIONS = frozenset({"fee", "how_long", "materials", "where", "why"})
_ANYTIME = frozenset({
    "person", "elder_on", "elder_off", "restart", "pause", "resume", "progress", "back", "why", "repeat", "help",
    "wait",
})
_COMMANDS = frozenset({"person", "elder_on", "elder_off", *_QUESTIONS})
"""What is heard even where a story is asked for, when it is put as a question or a wish."""
_BINDING = frozenset({"yes", "no", "submit", "noted", "restart", "resume"})
"""What decides something: never heard in what is asked."""
_DECIDING = frozenset({"yes", "no"})
_AGREEING = ("yes", "noted", "submit")
"""What says yes in several pieces: 「好，知道了」, 「对，提交吧」. The last of them that was said is what is meant."""
_COURTESY = frozenset({"thanks", "greet"})
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
    if _WHAT.fullmatch(plain):  # nothing but a particle is left of 「你好啊」 without its greeting
        plain = _MARKS.sub("", text).lower()
    return _TAIL.sub("", plain) or plain


def is_asked(text: str) -> bool:
    """Whether a message ends in a question mark, asks back or only supposes something."""
    return bool(_ASKED.search(text))


@lru_cache(maxsize=512)
def _labels(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normal, options))


def hear_acts(text: str, context: Context) -> tuple[Scored, ...]:
    """The acts in a message, best first. A label of the question at hand is an answer and never an act."""
    plain, asked = normal(text), is_asked(text)
    if text.strip() in context.options or (not asked and plain in _labels(context.options)):
        return ()
    if asked and _WHAT.fullmatch(plain):
        return (Scored("repeat", 1.0),)
    if _HESITATES.match(text):
        return (Scored("wait", 1.0),)
    found = _whole(plain) or _in_pieces(text) or _within(plain, text, context)
    if asked and _doubts(found):
        return (Scored("repeat", 1.0),)
    left = [one for one in found if not asked or one.code not in _BINDING]
    return () if asked and plain in _labels(context.options) else tuple(
        sorted(left, key=lambda one: (-one.score, _preference(one.code, context))))


def _doubts(found: list[Scored]) -> bool:
    """Whether words that decide something are only asked: 「对？」, 「确定不办了？」 is a question about it."""
    return any(one.code in _DECIDING or (one.score == 1.0 and one.code in _BINDING) for one in found)


def _whole(plain: str) -> list[Scored]:
    """The acts that the whole message is, said once or over and over, with or without courtesy."""
    for said in _ways(plain):
        if names := _exact().get(said):
            return [Scored(name, 1.0) for name in names]
    return []


def _in_pieces(text: str) -> list[Scored]:
    """The act that every piece between the marks is, 「对，没错」, or the one beside a yes: 「好，我看一下」."""
    pieces = [piece for part in _BETWEEN.split(normalise(text)) if (piece := normal(part))]
    if not 2 <= len(pieces) <= MOST_PIECES:
        return []
    each = [{one.code for one in _whole(piece)} for piece in pieces]
    said = [names for names in each if not names & _COURTESY]
    if not said or not all(said):
        return []
    beside = [names for names in said if not names.intersection(_AGREEING)]
    if same := set.intersection(*(beside or said)):
        return [Scored(act.name, 1.0) for act in _acts() if act.name in same]
    kinds = [next((name for name in _AGREEING if name in names), "") for names in said]
    return [Scored(max(kinds, key=_AGREEING.index), 1.0)] if all(kinds) else []


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
    if len(plain) >= SHORTEST_PART and any(plain in label for label in _labels(context.options)):
        return []  # part of a choice is meant to choose it
    return [
        Scored(act.name, 0.8) for act in _acts()
        if act.like and act.like.search(plain) and (len(plain) <= LONGEST_ACT or act.name in _QUESTIONS)
        and (not story or act.name in _COMMANDS)
    ]


def _preference(name: str, context: Context) -> int:
    """「没有」 is a no to a yes-or-no question and a skip where words are awaited."""
    yes_or_no = context.expecting in ("yes_no", "situation") or context.field_type == "bool"
    if name in (("yes", "no") if yes_or_no else ("skip",) if context.expecting == "field" else ()):
        return 0
    return 1 if name in _ANYTIME else 2
