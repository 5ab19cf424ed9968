"""The province as a process: killed and started again, it goes on where it was."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from integrations.platforms.gateway import GatewayPlatform
from tests.integrations.platforms.conftest import connect
from tests.integrations.platforms.world import CALLBACK_KEY, SECRET, package, words

Start = Callable[..., Awaitable[tuple[asyncio.subprocess.Process, str]]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    started: list[asyncio.subprocess.Process] = []

    async def run(*options: str) -> tuple[asyncio.subprocess.Process, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "integrations.platforms.demo", "--port", "0", "--data", str(tmp_path / "p.db"),
            "--secret", SECRET, "--callback-key", CALLBACK_KEY, *options,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout is not None
        return process, (await asyncio.wait_for(process.stdout.readline(), 90)).decode().strip()

    yield run
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def tick(url: str, seconds: float) -> int:
    async with aiohttp.ClientSession() as session, session.post(f"{url}/_tick", json={"seconds": seconds}) as response:
        return int((await response.json())["steps"])


async def seen(platform: GatewayPlatform) -> list[str]:
    return words(await platform.events(package().leg_number))


async def test_killed_and_started_again(start: Start, tmp_path: Path) -> None:
    process, url = await start("--manual")
    platform = connect(url)
    receipt = await platform.submit(package())
    assert await tick(url, 11) == 3
    before = await platform.events(package().leg_number)
    process.kill()
    await process.wait()
    await platform.close()

    process, url = await start("--manual", "--speed", "1")
    platform = connect(url)
    again = await platform.submit(package())
    assert (again.platform_number, again.duplicate) == (receipt.platform_number, True)
    assert await platform.events(package().leg_number) == before
    async with aiohttp.ClientSession() as session:
        await session.post(f"{url}/_speed", json={"speed": 600})
    assert await tick(url, 1000) == 3
    assert (await seen(platform))[-1] == "delivered"
    await platform.close()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 90) == 0
    assert b"33010619920512001X" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


async def test_live_offices_work_by_themselves(start: Start) -> None:
    _, url = await start("--speed", "200000")
    platform = connect(url)
    await platform.submit(package())
    async with asyncio.timeout(90):
        while "delivered" not in await seen(platform):
            await asyncio.sleep(0.05)
    assert (await seen(platform))[-1] == "delivered"
    await platform.close()


@pytest.mark.parametrize("broken", ["port", "data"])
async def test_what_is_in_the_way_is_named_in_one_sentence(start: Start, tmp_path: Path, broken: str) -> None:
    _, url = await start()
    port = url.rpartition(":")[2] if broken == "port" else "0"
    data = tmp_path / "other.db" if broken == "port" else tmp_path
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "integrations.platforms.demo", "--port", port, "--data", str(data), "--secret", "a",
        "--callback-key", "b", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )
    _, told = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 1
    assert "Traceback" not in told.decode()
    assert (port if broken == "port" else str(data)) in told.decode()
