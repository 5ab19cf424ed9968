"""The answer of every adapter's ``check()``."""

from __future__ import annotations

import time
from collections.abc import Awaitable
from dataclasses import dataclass

from core.errors import OutsideError, Refused


@dataclass(frozen=True)
class Health:
    """Whether an adapter's settings, connection and credentials work; ``says`` is for operators."""

    ok: bool
    says: str
    took_ms: float = 0.0


async def probed(where: str, asked: Awaitable[object], *, wrong: str = "") -> Health:
    """How ``where`` takes a request that it should refuse: whoever refuses that alone is there and knows us. ``wrong``
    says what an answer means instead; empty where an answer is as good."""
    begun = time.perf_counter()
    well, says = not wrong, wrong or f"{where} answers"
    try:
        await asked
    except Refused:
        well, says = True, f"{where} answers"
    except OutsideError as problem:
        well, says = False, f"{where}: {problem.message}"
    return Health(well, says, round((time.perf_counter() - begun) * 1000, 1))
