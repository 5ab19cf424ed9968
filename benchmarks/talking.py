"""A turn of the chat in process: understand, step, save, on SQLite; the whole newborn story, by several citizens."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from uuid import uuid4

from benchmarks.measure import Row, Times, quantile
from benchmarks.story import all_confirm, house_in, one_more_father, tell
from bot.house import House

CITIZENS = 20
LIMIT_MS = 8.0


def rows() -> list[Row]:
    """Median, 95th percentile and processor time of a turn."""
    times = asyncio.run(_times())
    median, cpu = quantile(times.wall, 0.5), quantile(times.cpu, 0.5)
    turns = f"{len(times.wall)} turns of {CITIZENS} newborn stories, from the greeting to the case number"
    return [
        Row("Chat turn in process, median", median, "ms", limit=LIMIT_MS, note=turns),
        Row("Chat turn in process, processor time, median", cpu, "ms", limit=LIMIT_MS),
        Row("Chat turn in process, p95", quantile(times.wall, 0.95), "ms", peer=median, peer_name="the median turn",
            note="turns that open a form, look up or submit"),
    ]


async def _times() -> Times:
    times = Times([], [])
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as folder:
        async with house_in(Path(folder)) as house:
            await _story(house, Times([], []))
            for _ in range(CITIZENS):
                await _story(house, times)
    return times


async def _story(house: House, times: Times) -> None:
    row = await house.conversations.of(f"citizen:{(await one_more_father()).id}")

    async def say(words: str) -> str:
        with times.one():
            _, blocks = await house.conversations.turn(row.id, text=words, client_id=uuid4().hex)
        return blocks[-1].plain

    async def others() -> None:
        for draft in await house.forms.open_of(row.owner.partition(":")[2]):
            await all_confirm(house, draft.id)

    await tell(say, others)
