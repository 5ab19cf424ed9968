"""``python -m deploy.rasa``: start a Rasa server on ``YJS_RASA_URL``, trained on the present sentences.

``python -m deploy.rasa test``: the same on a free port, ask it what the test suite asks, and end.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.folders import utterance_folders
from core.errors import YijianshiError
from core.logs import set_up_logging
from core.settings import Settings, load_settings
from deploy.rasa.beside import NoRasa, running, trained
from nlu.training_data import load_examples

SERVING = """
Rasa reads with {model} ({seconds:.0f} s to start and train).

  server    {url}
  use it    make run NLU=rasa      (in another terminal)

Stop with Ctrl-C.
"""
ASKED = ("tests/contracts/test_engines.py", "tests/outside/test_rasa.py")
Then = Callable[[Settings, str], Awaitable[int]]


async def serve(settings: Settings, then: Then, log: Path | None = None) -> int:
    """Start and train; then do something while it runs, unless a signal comes first. ``log`` is as in `running`."""
    home, examples = settings.data_dir / "rasa", load_examples(utterance_folders(settings))
    stop, gone = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def working() -> int:
        return await then(settings, await trained(rasa, home, examples))

    print("Starting Rasa, and training it when sentences changed (many minutes the first time) ...", flush=True)
    token = settings.rasa_token.get_secret_value()
    async with running(home, settings.rasa_url, token, log=log, gone=gone) as rasa:
        tasks = [asyncio.create_task(one) for one in (working(), stop.wait(), gone.wait())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        if gone.is_set() and not stop.is_set():
            raise NoRasa("the Rasa server ended by itself; its last lines say why. Start it again: make rasa")
        return int(tasks[0].result()) if tasks[0].done() else 0


async def stay(settings: Settings, model: str) -> int:
    """Say where it is, and wait."""
    print(SERVING.format(model=model, seconds=time.monotonic() - BEGAN, url=settings.rasa_url), flush=True)
    await asyncio.Event().wait()
    return 0


async def test(settings: Settings, model: str) -> int:
    """Run the tests that want a real server. What it prints is one of the things they look at."""
    named = {"RASA_UNDER_TEST": settings.rasa_url, "RASA_UNDER_TEST_MODEL": model,
             "RASA_UNDER_TEST_TOKEN": settings.rasa_token.get_secret_value(),
             "RASA_UNDER_TEST_LOG": str(_log(settings))}
    tests = await asyncio.create_subprocess_exec(sys.executable, "-m", "pytest", *ASKED, env={**os.environ, **named})
    return await tests.wait()


def _log(settings: Settings) -> Path:
    """Where a server under test prints."""
    return settings.data_dir.absolute() / "rasa-under-test.log"


def main(what: list[str]) -> int:
    """Serve, or test."""
    set_up_logging("WARNING")
    if what != ["test"]:
        return asyncio.run(serve(load_settings(), stay))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings = load_settings(rasa_url=url)
    return asyncio.run(serve(settings, test, _log(settings)))


BEGAN = time.monotonic()

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except YijianshiError as problem:
        sys.exit(f"yijianshi: {problem.message}")
