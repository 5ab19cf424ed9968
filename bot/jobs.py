"""The handlers of the jobs that the house asks for by name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.news import News
from core.audit import seal
from core.errors import TooMany

if TYPE_CHECKING:
    from bot.house import House


def add_handlers(house: House) -> None:
    """Register every handler; `tests/house` checks that each name asked for is here."""

    async def deliver(leg_id: str) -> None:
        await house.cases.deliver(leg_id)

    async def pull(leg_id: str) -> None:
        await house.cases.pull(leg_id)

    async def notify(case_id: str, what: str, event_id: int) -> None:
        await News(house.conversations).case_moved(event_id)

    async def confirmed(confirmation_id: str) -> None:
        await News(house.conversations).confirmed(confirmation_id)

    async def reply(task_id: str) -> None:
        await News(house.conversations).reply(task_id)

    async def train(run_id: str) -> None:
        await house.bench.work(run_id)

    async def wechat_tell(talker: str, event_id: int = 0) -> None:
        if house.doors is not None:
            await house.doors.tell(talker, event_id)

    async def seal_audit() -> None:
        # another process is at it: the next sweep asks again
        with suppress(TooMany):
            await seal(house.kv)

    house.jobs.handle("deliver", deliver)
    house.jobs.handle("pull", pull)
    house.jobs.handle("notify", notify)
    house.jobs.handle("confirmed", confirmed)
    house.jobs.handle("reply", reply)
    house.jobs.handle("train", train)
    house.jobs.handle("wechat_tell", wechat_tell)
    house.jobs.handle("seal_audit", seal_audit)
