"""The change that an answer of the form page makes to a draft, and the slot that a file is put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.clock import now
from core.errors import InvalidAnswer
from forms.draft import Draft, MaterialAnswer
from forms.engine import Engine
from forms.merging.merged import Slot

Change = Callable[[Draft], Draft]
BY_HAND = ("pledge", "deferred", "window")
"""Ways to give a material that need no file."""


def putting(engine: Engine, path: str, value: Any) -> Change:
    """The change that an answer makes at a path, ``situation:code`` or ``material:slot``.

    Raises `InvalidAnswer` here or when the change is made: a way that is not by hand, or a value that does not fit.
    """
    kind, _, key = path.partition(":")
    if kind == "situation":
        return lambda draft: engine.answer_situation(draft, key, _words(path, value))
    if kind == "material":
        if value not in BY_HAND:
            raise InvalidAnswer(path, "way", ways=list(BY_HAND))
        return lambda draft: engine.provide(draft, key, MaterialAnswer(way=value, at=now()))
    return lambda draft: engine.put(draft, path, value)


def _words(path: str, value: Any) -> str | list[str]:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise InvalidAnswer(path, "option")


def slot_in(engine: Engine, draft: Draft, key: str) -> Slot:
    """A material slot of the form, by its key. Raises `InvalidAnswer`: ``not_in_form``."""
    found = next((slot for slot in engine.merged(draft).slots if slot.key == key), None)
    if found is None:
        raise InvalidAnswer(f"material:{key[:80]}", "not_in_form")
    return found
