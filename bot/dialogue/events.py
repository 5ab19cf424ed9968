"""What comes back from effects, and what happens outside while nobody talks. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.dialogue.sights import CaseSight, DraftSight
from forms.merging.merged import Finding


@dataclass(frozen=True)
class DraftOpened:
    """A draft lies on the desk; ``fresh`` when it was just begun."""

    draft: str
    one_thing: str
    fresh: bool = True
    place: str = ""
    """The region it is handled in, when that was taken without asking and there are others."""


@dataclass(frozen=True)
class PlaceWanted:
    """It must be asked where the one-thing is to be handled; ``near`` is the region to name first."""

    one_thing: str
    anew: bool = False
    near: str = ""


@dataclass(frozen=True)
class DraftFound:
    """There is an unfinished draft of the one-thing that was asked for."""

    found: DraftSight


@dataclass(frozen=True)
class DraftsFound:
    """All unfinished drafts, last changed first."""

    drafts: tuple[DraftSight, ...]
    one_thing: str = ""
    """The only one-thing that was asked for, if one was."""


@dataclass(frozen=True)
class Consented:
    """The consent was recorded."""

    given: bool


@dataclass(frozen=True)
class Prefilled:
    """Look-ups were made; ``asked`` are the codes of the facts that are new."""

    asked: tuple[str, ...]


@dataclass(frozen=True)
class Submitted:
    """The case stands durably."""

    case: CaseSight
    again: bool = False
    """After a correction."""


@dataclass(frozen=True)
class NotSubmitted:
    """The case was not taken: findings that block, or a reason named by a wording key."""

    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class CasesFound:
    """The citizen's cases, newest first; of one number when one was asked for."""

    cases: tuple[CaseSight, ...]
    number: str = ""


@dataclass(frozen=True)
class CorrectionOpened:
    """The draft of a returned case lies on the desk for correction."""

    case: CaseSight


@dataclass(frozen=True)
class SignedIn:
    """The guest of this talk has signed in."""


@dataclass(frozen=True)
class HandedOver:
    """A person was asked to take over; ``urgent`` when somebody is in danger and was told whom to call."""

    urgent: bool = False


@dataclass(frozen=True)
class Done:
    """An effect with nothing to report succeeded."""

    what: Literal["rated", "withdrawn", "discarded", "unbound", "not_bound"]
    about: str = ""


@dataclass(frozen=True)
class Failed:
    """An effect failed; ``wording`` names the sentence, ``retry`` that the same step may be tried again."""

    wording: str
    retry: bool = False


@dataclass(frozen=True)
class HandedBack:
    """The person who had the word gave it back; ``nobody`` when there never came one."""

    nobody: bool = False


@dataclass(frozen=True)
class NobodyYet:
    """A person was asked for, and none has come yet."""


@dataclass(frozen=True)
class Move:
    """One thing that happened: ``what`` is the name of the notice, ``params`` fill its blanks."""

    what: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CaseMoved:
    """Something happened to a case, or several things that are told together, in their order."""

    moves: tuple[Move, ...]
    case: CaseSight


@dataclass(frozen=True)
class DraftMoved:
    """The draft on the desk was moved to new content: how many answers are kept, which are to be given again and which
    are dropped, by what they are called; of what the new content does not know any more only the number is left."""

    kept: int
    again: tuple[str, ...]
    dropped: tuple[str, ...]
    gone: int = 0


@dataclass(frozen=True)
class LinkMade:
    """A link by which somebody else may confirm."""

    title: str
    """Who they are."""
    name: str
    """Masked."""
    url: str
    until: str
    """A date in words."""
    matter: str
    """Title of the one-thing."""


@dataclass(frozen=True)
class OtherDecided:
    """Somebody else confirmed or declined."""

    draft: str
    title: str
    name: str
    """Masked."""
    matter: str
    confirmed: bool
    reason: str = ""
    open: bool = True
    """Whether the draft may still be changed."""


Event = (
    DraftOpened | PlaceWanted | DraftFound | DraftsFound | Consented | Prefilled | Submitted | NotSubmitted | CasesFound
    | CorrectionOpened | SignedIn | HandedOver | HandedBack | NobodyYet | Done | Failed | CaseMoved | DraftMoved
    | LinkMade | OtherDecided
)
