"""What one message was understood to mean. Plain data, handed to the dialogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from nlu.entities import Kind

Band = Literal["act", "confirm", "choose", "out_of_scope", "unknown"]
OutKind = Literal["other_service", "complaint", "chitchat", "gibberish", "injection"]
Says = Literal["asks", "done", "denied"]
Distress = Literal["despair", "fire", "gas", "violence", "ill", "help"]
Expecting = Literal["anything", "yes_no", "situation", "field", "words", "rating"]


class Scored(NamedTuple):
    """A one-thing or an act with its calibrated confidence, 0 to 1."""

    code: str
    score: float


@dataclass(frozen=True)
class Entity:
    """Something said that can fill a field: its kind, canonical value, and where it stands in the text."""

    kind: Kind
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class FaqHit:
    """The best matching question of a one-thing, with its answer."""

    one_thing: str
    q: str
    a: str
    score: float


@dataclass(frozen=True)
class Context:
    """What the dialogue was waiting for when the message came."""

    expecting: Expecting = "anything"
    options: tuple[str, ...] = ()
    """Labels that would be an answer."""
    field_type: str = ""
    one_thing: str | None = None


@dataclass(frozen=True)
class Understanding:
    """The whole reading of a message."""

    text: str
    """As the citizen wrote it, without control characters."""
    ranking: tuple[Scored, ...] = ()
    band: Band = "unknown"
    near: float = 1.0
    """Similarity, 0 to 1, of the words with the nearest example of the best one-thing."""
    open_to: tuple[str, ...] = ()
    """The one-things that it may be about, where its words leave that open: the first of the ranking."""
    out_kind: OutKind | None = None
    says: Says = "asks"
    """Whether something is asked, or all of it is done already or not wanted."""
    distress: Distress | None = None
    """The danger that somebody is in now; whoever says so wants no one-thing and answers no question."""
    acts: tuple[Scored, ...] = ()
    """Control acts, best first: yes, no, back, skip, why ..."""
    entities: tuple[Entity, ...] = ()
    matters: tuple[str, ...] = ()
    """One-things asked for in this message, in the order they were said."""
    faq: Sequence[FaqHit] = ()
    details: dict[str, str] = field(default_factory=dict)
    """Why it was understood so, for operators."""

    def act(self, *names: str) -> bool:
        """Whether the best control act is one of ``names``."""
        return bool(self.acts) and self.acts[0].code in names
