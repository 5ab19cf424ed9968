"""`make rasa`: the server beside us is started, warmed and watched; here a stand-in with the same routes is."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from core.settings import Settings, load_settings
from deploy.rasa import __main__ as command
from deploy.rasa import beside
from deploy.rasa.beside import NoRasa, running
from nlu.engines.rasa.client import Rasa
from tests.rasa_server import TOKEN

SERVER = """
import os, sys
from pathlib import Path
from aiohttp import web
from nlu.engines.local.training import train
from nlu.training_data import Examples
from tests.rasa_server import StandIn
Path("pid").write_text(str(os.getpid()))
stand_in = StandIn()
stand_in.models["nlu-one.tar.gz"] = train(Examples({"a": ("我要退休", "办退休"), "b": ("开饭店", "开个面馆")}))
async def said(app): Path("read").write_text("\\n".join(stand_in.read))
app = stand_in.app()
app.on_shutdown.append(said)
web.run_app(app, host=sys.argv[1], port=int(sys.argv[2]), print=None)
"""


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment whose server is the stand-in."""
    python = tmp_path / "env" / "bin" / "python"
    python.parent.mkdir(parents=True)
    root = Path(__file__).parents[2]
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / "server.py").write_text(SERVER)
    monkeypatch.setattr(beside, "SERVER", tmp_path / "server.py")
    monkeypatch.setattr(running.__wrapped__, "__defaults__", (python.parents[1], None, None))
    return python.parents[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    return load_settings(rasa_url=url, rasa_token=TOKEN, data_dir=tmp_path / "var")


@pytest.fixture(autouse=True)
def trained(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model is there already."""
    async def one(rasa: Rasa, home: Path, _examples: object) -> str:
        await rasa.use("nlu-one.tar.gz")
        await beside.warmed(rasa)
        return "nlu-one.tar.gz"

    monkeypatch.setattr(command, "trained", one)


async def test_a_server_that_ends_by_itself_is_told_of(environment: Path, settings: Settings) -> None:
    async def killed(_settings: Settings, _model: str) -> int:
        os.kill(int((settings.data_dir / "rasa" / "pid").read_text()), signal.SIGKILL)
        await asyncio.Event().wait()
        return 0

    with pytest.raises(NoRasa, match=r"ended by itself.*make rasa"):
        await asyncio.wait_for(command.serve(settings, killed), 120)


async def test_it_has_read_a_sentence_before_citizens_ask(environment: Path, settings: Settings) -> None:
    async def done(_settings: Settings, _model: str) -> int:
        return 7

    assert await asyncio.wait_for(command.serve(settings, done), 120) == 7
    assert (settings.data_dir / "rasa" / "read").read_text() == "您好"
