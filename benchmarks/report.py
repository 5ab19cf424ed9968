"""The page in docs/reference: machine, date, command, table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measure import Row, shown
from core.clock import today

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "performance.md"
HEAD = """# Performance

What `make bench` (`python -m benchmarks`) measured on {day}. A number with a limit must stay at or below it, or the
command fails; a number with a peer only tells. Everything runs on this one machine, over loopback where HTTP is meant.

- Machine: {machine}
- Load of the machine when it began, by all its work: {load}

| What | Measured | Limit or peer | Ratio |
|---|---:|---|---:|
"""


def write(rows: Iterable[Row], load: float) -> None:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    held = list(rows)
    notes = [f"- {row.name}: {row.note}." for row in held if row.note]
    head = HEAD.format(day=today().isoformat(), machine=machine(), load=f"{load:.1f}")
    PAGE.write_text(head + "".join(map(_line, held)) + "\n" + "\n".join(notes) + "\n", "utf-8")


def _line(row: Row) -> str:
    missed = " **missed**" if row.missed else ""
    return f"| {row.name} | {shown(row.number)} {row.unit} | {row.beside}{missed} | {row.ratio} |\n"


def machine() -> str:
    """Cores, memory, system and Python, without any name of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}, SQLite")
