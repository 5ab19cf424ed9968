"""The parts a conversation is made with; wired together in one place, replaced one by one in tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.places import Places
from bot.wording.wording import Wording
from core.kv import KV
from forms.service import FormService
from intents.catalogue import Catalogue
from intents.understanding import Context, Understanding

if TYPE_CHECKING:
    from cases.service import CaseService
    from forms.audited import AuditedSource
    from forms.confirmation.confirmations import Confirmations
    from forms.engine import Engine


class Hears(Protocol):
    """Whatever understands a sentence."""

    async def hear(self, text: str, context: Context | None = None) -> Understanding:
        """Read one message in the context of what was asked before."""
        ...


@dataclass(frozen=True)
class Parts:
    """Everything a turn may use."""

    engine: Engine
    catalogue: Catalogue
    hears: Hears
    forms: FormService
    cases: CaseService
    sources: AuditedSource
    kv: KV
    wording: Wording
    places: Places
    confirmations: Confirmations
    url: str
    """Where citizens reach the app."""
    prefill_budget: float = 3.0
