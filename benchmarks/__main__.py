"""``python -m benchmarks [NAME ...]``: measure all, or what is named; only a whole run is written down."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from benchmarks import checking, crowd, hearing, merging, prefilling, publishing, report, starting, talking
from benchmarks.measure import Row, shown

ALL: dict[str, Callable[[], list[Row]]] = {
    "talking": talking.rows, "hearing": hearing.rows, "crowd": crowd.rows, "merging": merging.rows,
    "prefilling": prefilling.rows, "starting": starting.rows, "checking": checking.rows, "publishing": publishing.rows,
}


def main(names: list[str]) -> int:
    """Print every number with its limit or peer and the ratio; 1 when a limit is missed, 2 for an unknown name."""
    if unknown := [name for name in names if name not in ALL]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(ALL)}")
        return 2
    load, rows = os.getloadavg()[0], list[Row]()
    for name in names or ALL:
        for row in ALL[name]():
            rows.append(row)
            print(f"{row.name:<52} {shown(row.number):>8} {row.unit:<9} {row.beside:<44} {row.ratio:>6}"
                  f"{'  MISSED' if row.missed else ''}", flush=True)
    if not names:
        report.write(rows, load)
        print(f"written to {report.PAGE.relative_to(report.PAGE.parent.parent.parent)}")
    return int(any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
