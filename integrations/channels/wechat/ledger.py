"""How many customer-service messages may still be sent to whom: WeChat's quota, counted on our side before sending.

Five in 48 hours after a message, three in a minute after a click, a follow or a scan, two in a minute after somebody
entered a mini-program's customer service (quota of 2025, tightened from twenty).
"""

from __future__ import annotations

from typing import Literal

from core.kv import KV

WINDOWS: dict[str, tuple[int, int]] = {"message": (5, 48 * 3600), "click": (3, 60), "enter": (2, 60)}
"""What somebody did -> (messages allowed, seconds)."""
RESERVE = 1
"""Of the long window one is kept for a message that matters more than a long answer."""


class Ledger:
    """The quota of every person, shared by all processes."""

    def __init__(self, kv: KV) -> None:
        self._kv = kv

    async def acted(self, user: str, how: Literal["message", "click", "enter"]) -> None:
        """Somebody wrote, clicked or entered: a new window opens."""
        allowed, seconds = WINDOWS[how]
        await self._kv.put(_key(user, how), str(allowed), seconds)

    async def take(self, user: str, *, urgent: bool = False) -> bool:
        """Take one message of what is left, short windows first. ``urgent`` may take the reserve."""
        for how in ("click", "enter", "message"):
            kept = RESERVE if how == "message" and not urgent else 0
            if await self._kv.take(_key(user, how), keep=kept):
                return True
        return False

    async def left(self, user: str) -> int:
        """How many may still be sent, the reserve included."""
        counts = [await self._kv.get(_key(user, how)) for how in WINDOWS]
        return sum(max(0, int(count or 0)) for count in counts)

    async def closed(self, user: str) -> None:
        """WeChat said that there is nothing left, whatever we counted."""
        for how in WINDOWS:
            await self._kv.drop(_key(user, how))


def _key(user: str, how: str) -> str:
    return f"wechat:left:{how}:{user}"
