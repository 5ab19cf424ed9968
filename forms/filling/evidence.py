"""Whose paper an answer stands for: one person's record, or one bill of several, never stands for another's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import paths
from forms.content.schema import Lookup
from forms.draft import Fact


def tells(lookup: Lookup, number: int | None, place: str) -> bool:
    """Whether a look-up is about a place in the form: asked by something of it, filling it, or spread over it.

    ``number`` is the index of the repeated subject that the look-up was asked by, if it was.
    """
    subject, index = paths.parse_place(place) or (place, None)
    if lookup.each == subject:
        return True
    named = (paths.parse(path) for path in (*lookup.by.values(), *lookup.gives))
    return any(path and path.subject == subject and index in (None, path.index or number) for path in named)


def records(fact: Fact, lookups: Mapping[str, Lookup], place: str) -> list[dict[str, Any]] | None:
    """The records of an answer that are about a place in the form; None when the answer is not about it."""
    name, at, about = fact.lookup.partition("@")
    if at:
        return fact.records if about == place else None
    code, number = paths.parse_place(name) or (name, None)
    lookup = lookups.get(code)
    if lookup is None or not tells(lookup, number, place):
        return None
    subject, index = paths.parse_place(place) or (place, None)
    return fact.records[(index or 1) - 1:index or 1] if lookup.each == subject else fact.records
