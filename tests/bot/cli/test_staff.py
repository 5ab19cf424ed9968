"""Accounts made at the machine."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.cli.main import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    assert main(["migrate"]) == 0


def add(monkeypatch: pytest.MonkeyPatch, password: str, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["staff", "add", "admin", "管理员", "--password-stdin", *more])


def test_the_first_administrator_is_made_and_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(monkeypatch, "a-long-password") == 0
    assert main(["staff", "list"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.split()[:3] == ["admin", "admin", "管理员"]
    assert "a-long-password" not in line


def test_what_cannot_be_made_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(monkeypatch, "short") == 1
    assert "10 to 200" in capsys.readouterr().err
    assert add(monkeypatch, "a-long-password", "--role", "reviewer", "--region", "330106") == 0
    assert add(monkeypatch, "a-long-password") == 1
    assert "has this login already" in capsys.readouterr().err
