"""``yijianshi check``: loading the content, checking names and sense, walking the worked examples."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.measure import Row

LIMIT_S = 5.0


def rows() -> list[Row]:
    """Seconds of the command with and without walking, with the content read before."""
    checked, walked = _seconds("--no-walk"), _seconds()
    return [
        Row("Content check, without walking", checked, "s", limit=LIMIT_S),
        Row("Content check, with every worked example", walked, "s", peer=checked, peer_name="without walking"),
    ]


def _seconds(*options: str) -> float:
    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot.cli.main", "check", *options], check=True,
                       stdout=subprocess.DEVNULL)
        return time.perf_counter() - began

    return min(once() for _ in range(2))
