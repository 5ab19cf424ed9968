"""``yijianshi train | evaluate | publish | rollback``: versions by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main
from tests.intents.training.conftest import TINY


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, and few sentences to train on."""
    folder = tmp_path / "utterances"
    folder.mkdir()
    for intent, texts in TINY.items():
        write(folder, intent, texts)
    monkeypatch.setattr("bot.house.utterance_folders", lambda settings: [folder])
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("YJS_EVALUATION_FOLDS", "0")
    return folder


def write(folder: Path, intent: str, texts: tuple[str, ...]) -> None:
    lines = "\n".join(f"    - {text}" for text in texts)
    (folder / f"{intent}.yml").write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{lines}\n", "utf-8")


def test_a_version_is_made_compared_published_and_taken_back(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollback"]) == 1
    assert "there is no former version" in capsys.readouterr().err
    assert main(["train", "--note", "first"]) == 0
    assert "version 1: 18 sentences of 3 intents" in capsys.readouterr().out
    assert main(["train"]) == 0
    assert "nothing has changed since version 1" in capsys.readouterr().out
    assert main(["publish", "1"]) == 0
    write(small, "retirement", TINY["newborn_birth"])
    write(small, "newborn_birth", TINY["retirement"])
    assert main(["train"]) == 0
    said = capsys.readouterr().out
    assert "version 2: " in said
    assert "in force now: version 1" in said
    assert main(["evaluate", "--version", "2", "--against", "1"]) == 0
    assert "answers differ from version 1" in capsys.readouterr().out
    assert main(["publish", "2"]) == 0
    assert "version 2 is in force instead of 1" in capsys.readouterr().out
    (tmp_path / "in.tsv").write_text(f"text\n{TINY['newborn_birth'][0]}\n", "utf-8")
    assert main(["predict", str(tmp_path / "in.tsv")]) == 0
    assert '"ranking": [["退休"' in capsys.readouterr().out
    assert main(["rollback"]) == 0
    assert "version 1 is in force again" in capsys.readouterr().out
    assert main(["predict", str(tmp_path / "in.tsv")]) == 0
    assert '"ranking": [["新生儿出生"' in capsys.readouterr().out
    assert main(["publish", "9"]) == 1
    assert "there is no version 9" in capsys.readouterr().err
