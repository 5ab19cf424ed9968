"""What the console works with. Whoever mounts it hands this over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from cases.service import CaseService
from core.kv import KV
from core.settings import Settings
from forms.engine import Engine

ROOT = "/console"
"""Where the console is mounted, also when it runs alone: cookies and links name it."""


@dataclass(frozen=True)
class ConsoleDesk:
    """The doors the console goes through."""

    cases: CaseService
    engine: Engine
    kv: KV
    settings: Settings
    content: tuple[Path, ...] = field(default=())
    """Folders of forms content, for the check of what is published; the packaged one when empty."""


DESK: web.AppKey[ConsoleDesk] = web.AppKey("console_desk")
