"""Jobs of this process: what is stopped may still write down that it was."""

from __future__ import annotations

import asyncio

from core.jobs import Jobs, LocalBroker


async def test_what_is_stopped_has_time_to_say_so() -> None:
    said: list[str] = []
    begun = asyncio.Event()

    async def long() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            said.append("stopped")

    jobs = Jobs()
    jobs.handle("long", long)
    broker = LocalBroker(jobs, patience=0.05)
    await broker.start()
    await broker.send("long", {})
    await begun.wait()
    await broker.stop()
    assert said == ["stopped"]
