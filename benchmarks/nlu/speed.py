"""Speed and weight over HTTP on loopback: one client one after another, then eight connections at once."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, TCPConnector

from benchmarks.measure import cpu_seconds, quantile, resident_mb
from benchmarks.nlu.golden.sentences import sentences
from benchmarks.nlu.ours import TRAINERS
from benchmarks.nlu.tasks import UTTERANCES
from deploy.rasa.beside import running, trained
from nlu.engines.local.training import OURS
from nlu.training_data import load_examples

CONNECTIONS, ALONE, TOGETHER = 8, 300, 1200
TOKEN = "benchmark"


@dataclass(frozen=True)
class Speed:
    """Milliseconds of one request after another (p50, p95, p99), requests a second at eight connections, milliseconds
    of the server's processor a request, megabytes resident, seconds until the first answer."""

    alone: tuple[float, float, float]
    rate: float
    cpu_ms: float
    memory_mb: float
    start_seconds: float


async def ours(name: str, ranking: bool = False) -> Speed:
    """One of our engines behind the whole `Understander`, or its ``ranking`` alone, which is what Rasa answers."""
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as folder:
        model = Path(folder) / "model"
        TRAINERS[name](load_examples([UTTERANCES]), OURS).save(model)
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.nlu.serving", name, str(model), *["ranking"] * ranking,
            stdin=PIPE, stdout=PIPE,
        )
        assert process.stdin
        assert process.stdout
        port = int(await process.stdout.readline())
        started = time.perf_counter() - began
        try:
            return await _measured(f"http://127.0.0.1:{port}/model/parse", process.pid, started)
        finally:
            process.stdin.close()
            await process.wait()


async def rasa(environment: Path, home: Path, port: int = 5095) -> Speed:
    """A real Rasa server, with the pipeline we ship."""
    began = time.perf_counter()
    async with running(home, f"http://127.0.0.1:{port}", TOKEN, environment) as server:
        started = time.perf_counter() - began
        await trained(server, home, load_examples([UTTERANCES]))
        url = f"http://127.0.0.1:{port}/model/parse?token={TOKEN}"
        return await _measured(url, _pid_of(port), started)


def _pid_of(port: int) -> int:
    """The process whose command line ends in our server and this port."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if str(port).encode() in words and any(word.endswith(b"deploy/rasa/server.py") for word in words):
                return int(folder.name)
    raise LookupError(port)


@asynccontextmanager
async def _client() -> AsyncIterator[ClientSession]:
    async with ClientSession(connector=TCPConnector(limit=CONNECTIONS)) as http:
        yield http


async def _measured(url: str, pid: int, started: float) -> Speed:
    texts = [one.text for one in sentences("inside")]
    waits: list[float] = []

    async def ask(text: str) -> None:
        began = time.perf_counter()
        async with http.post(url, json={"text": text}) as answer:
            answer.raise_for_status()
            await answer.read()
        waits.append((time.perf_counter() - began) * 1000)

    async def asking(mine: list[str]) -> None:
        for text in mine:
            await ask(text)

    async with _client() as http:
        await asking(texts[:50])
        waits.clear()
        await asking((texts * 2)[:ALONE])
        alone = (quantile(waits, 0.5), quantile(waits, 0.95), quantile(waits, 0.99))
        many = (texts * 5)[:TOGETHER]
        began, spent = time.perf_counter(), cpu_seconds(pid)
        await asyncio.gather(*(asking(many[number::CONNECTIONS]) for number in range(CONNECTIONS)))
        took, spent = time.perf_counter() - began, cpu_seconds(pid) - spent
    return Speed(alone, len(many) / took, spent * 1000 / len(many), resident_mb(pid), started)
