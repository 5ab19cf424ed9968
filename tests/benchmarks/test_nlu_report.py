"""The page of measures: a run of a part of it leaves the rest as it was."""

from __future__ import annotations

from pathlib import Path

from benchmarks.nlu.report import Line, joined, write
from benchmarks.nlu.scores import Scores

PAGE = """before
<!-- measured: when -->
long ago
<!-- end -->
<!-- measured: smp -->

| set | engine | right |
|---|---|---:|
| smp 10 | local | 1.0 |
| smp 10 | Rasa, logistic regression | 2.0 |
| smp 20 | local | 3.0 |

<!-- end -->
after
"""
SCORES = Scores(0.5, 0.75, None, None, None)


def test_rows_that_were_not_measured_stay(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    write([Line("smp 10", "local", SCORES, None, 1.0, 1.0), Line("smp 10", "embed", SCORES, None, 1.0, 1.0)], {}, page)
    found = page.read_text("utf-8")
    assert "long ago" not in found
    rows = [line.split(" | ")[:3] for line in found.splitlines() if line.startswith("| smp")]
    assert rows == [
        ["| smp 10", "local", "50.0"], ["| smp 10", "Rasa, logistic regression", "2.0 |"],
        ["| smp 10", "embed", "50.0"], ["| smp 20", "local", "3.0 |"],
    ]
    write([], {}, page)
    assert "| smp 10 | embed | 50.0" in page.read_text("utf-8")


def test_folds_are_one_row_that_says_how_many_were_read(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- measured: own -->\n<!-- end -->\n", "utf-8")
    write([Line(f"own {fold}", "local", SCORES, None, 1.0, 1.0, 600) for fold in (1, 2)], {}, page)
    assert "| own, 2 folds of 1,200 | local | 50.0 |" in page.read_text("utf-8")


def test_a_new_set_stands_at_the_end() -> None:
    assert joined(["| a | x | 1 |\n"], ["| b | x | 2 |\n"], 2) == ["| a | x | 1 |\n", "| b | x | 2 |\n"]
