"""What a step yields: the next state, what to say, and what is to be done by those who may."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.blocks import Block
from bot.dialogue.stages import Stage
from bot.dialogue.state import State
from forms.draft import Draft


@dataclass(frozen=True)
class OpenDraft:
    """Begin a draft of a one-thing, or find the unfinished one unless ``anew``.

    ``said`` is the region that was named before anybody asked, ``chosen`` the one that was asked for.
    """

    one_thing: str
    anew: bool = False
    said: str = ""
    chosen: str = ""


@dataclass(frozen=True)
class LoadDraft:
    """Lay a stored draft on the desk."""

    draft: str


@dataclass(frozen=True)
class FindDrafts:
    """List the citizen's unfinished drafts, of one one-thing if it is named."""

    one_thing: str = ""


@dataclass(frozen=True)
class SaveDraft:
    """Store the draft; it is the one on the desk from now on."""

    draft: Draft


@dataclass(frozen=True)
class Discard:
    """Delete an unfinished draft; ``quiet`` when nothing need be said of it."""

    draft: str
    quiet: bool = False


@dataclass(frozen=True)
class GiveConsent:
    """Record consent or its refusal."""

    given: bool


@dataclass(frozen=True)
class Prefill:
    """Ask the sources for what the draft needs."""


@dataclass(frozen=True)
class Submit:
    """Submit the draft on the desk, or again when ``case`` names the case it corrects."""

    signed: str
    case: str = ""
    replies: tuple[tuple[str, str], ...] = ()
    """(what about, words), for demands that are answered in words."""
    unchanged: str = ""
    """The words for demands whose place was left as it was."""


@dataclass(frozen=True)
class FindCases:
    """Look up the citizen's cases, or one of them."""

    number: str = ""


@dataclass(frozen=True)
class OpenCorrection:
    """Lay the draft of a returned case on the desk."""

    case: str


@dataclass(frozen=True)
class Unbind:
    """Let no WeChat know the citizen any more."""


@dataclass(frozen=True)
class Withdraw:
    """Withdraw a case."""

    case: str


@dataclass(frozen=True)
class Rate:
    """Record a rating, 1 to 5."""

    case: str
    stars: int
    tags: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class AskOther:
    """Make a link by which somebody else may confirm; of the draft on the desk unless another is named."""

    key: str
    draft: str = ""


@dataclass(frozen=True)
class HandOver:
    """Ask a person to take over, or give the word back to the bot."""

    to_person: bool = True
    urgent: bool = False
    """Somebody is in danger: the numbers to call were told already."""


@dataclass(frozen=True)
class SwitchLarge:
    """Large type on or off."""

    on: bool


Effect = (
    OpenDraft | LoadDraft | FindDrafts | SaveDraft | Discard | GiveConsent | Prefill | Submit | FindCases
    | OpenCorrection | Withdraw | Unbind | Rate | AskOther | HandOver | SwitchLarge
)


@dataclass(frozen=True)
class Outcome:
    """The result of one step."""

    state: State
    blocks: tuple[Block, ...] = ()
    effects: tuple[Effect, ...] = ()

    def after(self, *blocks: Block) -> Outcome:
        """The same, with ``blocks`` said first."""
        return replace(self, blocks=(*blocks, *self.blocks))

    def then(self, *blocks: Block) -> Outcome:
        """The same, with ``blocks`` said last."""
        return replace(self, blocks=(*self.blocks, *blocks))

    def doing(self, *effects: Effect) -> Outcome:
        """The same, with ``effects`` done first."""
        return replace(self, effects=(*effects, *self.effects))


def at(state: State, stage: Stage, **changes: object) -> State:
    """The state moved to ``stage``; being understood, the count of misses starts over."""
    return state.model_copy(update={"stage": stage, "misses": 0, **changes})
