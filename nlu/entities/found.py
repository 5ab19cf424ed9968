"""What is found in a message: kind, value, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

Kind = Literal[
    "name", "id_number", "phone", "date", "age", "number", "money", "place", "region", "hospital", "relation",
    "surname", "kin", "sex", "count", "behalf",
]
"""``relation`` is whose side something goes to (「随妈妈」), ``surname`` whose surname, ``kin`` who is spoken of,
``sex`` and ``count`` what was born, ``behalf`` for whom somebody asks."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity and where it stands: ``text`` is exactly what stands between ``start`` and ``end``."""

    kind: Kind
    value: str
    text: str
    start: int
    end: int


class Span(NamedTuple):
    """A value between two places of the message."""

    kind: Kind
    value: str
    start: int
    end: int


class Finder(Protocol):
    """Looks for one kind of thing in the folded text; ``text`` is what was really written, of the same length."""

    def __call__(self, plain: str, text: str) -> Iterator[Span]:
        """Everything found, from left to right."""
        ...
