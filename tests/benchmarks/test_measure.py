from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.__main__ import main
from benchmarks.measure import Row, quantile, timed


def test_a_quantile_is_one_of_the_values() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([3.0, 1.0, 2.0], 1.0) == 3.0


def test_above_its_limit_a_number_misses_it_and_beside_a_peer_it_never_does() -> None:
    assert Row("x", 8.1, "ms", limit=8.0).missed
    assert not Row("x", 8.0, "ms", limit=8.0).missed
    assert not Row("x", 9.0, "ms", peer=1.0).missed
    assert Row("x", 9.0, "ms", peer=4.5, peer_name="y").ratio == "2.00"


def test_timing_runs_once_more_to_warm_up() -> None:
    runs: list[int] = []
    times = timed(lambda: runs.append(1), 3)
    assert (len(runs), len(times.wall), len(times.cpu)) == (4, 3, 3)


def test_the_page_is_the_same_for_the_same_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "PAGE", tmp_path / "reference" / "performance.md")
    rows = [Row("Turn", 12.34, "ms", limit=8.0, note="why"), Row("Get", 120.4, "ms", peer=60.2, peer_name="a peer")]
    pages = []
    for _ in range(2):
        report.write(rows, 1.0)
        pages.append(report.PAGE.read_text("utf-8"))
    assert pages[0] == pages[1]
    assert "| Turn | 12.3 ms | at most 8.00 ms **missed** | 1.54 |" in pages[0]
    assert "| Get | 120 ms | 60.2 ms: a peer | 2.00 |" in pages[0]


def test_an_unknown_benchmark_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "nothing" in capsys.readouterr().out
