"""Ending tasks that run until they are told to stop."""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN = 1.0
"""Seconds after which a task that has not ended is told again."""


async def ended(*tasks: asyncio.Task[Any] | None) -> None:
    """Cancel, and wait until all have ended, however they end. ``None`` is none.

    One may be lost: `asyncio.wait_for` of Python 3.11, which libraries use, drops a cancellation when what it waits for
    comes in the same moment. A loop would go on then, and who waits for its end would wait for ever.
    """
    left = {task for task in tasks if task is not None}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN)
