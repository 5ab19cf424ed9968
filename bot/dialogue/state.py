"""What outlives a turn: the stage, other one-things laid aside, and the little a polite partner remembers."""

from __future__ import annotations

from pydantic import Field

from bot.dialogue.memory import Data as _Data
from bot.dialogue.memory import Noted, Parked, Told
from bot.dialogue.stages import Idle, Stage


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
