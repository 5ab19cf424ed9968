"""Stages that work on a draft, from the consent to the signature and corrections. The forms keep it; a stage its id."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.dialogue.memory import Data as _Data


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


Drafted = Consenting | Asking | Filling | Offline | Checking | Signing | Correcting
"""Stages that work on a draft."""
