"""Control acts: yes, no, back, skip, why, a person ... recognised from the lists in ``acts.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.content import read
from intents.understanding import Context, Scored
from nlu.normalise import normalise

_MARKS = re.compile(r"[\s,，。.!！?？、~～;；:：…]+")
_TAIL = re.compile(r"(?<=.)[吧啊呢呀哦哈嘛噢喔呗哩咯啦]+$")
LONGEST_ACT = 24
"""A longer message is a request or a story; patterns are not searched in it."""

_ANYTIME = {
    "person", "elder_on", "elder_off", "restart", "pause", "resume", "progress", "back", "why", "repeat", "help",
}


@dataclass(frozen=True)
class _Act:
    name: str
    exact: frozenset[str]
    like: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _acts() -> tuple[_Act, ...]:
    data = read(Path(__file__).with_name("acts.yaml")).data
    return tuple(
        _Act(name, frozenset(normal(phrase) for phrase in said["exact"]), tuple(map(re.compile, said["like"])))
        for name, said in data.items()
    )


def normal(text: str) -> str:
    """A message without marks and final particles, for comparing whole messages."""
    plain = _MARKS.sub("", normalise(text))
    return _TAIL.sub("", plain) or plain


def hear_acts(text: str, context: Context) -> tuple[Scored, ...]:
    """The acts in a message, best first. A label of the question at hand is an answer and never an act."""
    plain = normal(text)
    if not plain or any(plain == normal(label) for label in context.options):
        return ()
    exact = [Scored(act.name, 1.0) for act in _acts() if plain in act.exact]
    found = exact or [
        Scored(act.name, 0.8)
        for act in _acts()
        if len(plain) <= LONGEST_ACT and any(pattern.search(plain) for pattern in act.like)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, _preference(one.code, context))))


def _preference(name: str, context: Context) -> int:
    """「没有」 is a no to a yes-or-no question and a skip where words are awaited."""
    if context.expecting == "yes_no" and name in ("yes", "no"):
        return 0
    if context.expecting == "field" and name == "skip":
        return 0
    return 1 if name in _ANYTIME else 2
