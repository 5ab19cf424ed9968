"""Stages of a talk, as tagged data: where it stands.

Three stages stand *over* another one and give way to it again: nodding, sure, with a person.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.dialogue.drafting import Asking, Checking, Consenting, Correcting, Filling, Offline, Signing
from bot.dialogue.memory import Data as _Data


class Idle(_Data):
    """Nothing is going on."""

    kind: Literal["idle"] = "idle"


class Confirming(_Data):
    """Asked which one-thing is meant: one to say yes to, or several to choose from."""

    kind: Literal["confirming"] = "confirming"
    choices: tuple[str, ...]


class Login(_Data):
    """A form is wanted, and nobody has signed in yet."""

    kind: Literal["login"] = "login"
    one_thing: str


class Placing(_Data):
    """Asked where a one-thing is to be handled, before its draft is begun."""

    kind: Literal["placing"] = "placing"
    one_thing: str
    anew: bool = False
    near: str = ""
    """The region to name first, by the number of whoever signed in: a help to choose by, nothing that is presumed."""
    within: str = ""
    """The first digits of the region that was chosen so far."""


class Resuming(_Data):
    """An unfinished draft was found: go on with it, or begin afresh?"""

    kind: Literal["resuming"] = "resuming"
    one_thing: str
    draft: str


class Waiting(_Data):
    """Submitted; the departments work."""

    kind: Literal["waiting"] = "waiting"
    case: str
    asks: bool = False
    """Something is to be corrected first."""


class Rating(_Data):
    """Stars were given; asked for tags and words."""

    kind: Literal["rating"] = "rating"
    case: str
    stars: int
    ticked: tuple[str, ...] = ()


class Proposal(_Data):
    """A value taken out of free text, not yet nodded to."""

    what: Literal["situation", "field"]
    key: str
    raw: str
    title: str
    shown: str
    entity: str = ""
    """Kind of the entity it came from."""


class Nodding(_Data):
    """Values were heard in free text and shown back."""

    kind: Literal["nodding"] = "nodding"
    proposals: tuple[Proposal, ...]
    under: Stage
    doubted: bool = False
    """The words may have been about something else: what is said next and is no yes is heard as though nothing were
    awaited."""


class Sure(_Data):
    """Asked whether they really mean it, before something is laid aside or thrown away."""

    kind: Literal["sure"] = "sure"
    what: Literal["discard", "switch", "withdraw", "unbind", "place"]
    about: str = ""
    """The one-thing to switch to, the case to withdraw, or the region to move to."""
    under: Stage


class WithPerson(_Data):
    """A person has the word; the bot keeps quiet."""

    kind: Literal["with_person"] = "with_person"
    under: Stage


Stage = Annotated[
    Idle | Confirming | Login | Placing | Resuming | Consenting | Asking | Filling | Offline | Checking | Signing
    | Correcting | Waiting | Rating | Nodding | Sure | WithPerson,
    Field(discriminator="kind"),
]


Nodding.model_rebuild()
Sure.model_rebuild()
WithPerson.model_rebuild()
