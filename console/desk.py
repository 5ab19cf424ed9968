"""What the console works with. Whoever mounts it hands this over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aiohttp import web

from cases.service import CaseService
from core.kv import KV
from core.settings import Settings
from forms.engine import Engine
from intents.training.bench import Bench
from intents.understanding import Context, Understanding
from nlu.engine import Engine as Reads

ROOT = "/console"
"""Where the console is mounted, also when it runs alone: cookies and links name it."""


class Recogniser(Protocol):
    """Whatever understands citizens now, so that operators can ask it why."""

    @property
    def engine(self) -> Reads:
        """What ranks and explains."""
        ...

    async def hear(self, text: str, context: Context | None = None) -> Understanding:
        """Read a sentence as it would be read now."""
        ...


@dataclass(frozen=True)
class ConsoleDesk:
    """The doors the console goes through."""

    cases: CaseService
    engine: Engine
    kv: KV
    settings: Settings
    content: tuple[Path, ...] = field(default=())
    """Folders of forms content, for the check of what is published; the packaged one when empty."""
    recogniser: Recogniser | None = None
    """None where the console runs alone: what citizens said can be labelled there, but not explained."""
    bench: Bench | None = None
    """Where the recogniser is trained; made from the settings when none is given, and its work left to the app."""


DESK: web.AppKey[ConsoleDesk] = web.AppKey("console_desk")
