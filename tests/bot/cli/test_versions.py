"""``yijianshi train | evaluate | publish | rollback``: versions by command."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from bot.cli.benching import print_evaluation
from bot.cli.evaluate import unread
from bot.cli.main import main
from core.settings import Settings
from intents.models import EvaluationRow, ModelVersion
from intents.training.measures import Evaluation
from tests.intents.training.conftest import TINY
from tests.intents.training.test_gate import report

GOLDEN = "text\tintent\tnote\n小孩生了要办哪些手续\tnewborn_birth\t\n我爸退休了去哪里办\tretirement\t\n"
SUBSIDY = ("育儿补贴怎么领", "三岁以下的孩子有补贴吗", "养娃的补贴去哪申请", "生孩子国家给的补贴", "育儿补贴多少钱一年",
           "申请育儿补贴要什么")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, few sentences to train on, and two golden ones."""
    folder = tmp_path / "utterances"
    folder.mkdir()
    for intent, texts in TINY.items():
        write(folder, intent, texts)
    (tmp_path / "golden.tsv").write_text(GOLDEN, "utf-8")
    monkeypatch.setattr("intents.training.starting.FILE", tmp_path / "golden.tsv")
    monkeypatch.setattr("bot.house.utterance_folders", lambda settings: [folder])
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("YJS_EVALUATION_FOLDS", "2")
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
    assert main(["evaluate", "--version", "1"]) == 0
    said = capsys.readouterr().out
    assert "golden set with what the files give by themselves: right" in said
    assert "0 answers differ" in said
    assert main(["publish", "1"]) == 0
    write(small, "childcare_subsidy", SUBSIDY)
    assert main(["train", "--folds", "0"]) == 0
    said = capsys.readouterr().out
    assert "version 2: 24 sentences of 4 intents" in said
    assert "in force now: version 1" in said
    assert main(["publish", "2"]) == 1
    assert "folds gone" in capsys.readouterr().err
    assert main(["evaluate", "--version", "2", "--against", "1", "--folds", "2"]) == 0
    assert "answers differ from version 1" in capsys.readouterr().out
    assert main(["publish", "2"]) == 0
    assert "version 2 is in force instead of 1" in capsys.readouterr().out
    (tmp_path / "in.tsv").write_text(f"text\n{SUBSIDY[0]}\n", "utf-8")
    assert main(["predict", str(tmp_path / "in.tsv")]) == 0
    assert '"ranking": [["育儿补贴' in capsys.readouterr().out
    assert main(["rollback"]) == 0
    assert "version 1 is in force again" in capsys.readouterr().out
    assert main(["predict", str(tmp_path / "in.tsv")]) == 0
    assert '"ranking": [["育儿补贴' not in capsys.readouterr().out
    assert main(["publish", "9"]) == 1
    assert "there is no version 9" in capsys.readouterr().err


def test_what_a_server_made_of_the_golden_set_is_said_under_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    good = report(20)
    print_evaluation(Evaluation(golden=good, golden_before=good, against=1))
    assert "server" not in capsys.readouterr().out
    print_evaluation(Evaluation(golden=good, server=report(15, 5), server_before=good, against=1))
    said = capsys.readouterr().out
    places = [said.index(f"golden set{one}:") for one in ("", ", server", ", server, with version 1")]
    assert places == sorted(places)
    assert "right 83.3% of 30" in said


@pytest.mark.parametrize(("nlu", "model", "golden", "server", "asks"), [
    ("rasa", "a.tar.gz", "g", None, True), ("rasa", "a.tar.gz", "g", {"accuracy": 1.0}, False),
    ("local", "a.tar.gz", "g", None, False), ("rasa", "", "g", None, False), ("rasa", "a.tar.gz", "", None, False),
])
def test_an_evaluation_that_the_server_had_no_part_in_is_made_again(
    nlu: Literal["rasa", "local"], model: str, golden: str, server: object, asks: bool
) -> None:
    row = EvaluationRow(version_id=1, golden=golden, summary={"server": server} if server else {})
    assert unread(row, ModelVersion(id=1, server_model=model), Settings(nlu=nlu)) is asks


def test_the_sentences_as_they_are_get_the_same_report_as_a_version(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--folds", "2"]) == 0
    said = capsys.readouterr().out
    for words in ("cross-validation:", "golden set:", "precision", "calibration error", "none of ours taken", "of 18;"):
        assert words in said
    assert not list((tmp_path / "var" / "nlu").iterdir())


@pytest.mark.parametrize("folds", ["-3", "0", "1", "11", "x"])
def test_folds_that_make_no_sense_are_refused(folds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", f"--folds={folds}"])
    assert ended.value.code == 2
    assert "--folds" in capsys.readouterr().err
