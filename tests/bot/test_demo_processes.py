"""Demo servers beside the app: waited for where they are needed, ended with it, missed loudly."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from bot import demo_processes
from bot.demo_processes import Demo, DemoDidNotStart, beside
from core.settings import Settings


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """The only one there is: Python's own server of files."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ("http.server", str(port), "--bind", "127.0.0.1", "--directory", str(tmp_path))
    one = Demo("the demo of files", port, arguments, {}, tmp_path / "files.log")
    monkeypatch.setattr(demo_processes, "demos", lambda settings: (one,))
    return one


async def test_a_demo_is_up_when_it_was_waited_for_and_gone_after_the_block(demo: Demo) -> None:
    async with beside(Settings()) as ready:
        await ready()
        _, writer = await asyncio.open_connection("127.0.0.1", demo.port)
        writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", demo.port)


async def test_a_demo_that_ends_at_once_is_told_with_its_log(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Demo(demo.name, demo.port, ("no_such_module",), {}, demo.log)
    monkeypatch.setattr(demo_processes, "demos", lambda settings: (broken,))
    with pytest.raises(DemoDidNotStart, match="the demo of files did not start: see "):
        async with beside(Settings()) as ready:
            await ready()
    assert "no_such_module" in demo.log.read_text("utf-8")
