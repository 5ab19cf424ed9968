"""Numbers and how they are taken: wall and processor time, quantiles, limits and peers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = 100
"""Clock ticks a second in ``/proc/<pid>/stat``."""


@dataclass(frozen=True)
class Row:
    """One measured number. It is held against a limit it must stay below, or beside a peer that only tells."""

    name: str
    number: float
    unit: str
    limit: float | None = None
    peer: float | None = None
    peer_name: str = ""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the number is above its limit."""
        return self.limit is not None and self.number > self.limit

    @property
    def beside(self) -> str:
        """The limit or the peer, in words."""
        if self.limit is not None:
            return f"at most {shown(self.limit)} {self.unit}"
        return f"{shown(self.peer)} {self.unit}: {self.peer_name}" if self.peer is not None else "-"

    @property
    def ratio(self) -> str:
        """The number as a part of its limit or peer."""
        other = self.limit if self.limit is not None else self.peer
        return f"{self.number / other:.2f}" if other else "-"


def shown(number: float) -> str:
    """A number with as many digits as it deserves."""
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which ``part`` (0 to 1) of the values lie; the nearest one there is."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@dataclass
class Times:
    """Milliseconds on the wall and of this process's processor time, one entry a run."""

    wall: list[float]
    cpu: list[float]

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time a block."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)


def timed(run: Callable[[], object], times: int) -> Times:
    """Run a function so many times, after once to warm up."""
    run()
    found = Times([], [])
    for _ in range(times):
        with found.one():
            run()
    return found


def cpu_seconds(pid: int) -> float:
    """Processor seconds a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    """Memory a process holds, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
