"""``yijianshi check --report``: both files, the same findings, and the exit code of the check."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from bot.cli.main import main


def test_the_report_is_written_and_sound_content_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--no-walk", "--report", str(tmp_path / "out")]) == 0
    told = json.loads((tmp_path / "out" / "contradictions.json").read_text("utf-8"))
    page = html.unescape((tmp_path / "out" / "contradictions.html").read_text("utf-8"))
    assert [trap["number"] for trap in told["traps"]] == list(range(1, 18))
    assert told["mistakes"] == []
    for trap in told["traps"]:
        assert trap["title"] in page
        for one in trap["found"]:
            assert one["wrong"] in page
            assert f"{one['file']}:{one['line']}" in page
    assert "instant_card" in told["unconfirmed"]["620802"]
    assert "instant_card" in page
    assert {"newborn_birth", "retirement", "open_restaurant"} <= told["regions"].keys()
    assert "promise_shorter_than_chain" in capsys.readouterr().out
    # no finding but those that somebody looked at, and none of these that is gone
    assert [f"{trap['code']} {one['file']}:{one['line']} {one['wrong']}" for trap in told["traps"]
            for one in trap["found"]] == []
    assert told["accepted_but_gone"] == []
    assert told["accepted"]
    assert all(one["reason"] in page and one["found"] for one in told["accepted"])


def test_a_mistake_is_in_the_report_and_in_the_exit_code(tmp_path: Path) -> None:
    items = tmp_path / "over" / "forms" / "items"
    items.mkdir(parents=True)
    (items / "ghost.yaml").write_text(
        "code: ghost\ntitle: 没有的\ndepartment: 甲\nkind: 公共服务\nlimit: {legal: 1, promised: 5}\n"
        "roles: {who: person}\nneeds: [who.name]\nresults: [证]\n", "utf-8")
    assert main(["check", "--no-walk", "--report", str(tmp_path / "out"), str(tmp_path / "over")]) == 1
    told = json.loads((tmp_path / "out" / "contradictions.json").read_text("utf-8"))
    assert any("ghost.yaml" in mistake for mistake in told["mistakes"])
    first = told["traps"][0]["found"]
    assert [one["mistake"] for one in first if "ghost" in one["wrong"]] == [True]


def test_a_region_that_does_not_exist_is_said_at_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YJS_REGIONS", "330106,339999")
    assert main(["check", "--no-walk"]) == 1
    assert "YJS_REGIONS names 339999, and there is no such region" in capsys.readouterr().err
