"""``yijianshi import-guide``: it reports; it writes only after a yes, and never into the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.import_guide import PROGRAM
from bot.cli.main import main

GUIDE = str(Path(__file__).parents[2] / "forms" / "published_guides" / "small.yaml")


def answering(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: said)


def test_it_reports_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-guide", GUIDE]) == 0
    assert "## Traps in the guide" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_it_writes_after_a_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "y")
    assert main(["import-guide", GUIDE, "--write", str(tmp_path / "proposal")]) == 0
    assert (tmp_path / "proposal" / "report.md").exists()
    assert (tmp_path / "proposal" / "forms" / "materials" / "g00abc0001.yaml").exists()


def test_promises_of_a_named_region_and_no_other_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-guide", GUIDE, "--region", "339999"]) == 1
    assert "339999 is no region" in capsys.readouterr().err


def test_it_writes_nothing_after_a_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "")
    assert main(["import-guide", GUIDE, "--write", str(tmp_path / "proposal")]) == 1
    assert not (tmp_path / "proposal").exists()


def test_it_never_writes_over_anything_nor_into_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert main(["import-guide", GUIDE, "--yes", "--write", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert main(["import-guide", GUIDE, "--yes", "--write", str(PROGRAM / "forms" / "new")]) == 1
    assert "never changed by an import" in capsys.readouterr().err
    assert not (PROGRAM / "forms" / "new").exists()


def test_a_file_that_is_no_guide_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("[]", "utf-8")
    assert main(["import-guide", str(tmp_path / "x.json")]) == 1
    assert "not a published guide" in capsys.readouterr().err
