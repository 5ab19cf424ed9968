"""The demo exchange as a process of its own, agreed with by settings alone."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import Refused
from core.settings import Settings, load_settings
from integrations.demo_exchange import cards
from integrations.identity.ticket import TicketIdentity
from integrations.sources.gateway import Gateway
from tests.integrations.sources import world


@dataclass
class Running:
    """The process, where it is, and settings that know it."""

    process: Process
    settings: Settings


async def _start(folder: Path, port: int) -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YJS_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "integrations.sources.demo", "--port", str(port), stdout=DEVNULL, stderr=PIPE,
        env={**environment, "YJS_DATA_DIR": str(folder)}, cwd=Path(__file__).parents[2],
    )


@pytest.fixture
async def exchange(tmp_path: Path) -> AsyncIterator[Running]:
    process = await _start(tmp_path, 0)
    assert process.stderr is not None
    line = (await asyncio.wait_for(process.stderr.readline(), 90)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    yield Running(process, load_settings(data_dir=tmp_path, sources_url=found[0]))
    if process.returncode is None:
        process.kill()
        await process.communicate()


async def test_both_sides_agree_and_it_ends_when_told(exchange: Running, tmp_path: Path) -> None:
    gateway, identity = Gateway.from_settings(exchange.settings), TicketIdentity.from_settings(exchange.settings)
    first = cards()[0].person
    answer = await gateway.ask(world.query(attributes=("name",), id_number=first.id_number))
    assert answer.outcome == "got"
    assert (await gateway.check()).ok
    assert (await identity.check()).ok
    with pytest.raises(Refused):
        await identity.person("ST-an-invented-ticket")
    await gateway.close()
    await identity.close()

    second = await _start(tmp_path, int(exchange.settings.exchange_url.rpartition(":")[2]))
    _, said = await asyncio.wait_for(second.communicate(), 90)
    assert re.fullmatch(r"port \d+ on 127\.0\.0\.1 is taken: choose another one\n", said.decode())

    exchange.process.send_signal(signal.SIGTERM)
    _, rest = await asyncio.wait_for(exchange.process.communicate(), 90)
    assert (exchange.process.returncode, rest) == (0, b"")
