"""A Rasa server beside us: started in its own environment and folder, trained on our sentences, ended with us."""

from __future__ import annotations

import asyncio
import json
import os
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import Unavailable, YijianshiError
from nlu.engines.rasa.client import Rasa
from nlu.training_data import Examples

SERVER = Path(__file__).with_name("server.py")
ENVIRONMENT = Path(__file__).parents[2] / ".rasa-venv"
START_SECONDS = 600
"""TensorFlow alone takes a quarter of a minute to load, much more on a busy machine."""
WARMING = 5
"""Times that a first sentence is sent; where none is read, those who ask find out, and do without."""
TRAINED = "trained.json"
"""In the server's folder: which model file belongs to which examples."""


class NoRasa(YijianshiError):
    """Rasa's environment is not there, or its server did not come up."""

    code = "no_rasa"


@asynccontextmanager
async def running(
    home: Path, url: str, token: str, environment: Path = ENVIRONMENT, log: Path | None = None,
    gone: asyncio.Event | None = None,
) -> AsyncIterator[Rasa]:
    """A server on ``url`` for the length of a block, with the newest model it trained. Raises `NoRasa`.

    What it prints goes where we print, or into the file ``log``. ``gone`` is set as soon as it has ended.
    """
    command = _command(home, url, environment)
    with log.open("wb") if log is not None else nullcontext() as said:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=home, env={**os.environ, "RASA_TOKEN": token}, stdin=asyncio.subprocess.DEVNULL,
            stdout=said, stderr=said,
        )
    watching = asyncio.create_task(_watch(process, gone or asyncio.Event()))
    rasa = Rasa(url, token, seconds=5)
    try:
        await _answers(rasa, process, f"{log} says why" if log is not None else "its last lines say why")
        yield rasa
    finally:
        await rasa.close()
        await _ended(process)
        await watching


async def trained(rasa: Rasa, home: Path, examples: Examples) -> str:
    """The model of these examples, made first when there is none; the server reads with it."""
    known = _known(home)
    model = known.get(examples.digest, "")
    if not (home / "models" / model).is_file():
        model = await rasa.train(examples)
        _keep(home, {**known, examples.digest: model})
    if (await rasa.status()).model != model:
        await rasa.use(model)
    await warmed(rasa)
    return model


async def warmed(rasa: Rasa) -> None:
    """Have it read one sentence: the first takes seconds, and a citizen's would be left to the local engine."""
    for _ in range(WARMING):
        with suppress(Unavailable):
            await rasa.parse("您好")
            return


def _known(home: Path) -> dict[str, str]:
    try:
        kept: dict[str, str] = json.loads((home / TRAINED).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept


def _keep(home: Path, known: dict[str, str]) -> None:
    partial = home / f"{TRAINED}.part"
    partial.write_text(json.dumps(known), "utf-8")
    partial.replace(home / TRAINED)


def _command(home: Path, url: str, environment: Path) -> list[str]:
    python = environment.absolute() / "bin" / "python"
    if not python.exists():
        raise NoRasa(f"there is no {python}: run `make rasa`, which builds it")
    (home / "models").mkdir(parents=True, exist_ok=True)
    latest = next(iter(reversed(_known(home).values())), "")
    model = [f"models/{latest}"] if (home / "models" / latest).is_file() else []
    parts = urlsplit(url)
    return [str(python), str(SERVER), parts.hostname or "127.0.0.1", str(parts.port or 80), *model]


async def _answers(rasa: Rasa, process: Process, told: str) -> None:
    for _ in range(START_SECONDS * 2):
        try:
            await rasa.status()
            return
        except Unavailable:
            if process.returncode is not None:
                raise NoRasa(f"the Rasa server ended with {process.returncode}; {told}") from None
            await asyncio.sleep(0.5)
    raise NoRasa(f"the Rasa server did not answer within {START_SECONDS} seconds")


async def _watch(process: Process, gone: asyncio.Event) -> None:
    await process.wait()
    gone.set()


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 15)
        except TimeoutError:
            process.kill()
            await process.wait()
