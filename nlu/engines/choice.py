"""Which engine reads: the one that ``YJS_NLU`` names, with the local engine beside it."""

from __future__ import annotations

from core.settings import Settings
from nlu.engine import Engine
from nlu.engines.rasa.client import Rasa
from nlu.engines.rasa.engine import RasaEngine


def chosen(settings: Settings, local: Engine) -> Engine:
    """The engine that settings ask for; ``local`` itself, or one that has it to fall back on."""
    if settings.nlu == "rasa":
        token = settings.rasa_token.get_secret_value()
        return RasaEngine(Rasa(settings.rasa_url, token, seconds=settings.rasa_timeout), local)
    return local


async def closed(engine: Engine) -> None:
    """Release what an engine holds open."""
    if isinstance(engine, RasaEngine):
        await engine.close()
