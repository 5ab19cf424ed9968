"""The little that a talk remembers beside its stage: what was laid aside, what was said before it was asked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """Tagged data of a talk: never altered, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Parked(Data):
    """A one-thing laid aside."""

    one_thing: str
    draft: str


class Told(Data):
    """A message of before, with the values found in it: (kind, value, text, start, end)."""

    text: str
    entities: tuple[tuple[str, str, str, int, int], ...] = ()
    chooses: bool = True
    """Whether its words may still choose among options; they do so only once."""


class Noted(Data):
    """The last request, kept to learn from, while it is not known what came of it."""

    id: str
    day: str
    """In China, ``2026-03-05``: what happens on another day is not what came of it."""
    took: str = ""
    """The one-thing it was taken for, once there is one."""
