"""Where a talk stands, as tagged data. The draft is kept by the forms; a stage holds only its id.

`State` is what outlives a turn: the stage, other one-things laid aside, and the little a polite partner remembers.
Three stages stand *over* another one and give way to it again: nodding, sure, with a person.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.dialogue.memory import Data as _Data
from bot.dialogue.memory import Noted, Parked, Told


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


class _WithDraft(_Data):
    draft: str
    one_thing: str


class Consenting(_WithDraft):
    """Asked for consent to look up data."""

    kind: Literal["consenting"] = "consenting"


class Asking(_WithDraft):
    """Asked a situation: its answer selects items."""

    kind: Literal["asking"] = "asking"
    key: str
    ticked: tuple[str, ...] = ()
    """Choices ticked so far, for a situation that takes several."""


class Filling(_WithDraft):
    """Asked for a field or a material."""

    kind: Literal["filling"] = "filling"
    what: Literal["field", "material"]
    key: str
    typed: str = ""
    """What was typed and did not fit; kept so that nothing is lost."""


class Offline(_WithDraft):
    """An answer ended the online way; told where to go."""

    kind: Literal["offline"] = "offline"
    key: str
    """Code of the situation that was answered."""


class Checking(_WithDraft):
    """The answers are on the table, before signing."""

    kind: Literal["checking"] = "checking"
    case: str = ""
    """Number of the case that is being corrected, if it is."""
    allowed: tuple[str, ...] = ()
    """In a correction: the only questions that may be changed."""


class Signing(_WithDraft):
    """Asked to sign."""

    kind: Literal["signing"] = "signing"
    case: str = ""
    allowed: tuple[str, ...] = ()


class Correcting(_WithDraft):
    """Working through the one notice of corrections: only what it names is asked."""

    kind: Literal["correcting"] = "correcting"
    case: str
    todo: tuple[str, ...]
    """What is left: paths, ``material:key``, ``situation:code``; the first is on the table."""
    allowed: tuple[str, ...] = ()
    """The only questions that may be changed."""
    says: dict[str, str] = Field(default_factory=dict)
    """What is to be put right, by the key of the question."""


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
Drafted = Consenting | Asking | Filling | Offline | Checking | Signing | Correcting
"""Stages that work on a draft."""


class State(_Data):
    """Everything a talk remembers."""

    stage: Stage = Idle()
    parked: tuple[Parked, ...] = ()
    later: tuple[str, ...] = ()
    """One-things mentioned in passing, to be offered when the present one is done."""
    misses: int = 0
    """How many times in a row nothing was understood."""
    trail: tuple[str, ...] = ()
    """Questions answered in this draft, oldest first: ``situation:code``, ``field:path``, ``material:key``."""
    denied: tuple[str, ...] = ()
    """One-things the citizen just said no to."""
    checked: bool = False
    """All answers of this draft were shown before; from then on only what changed is."""
    offered: tuple[tuple[str, str], ...] = ()
    """(words, action) of the buttons said last, so that a label or a number typed is taken as its button."""
    told: tuple[Told, ...] = ()
    """What was said before anything asked for it, oldest first."""
    left: int = -1
    """How many questions were said to follow the one on the table; -1 when nothing was said."""
    replies: dict[str, str] = Field(default_factory=dict)
    """In a correction: what was answered in words, by what it is about."""
    passed: tuple[str, ...] = ()
    """``draft/key`` of those whom the citizen was offered to ask before the form was full, the latest last."""
    noted: Noted | None = None
    """What was last asked for; nothing a citizen is told depends on it."""


Nodding.model_rebuild()
Sure.model_rebuild()
WithPerson.model_rebuild()
State.model_rebuild()
