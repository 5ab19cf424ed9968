"""What hears in this process. The recogniser behind it may be changed while citizens are talking."""

from __future__ import annotations

from intents.catalogue import Catalogue
from intents.settings import Bands
from intents.understand import Understander
from intents.understanding import Context, Understanding
from nlu.engine import Engine


class Recogniser:
    """Hands every message to the recogniser in force; one message is read by one of them from first to last."""

    def __init__(self, understander: Understander) -> None:
        self._present = understander

    @property
    def engine(self) -> Engine:
        """The engine in force."""
        return self._present.engine

    @property
    def catalogue(self) -> Catalogue:
        """The one-things it knows."""
        return self._present.catalogue

    @property
    def bands(self) -> Bands:
        """Where one band ends and the next begins."""
        return self._present.bands

    async def hear(self, text: str, context: Context | None = None) -> Understanding:
        """Read one message in the context of what was asked before. Never raises on any text."""
        return await self._present.hear(text, context)

    def change(self, understander: Understander) -> None:
        """From the next message on; what is being read now is read to its end by the one before."""
        self._present = understander
