from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.cli.predict import NoSentences, sentences


@pytest.mark.parametrize(("written", "read"), [
    ("id\ttext\tlabel\n1\t我要退休\t退休\n2\t你好\t\n", ["我要退休", "你好"]),
    ("我要退休\n\n你好\n", ["我要退休", "", "你好"]),
    ("\n我要退休\r\n \r\n你好\n\n", ["", "我要退休", " ", "你好", ""]),
    ("\ufefftext\n我要退休\n", ["我要退休"]),
    ("id\ttext\n7\n", [""]),
    ("text\tlabel\textra\r\n我要\u2028退休\t退休\tx\ty\r\n\r\n你好\r\n", ["我要\u2028退休", "你好"]),
])
def test_the_sentences_of_a_file(tmp_path: Path, written: str, read: list[str]) -> None:
    (tmp_path / "in.tsv").write_text(written, "utf-8")
    assert list(sentences(tmp_path / "in.tsv")) == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_as_a_spreadsheet_wrote_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "in.tsv").write_bytes("text\tlabel\n我要退休\t退休\n".encode(encoding))
    assert list(sentences(tmp_path / "in.tsv")) == ["我要退休"]


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_bytes(b"\x89PNG\r\n\xff\xff\x00\x80")
    with pytest.raises(NoSentences, match="UTF-8"):
        list(sentences(tmp_path / "in.tsv"))


@pytest.mark.parametrize("written", [None, "", "\n\n"])
def test_nothing_to_read_is_said(tmp_path: Path, written: str | None) -> None:
    if written is not None:
        (tmp_path / "in.tsv").write_text(written, "utf-8")
    with pytest.raises(NoSentences, match=r"in\.tsv"):
        list(sentences(tmp_path / "in.tsv"))


def test_every_sentence_gets_its_line_in_order(
    tmp_path: Path, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nlu").mkdir()
    shutil.copy(trained, tmp_path / "nlu" / "local.json")
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    written = "text\n我媳妇刚生了，要办啥手续\n楼上漏水物业不管我要投诉\n\tx\n" + "我想开公司" * 2000
    (tmp_path / "in.tsv").write_text(written, "utf-8")
    assert main(["predict", str(tmp_path / "in.tsv"), "--out", str(tmp_path / "out.jsonl")]) == 0
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    ours, other, empty, endless = map(json.loads, lines)
    assert ours["text"] == "我媳妇刚生了，要办啥手续"
    assert ours["intents"][0] == ours["ranking"][0][0] == "新生儿出生"
    assert ours["band"] == "act"
    assert ours["ms"] > 0
    assert other["intents"] == ["OOS"]
    assert (other["band"], other["kind"]) == ("out_of_scope", "complaint")
    assert empty["intents"] == ["OOS"]
    assert len(endless["text"]) == 10_000
    for line in (ours, other, empty, endless):
        scores = [score for _, score in line["ranking"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_the_order_of_two_matters_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["predict", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "need not be ranking[0]" in told
    assert "line n of the answer is line n of the file" in told
