"""Which engine reads: the one that ``YJS_NLU`` names, with the local engine beside it."""

from __future__ import annotations

from core.settings import Settings
from nlu.engine import Engine
from nlu.engines.rasa.client import Rasa
from nlu.engines.rasa.engine import RasaEngine


def chosen(settings: Settings, local: Engine) -> Engine:
    """The engine that settings ask for; ``local`` itself, or one that has it to fall back on."""
    return Chosen(settings).around(local)


class Chosen:
    """The engine that settings ask for, around a local engine that may be changed while it reads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server = _rasa(settings) if settings.nlu == "rasa" else None
        """The server beside us, when one reads."""
        self._engine: RasaEngine | None = None

    def around(self, local: Engine) -> Engine:
        """The engine that reads, with this local one from now on."""
        if self.server is None:
            return local
        if self._engine is None:
            self._engine = RasaEngine(self.server, local)
        self._engine.local = local
        return self._engine

    async def close(self) -> None:
        """Release the connections."""
        if self.server is not None:
            await self.server.close()


def _rasa(settings: Settings) -> Rasa:
    return Rasa(settings.rasa_url, settings.rasa_token.get_secret_value(), seconds=settings.rasa_timeout)


async def closed(engine: Engine) -> None:
    """Release what an engine holds open."""
    if isinstance(engine, RasaEngine):
        await engine.close()
