"""``python -m benchmarks.nlu``: our engines and Rasa on the same sentences in one run.

``--write`` writes docs/reference/understanding.md, after each set; rows that were not measured stay.
Answers are kept by the digest of their question, so that a run goes on where it was stopped, or ``--minutes`` ended it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.nlu import ours, peers, report, scores, speed, tasks
from benchmarks.nlu.embed import available
from benchmarks.nlu.report import Line
from benchmarks.nlu.tasks import Task
from deploy.rasa.beside import ENVIRONMENT

NICE = 10
"""It takes long, and other work on the machine comes first."""
MISSING = ("no public sets are read: name their folder with --data or NLU_DATA; "
           "docs/how-to/measure-understanding.md says where they are from")


def main() -> int:
    """Measure what is asked for, print it, and write the page after a whole run."""
    asked = _asked()
    os.nice(NICE)
    until = time.monotonic() + 60 * asked.minutes
    lines = list[Line]()
    for task in _tasks(asked):
        if time.monotonic() > until:
            print(f"{task.name:<13} left for another run: {asked.minutes} minutes are over", flush=True)
            continue
        lines += _lines(task, asked)
        if asked.write:
            report.write(_whole(lines), {})
    if asked.write:
        report.write(_whole(lines), asyncio.run(_speeds(asked)) if asked.speed else {})
        print(f"written to {report.PAGE.name}")
    elif asked.speed:
        asyncio.run(_speeds(asked))
    return 0


def _whole(lines: list[Line]) -> list[Line]:
    """Without the folds of our own sentences as long as some are missing: they are one row."""
    folds = Counter(line.engine for line in lines if line.task.startswith("own"))
    return [line for line in lines if not line.task.startswith("own") or folds[line.engine] == tasks.FOLDS]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.nlu", description=__doc__)
    parser.add_argument("tasks", nargs="*", help="golden, own, smp, massive, clinc, or one of them, such as 'smp 20'")
    parser.add_argument("--data", type=Path, default=os.environ.get("NLU_DATA"), help="folder of the public sets")
    parser.add_argument("--engines", default="local,embed,cascade,linear,diet", help="contenders, with commas between")
    parser.add_argument("--rasa", type=Path, default=ENVIRONMENT, help="Rasa's environment; `make rasa` builds it")
    parser.add_argument("--kept", type=Path, default=Path("var/benchmarks-nlu"), help="where answers are kept")
    parser.add_argument("--kept-only", action="store_true", help="make no new answers of Rasa, which takes long")
    parser.add_argument("--speed", action="store_true", help="measure speed over HTTP too")
    parser.add_argument("--write", action="store_true", help="write what was measured into the page, set by set")
    parser.add_argument("--minutes", type=float, default=600.0, help="begin no other set after so many minutes")
    return parser.parse_args()


def _tasks(asked: argparse.Namespace) -> Iterator[Task]:
    found = [*tasks.golden(), *tasks.own()]
    if asked.data is None:
        print(MISSING, file=sys.stderr)
    else:
        data = Path(asked.data)
        found += [*tasks.smp(data), *tasks.massive(data), *tasks.clinc(data)]
    for task in found:
        if not asked.tasks or {task.name, task.name.split()[0]} & set(asked.tasks):
            yield task


def _lines(task: Task, asked: argparse.Namespace) -> Iterator[Line]:
    for name in asked.engines.split(","):
        found = _answer(name, task, asked)
        if found is None:
            print(f"{task.name:<13} {name:<7} left out", flush=True)
            continue
        count = len(task.test)
        read, tuned = found["rankings"][:count], found["rankings"][count:]
        threshold = scores.by_threshold(task.tune, tuned, task.test, read) if task.tune else None
        shown = f"golden, {len(task.train):,}" if task.name == "golden" else task.name
        line = Line(shown, name, scores.of([truth for _, truth in task.test], read), threshold,
                    found["train_cpu"], sorted(found["ms"])[len(found["ms"]) // 2], count)
        print(line.shown(), flush=True)
        yield line


def _answer(name: str, task: Task, asked: argparse.Namespace) -> dict[str, Any] | None:
    """None where a contender is not installed, or not waited for."""
    if name in ours.TRAINERS:
        if name in ours.WITH_ENCODER and not available():
            return None
        return ours.run(name, task, asked.kept)
    if not asked.kept_only and not (asked.rasa / "bin" / "python").exists():
        return None
    return peers.run(asked.rasa / "bin" / "python", name, task, asked.kept, make=not asked.kept_only)


async def _speeds(asked: argparse.Namespace) -> dict[str, speed.Speed]:
    found = {"local": await speed.ours("local"), "ranking": await speed.ours("local", ranking=True)}
    if available():
        found["embed"] = await speed.ours("embed")
    if (asked.rasa / "bin" / "python").exists():
        found["linear"] = await speed.rasa(asked.rasa, asked.kept.absolute() / "rasa")
    for name, one in found.items():
        print(name, one, flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
