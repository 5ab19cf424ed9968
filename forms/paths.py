"""Paths name fields: ``mother.name``, or ``baby[2].name`` for the second of a repeated subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PATH = re.compile(r"([a-z][a-z0-9_]*)(?:\[([1-9][0-9]?)\])?\.([a-z][a-z0-9_]*)\Z")
_PLACE = re.compile(r"([a-z][a-z0-9_]*)(?:\[([1-9][0-9]?)\])?\Z")


@dataclass(frozen=True, slots=True)
class Path:
    """A parsed path. ``index`` is None for an unrepeated subject, or where content means *each of them*."""

    subject: str
    index: int | None
    element: str

    def __str__(self) -> str:
        return write(self.subject, self.index, self.element)


@lru_cache(maxsize=8192)
def parse(text: str) -> Path | None:
    """The path in ``text``, or None when it is not one."""
    match = _PATH.match(text)
    if match is None:
        return None
    return Path(match[1], int(match[2]) if match[2] else None, match[3])


def write(subject: str, index: int | None, element: str) -> str:
    """``baby[2].name``, or ``mother.name`` without an index."""
    return f"{subject}.{element}" if index is None else f"{subject}[{index}].{element}"


def place(subject: str, index: int | None) -> str:
    """``baby[2]`` or ``mother``: the subject part of a path."""
    return subject if index is None else f"{subject}[{index}]"


@lru_cache(maxsize=2048)
def parse_place(text: str) -> tuple[str, int | None] | None:
    """The inverse of `place`, or None when ``text`` is not one."""
    match = _PLACE.match(text)
    return (match[1], int(match[2]) if match[2] else None) if match else None


@lru_cache(maxsize=8192)
def unindexed(text: str) -> str:
    """``baby[2].name`` -> ``baby.name``: how content writes it."""
    head, bracket, rest = text.partition("[")
    return head + rest[rest.index("]") + 1:] if bracket else text
