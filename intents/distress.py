"""Somebody in danger now, by their words, from ``intents/distress.yaml``: before any statistics, whatever was asked.

What happened before and is told as the ground of a matter is none: 「我爸自杀去世，要办什么」, 「家里着火，房本烧了」.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, get_args

from core.content import read
from intents.understanding import Distress

FILE = Path(__file__).with_name("distress.yaml")
KINDS: tuple[Distress, ...] = get_args(Distress)
LONGEST = 60
"""Characters above which only what is always danger counts: a long story has room for everything."""
_MARKS = re.compile(r"[\s,，。.!！?？、~～;；:：…]+")
_TAIL = re.compile(r"[了啊呀吧呢啦]+$")


class _Kind(NamedTuple):
    name: Distress
    always: re.Pattern[str] | None
    like: re.Pattern[str] | None
    alone: frozenset[str]


class _Table(NamedTuple):
    kinds: tuple[_Kind, ...]
    papers: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = read(FILE).data
    listed = data["kinds"]
    kinds = [_Kind(name, _any(listed[name]["always"]), _any(listed[name]["like"]), frozenset(listed[name]["alone"]))
             for name in KINDS]
    return _Table(tuple(kinds), re.compile(data["papers"]))


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


def distress(plain: str, asked: bool = False) -> Distress | None:
    """The danger that a normalised message tells of, if any; ``asked`` when it may be the answer to a question."""
    table, bare = _table(), _TAIL.sub("", _MARKS.sub("", plain))
    told = len(plain) > LONGEST or bool(table.papers.search(plain))
    for kind in table.kinds:
        if kind.always and kind.always.search(plain):
            return kind.name
        if not told and kind.like and kind.like.search(plain):
            return kind.name
        if not asked and bare in kind.alone:
            return kind.name
    return None
