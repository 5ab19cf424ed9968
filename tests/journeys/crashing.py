"""Dies on purpose: serves the app and kills its own process at a named point.

Started once as ``python -m tests.journeys.crashing``, it loads everything and then forks a child for each order it
reads from standard input (a JSON line with the settings and the point), so that a crash costs no start-up. When the
child is gone it writes one line: how the child ended.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Any

from aiohttp import web
from argon2 import PasswordHasher

from bot import house as building
from bot.app import make_app
from console import accounts
from core.logs import set_up_logging
from core.settings import Settings
from forms.bank import PACKAGED, Bank
from intents.catalogue import PACKAGED as CATALOGUE
from intents.catalogue import Catalogue
from intents.understand import Understander
from nlu.engines.local.model import LocalEngine

LONGEST = 90
"""Seconds after which a child that did not die ends by itself."""


@dataclass(frozen=True)
class Point:
    """Where to die: ``before`` or ``after`` the ``nth`` call of ``module:name``."""

    where: str
    when: str = "after"
    nth: int = 1


def arm(point: Point) -> None:
    """Make the process kill itself there."""
    module, _, name = point.where.partition(":")
    *path, last = name.split(".")
    holder: Any = reduce(getattr, path, importlib.import_module(module))
    real: Callable[..., Any] = getattr(holder, last)
    calls = 0

    async def deadly(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == point.nth and point.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = await real(*given, **named)
        if calls >= point.nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(holder, last, deadly)


async def serve(settings: Settings) -> None:
    """The app with its worker, until the point."""
    async with asyncio.timeout(LONGEST), building.open_house(settings) as house:
        runner = web.AppRunner(await make_app(house), access_log=None, handle_signals=False)
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port, reuse_port=True).start()
        while True:
            await house.cases.sweep()
            await asyncio.sleep(0.1)


def child(order: dict[str, Any], engine: LocalEngine, bank: Bank, catalogue: Catalogue) -> None:
    """One life."""

    async def trained(model: Path, folders: list[Path]) -> LocalEngine:
        return engine

    building.ready = trained
    Bank.load = staticmethod(lambda folders: bank)  # type: ignore[method-assign,assignment]
    Catalogue.load = staticmethod(lambda folders: catalogue)  # type: ignore[method-assign,assignment]
    accounts._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    set_up_logging("WARNING")
    arm(Point(**order["point"]))
    asyncio.run(serve(Settings(**order["settings"])))


def main() -> None:
    """Fork for every order; a child that was killed is reported by its signal."""
    engine, bank, catalogue = LocalEngine.load(Path(sys.argv[1])), Bank.load([PACKAGED]), Catalogue.load([CATALOGUE])
    Understander(engine, catalogue)  # what it counts of the questions is kept for the children
    say = partial(print, flush=True, file=sys.stdout)
    say("ready")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                child(json.loads(line), engine, bank, catalogue)
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        say(json.dumps({"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}))


if __name__ == "__main__":
    main()
