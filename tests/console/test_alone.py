"""The console by itself, and the first administrator."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from console import alone
from console.models import Account
from core.database import database
from core.settings import load_settings


def test_an_administrator_is_made_from_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(alone, "set_up_logging", lambda level, as_json: None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert alone.main(["account", "root", "--name", "首位管理员"]) == 0
    assert "root may sign in once with" in capsys.readouterr().out
    assert alone.main(["account", "root", "--name", "又一位"]) == 1

    async def look() -> Account:
        async with database(load_settings(data_dir=tmp_path).db_url):
            return await Account.get(login="root")

    account = asyncio.run(look())
    assert (account.role, account.must_change) == ("admin", True)


async def test_it_serves_alone_and_makes_no_demo_accounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, stop = load_settings(data_dir=tmp_path, demo=False), asyncio.Event()
    running = asyncio.create_task(alone.serve(settings, "127.0.0.1", 0, stop))
    async with asyncio.timeout(120):
        while not (found := re.search(r"http://\S+", capsys.readouterr().out)) and not running.done():
            await asyncio.sleep(0.05)
    assert found is not None
    async with aiohttp.ClientSession() as session, session.get(found[0]) as answer:
        page = await answer.text()
        assert (answer.status, answer.url.path) == (200, "/console/sign-in")
        assert "reviewer-demo" not in page
    assert await Account.all().count() == 0
    stop.set()
    await running
