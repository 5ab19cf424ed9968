"""Fifty citizens at once over HTTP on loopback, beside as many bare ``Model.get`` requests to the same process."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, TCPConnector

from benchmarks.measure import Row, cpu_seconds, quantile, resident_mb
from benchmarks.story import tell

CITIZENS = 50
LIMIT_MB = 250.0


def rows() -> list[Row]:
    """Turns a second and their yardstick, processor time a turn, how long one waits, and memory afterwards."""
    return asyncio.run(_rows())


async def _rows() -> list[Row]:
    async with _server() as (process, said), ClientSession(connector=TCPConnector(limit=CITIZENS)) as http:
        talk, get = f"http://127.0.0.1:{said['port']}/api/v1/messages", f"http://127.0.0.1:{said['bare']}/"
        waits: list[float] = []
        spent = cpu_seconds(process.pid)
        turns, seconds = await _all([_citizen(http, talk, token, waits) for token in said["tokens"]])
        spent = (cpu_seconds(process.pid) - spent) / turns
        memory = resident_mb(process.pid)
        bare_spent = cpu_seconds(process.pid)
        gets, bare_seconds = await _all([_reader(http, get, turns // CITIZENS) for _ in range(CITIZENS)])
        bare_spent = (cpu_seconds(process.pid) - bare_spent) / gets
    yardstick = "bare Model.get over HTTP"
    return [
        Row(f"Chat turns over HTTP, {CITIZENS} citizens at once", turns / seconds, "a second", peer=gets / bare_seconds,
            peer_name=yardstick, note=f"{turns} turns; the ones asking share the two cores"),
        Row("Processor time of the server for a turn", spent * 1000, "ms", peer=bare_spent * 1000, peer_name=yardstick),
        Row("A citizen among them waits, median", quantile(waits, 0.5), "ms", peer=quantile(waits, 0.95),
            peer_name="p95"),
        Row(f"Memory of the app after {turns} turns", memory, "MB", limit=LIMIT_MB),
    ]


@asynccontextmanager
async def _server() -> AsyncIterator[tuple[Process, dict[str, Any]]]:
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as folder:
        command = ("-m", "benchmarks.server", folder, str(CITIZENS))
        process = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=PIPE, stdout=PIPE)
        assert process.stdin
        assert process.stdout
        try:
            yield process, json.loads(await process.stdout.readline())
        finally:
            process.stdin.close()
            await process.wait()


async def _all(people: Sequence[Awaitable[int]]) -> tuple[int, float]:
    """(how many requests, in how many seconds) when all begin at once."""
    began = time.perf_counter()
    done = await asyncio.gather(*people)
    return sum(done), time.perf_counter() - began


async def _citizen(http: ClientSession, url: str, token: str, waits: list[float]) -> int:

    async def say(words: str) -> str:
        began = time.perf_counter()
        body = {"client_id": uuid4().hex, "text": words}
        async with http.post(url, json=body, headers={"Authorization": f"Bearer {token}"}) as response:
            response.raise_for_status()
            found = await response.json()
        waits.append((time.perf_counter() - began) * 1000)
        mine.append(words)
        return str(found["blocks"][-1]["plain"])

    mine: list[str] = []
    await tell(say)
    return len(mine)


async def _reader(http: ClientSession, url: str, times: int) -> int:
    for _ in range(times):
        async with http.get(url) as response:
            response.raise_for_status()
            await response.read()
    return times


