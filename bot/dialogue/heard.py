"""What reaches a step: a citizen's words with their reading, the id of a button, or the outcome of an effect."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dialogue.events import Event
from intents.understanding import Understanding

SURE_ACT = 0.5
"""Control acts below this score are not obeyed."""
WHOLE = 1.0
"""The score of an act that the whole message is."""
SWITCH = 0.85
"""How sure it must be that another one-thing is meant before leaving the present one is offered."""
KNOWN_GROUND = 0.32
"""How near to known requests it must be for that: answers of a few words often look a little like one."""


@dataclass(frozen=True)
class Heard:
    """One message or event."""

    text: str = ""
    action: str = ""
    """``act:<name>[:<reference>]``."""
    read: Understanding = field(default_factory=lambda: Understanding(text=""))
    event: Event | None = None
    files: tuple[str, ...] = ()
    """For ``act:uploaded``: ids of the files that really lie in the slot."""

    @property
    def name(self) -> str:
        """The name of the button pressed, or nothing."""
        return self.action.split(":", 2)[1] if self.action.startswith("act:") else ""

    @property
    def ref(self) -> str:
        """What the button refers to."""
        parts = self.action.split(":", 2)
        return parts[2] if len(parts) > 2 else ""

    @property
    def pair(self) -> tuple[str, str]:
        """A reference ``key=value`` in two."""
        key, _, value = self.ref.partition("=")
        return key, value

    @property
    def act(self) -> str:
        """The control act said, if one was said clearly."""
        best = self.read.acts[0] if self.read.acts else None
        return best.code if best is not None and best.score >= SURE_ACT else ""

    def wants(self, *names: str) -> bool:
        """Whether one of ``names`` was pressed or said."""
        return self.name in names if self.action else self.act in names


def whole(heard: Heard) -> bool:
    """Whether a control act is all that was said: then nothing else is named, whatever the words resemble."""
    return not heard.action and bool(heard.read.acts) and heard.read.acts[0].score >= WHOLE
