"""The page in docs/reference: machine, date, tables; what to make of them stands between, written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.nlu.scores import Scores
from benchmarks.nlu.speed import Speed
from benchmarks.report import machine
from core.clock import today

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "understanding.md"
NAMES = {"local": "local", "ranking": "local, the ranking alone", "embed": "embed", "cascade": "cascade",
         "linear": "Rasa, logistic regression", "diet": "Rasa, DIET"}
PART = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A contender on a task. ``threshold`` is accuracy and refusal at each of the thresholds of `THRESHOLDS`."""

    task: str
    engine: str
    scores: Scores
    threshold: tuple[float, ...] | None
    train_cpu: float
    read_ms: float
    read: int = 0
    """Sentences that were read."""

    def shown(self) -> str:
        """For a terminal."""
        return f"{self.task:<13} {self.engine:<7} " + " ".join(f"{cell:>7}" for cell in self.cells())

    def cells(self) -> tuple[str, ...]:
        """The numbers, in the order of the table."""
        one = self.scores
        shares = (one.right, one.among_three, one.auroc, one.refused, one.accepted, *(self.threshold or ()))
        return (*("" if share is None else f"{100 * share:.1f}" for share in shares),
                f"{self.train_cpu:.1f}", f"{self.read_ms:.1f}")


SCORES = ("first right", "among three", "AUROC", "refused at 95 kept", "accepted at 90 kept")
THRESHOLDS = ("right, threshold", "refused, threshold", "right, 92 tuned", "refused, 92 tuned")
"""Where a threshold is chosen on sentences of its own: the one that is right most often, and the highest that leaves 92
of 100 right."""
COSTS = ("training, s", "a sentence, ms")
SPEED_COLUMNS = ("p50 ms", "p95 ms", "p99 ms", "a second, 8 connections", "processor ms each", "memory MB", "start s")


def head(first: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """The head of a table, names left and numbers right."""
    return f"| {' | '.join((*first, *columns))} |\n|{'---|' * len(first)}{'---:|' * len(columns)}\n"


def write(lines: Iterable[Line], speeds: Mapping[str, Speed], page: Path = PAGE) -> None:
    """Fill in what was measured; rows of sets and contenders that were not measured this time stay as they are."""
    held, before = list(lines), page.read_text("utf-8")
    old = {found[2]: found[0] for found in PART.finditer(before)}
    parts = {"when": f"Measured on {today().isoformat()}: {machine()}.\n"}
    for group in ("golden", "own", "smp", "massive", "clinc"):
        rows = [line for line in held if line.task.split()[0].rstrip(",") == group]
        if rows:
            fresh = [_row(line) for line in _averaged(rows)]
            columns = (*SCORES, *(THRESHOLDS if rows[0].threshold else ()), *COSTS)
            parts[group] = head(("set", "engine"), columns) + "".join(joined(_rows(old.get(group, "")), fresh, 2))
    if speeds:
        fresh = [_speed(name, one) for name, one in speeds.items()]
        parts["speed"] = head(("engine",), SPEED_COLUMNS) + "".join(joined(_rows(old.get("speed", "")), fresh, 1))
    page.write_text(PART.sub(lambda found: _filled(found, parts), before), "utf-8")


def joined(old: list[str], fresh: list[str], names: int) -> list[str]:
    """Old rows with the fresh ones in their places; one that is new stands behind the last of the same set.

    A row is known by its first ``names`` cells.
    """
    def key(row: str) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in row.split("|")[1 : names + 1])

    found = list(old)
    for row in fresh:
        same = [place for place, there in enumerate(found) if key(there) == key(row)]
        beside = [place + 1 for place, there in enumerate(found) if names > 1 and key(there)[0] == key(row)[0]]
        if same:
            found[same[0]] = row
        else:
            found.insert(beside[-1] if beside else len(found), row)
    return found


def _rows(part: str) -> list[str]:
    """The rows of a table that stands on the page, without its head."""
    return [f"{line}\n" for line in part.splitlines() if line.startswith("| ")][1:]


def _filled(found: re.Match[str], parts: Mapping[str, str]) -> str:
    part = parts.get(found[2])
    return found[0] if part is None else f"{found[1]}\n{part}\n{found[3]}"


def _averaged(rows: list[Line]) -> list[Line]:
    """Folds of our own sentences as one line an engine; everything else as it is."""
    if not rows[0].task.startswith("own"):
        return rows
    return [_mean([row for row in rows if row.engine == engine]) for engine in dict.fromkeys(r.engine for r in rows)]


def _mean(rows: list[Line]) -> Line:
    def mean(values: Iterable[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else None

    told = {name: mean(getattr(row.scores, name) for row in rows) for name in vars(rows[0].scores)}
    task = f"own, {len(rows)} folds of {sum(row.read for row in rows):,}"
    return Line(task, rows[0].engine, Scores(**told), None,  # type: ignore[arg-type]
                mean(row.train_cpu for row in rows) or 0.0, mean(row.read_ms for row in rows) or 0.0)


def _row(line: Line) -> str:
    return f"| {line.task} | {NAMES[line.engine]} | " + " | ".join(line.cells()) + " |\n"


def _speed(name: str, one: Speed) -> str:
    waits = " | ".join(f"{wait:.1f}" for wait in one.alone)
    return (f"| {NAMES[name]} | {waits} | {one.rate:.0f} | {one.cpu_ms:.1f} | {one.memory_mb:.0f} | "
            f"{one.start_seconds:.1f} |\n")
