"""``yijianshi check``: loading the content, checking names and sense, walking the worked examples; and the memory that
the catalogue holds."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.measure import Row

LIMIT_S = 3.0
LIMIT_MB = 60.0
HOLDING = """
import gc
import os
from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from intents.catalogue import Catalogue
from benchmarks.measure import resident_mb
gc.collect()
before = resident_mb(os.getpid())
engine, catalogue = Engine(Bank.load([PACKAGED])), Catalogue.load()
gc.collect()
print(resident_mb(os.getpid()) - before)
"""


def rows() -> list[Row]:
    """Seconds of the command with and without walking, with the content read before."""
    checked, walked = _seconds("--no-walk"), _seconds()
    return [
        Row("Content check, without walking", checked, "s", limit=LIMIT_S),
        Row("Memory of the catalogue", _held(), "MB", limit=LIMIT_MB),
        Row("Content check, with every worked example", walked, "s", peer=checked, peer_name="without walking"),
    ]


def _held() -> float:
    """What a process grows by when it reads all one-things, with what reading leaves behind."""
    done = subprocess.run([sys.executable, "-c", HOLDING], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _seconds(*options: str) -> float:
    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot.cli.main", "check", *options], check=True,
                       stdout=subprocess.DEVNULL)
        return time.perf_counter() - began

    return min(once() for _ in range(2))
