"""What is needed to show one stored draft, and which of its places may be changed now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dialogue.desk import Desk
from bot.places import Places
from bot.web.words import page_words
from bot.wording.wording import Wording
from forms.confirmation.confirmation_data import Link
from forms.drafts import StoredDraft, StoredFile
from forms.engine import Engine


@dataclass(frozen=True)
class Sight:
    """What is needed to show one draft. ``allowed`` is None when everything may be changed."""

    engine: Engine
    say: Wording
    held: StoredDraft
    files: tuple[StoredFile, ...] = ()
    case: str = ""
    allowed: frozenset[str] | None = None
    demands: Mapping[str, str] = field(default_factory=dict)
    """What the open notice says of a path, ``material:key`` or ``situation:code``."""
    links: Mapping[str, Link] = field(default_factory=dict)
    """The last link given out for each confirmation."""
    places: Places | None = None
    """The regions to choose from."""
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        desk = Desk(say=self.say, matters={}, engine=self.engine, draft=self.held.draft, places=self.places)
        object.__setattr__(self, "desk", desk)

    def open(self, about: str) -> bool:
        """Whether the draft, and this place of it, may be changed now."""
        if self.held.state not in ("open", "correcting"):
            return False
        opened = self.allowed
        return opened is None or about in opened or any(one.startswith("situation:") for one in opened)

    def demanded(self, about: str) -> str:
        """What the open notice says of a place, as a sentence; empty when it says nothing."""
        says = self.demands.get(about, "")
        return self.say("correction.here", says=says) if says else ""

    def shut(self) -> str:
        """Why a place that is not open is not."""
        return page_words()("form.not_reopened" if self.held.state == "correcting" else "form.closed")
