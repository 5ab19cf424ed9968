"""Workers as processes of their own, over PostgreSQL and Redis streams: ``yijianshi worker``, really run."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.models import Message
from cases.models import CaseEvent, Leg
from tests.journeys.conftest import FATHER, signed_in
from tests.journeys.people import Reviewer
from tests.journeys.stories import submitted
from tests.journeys.town import SECRETS, Town

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.parametrize("stage", ["servers"], indirect=True)
Process = asyncio.subprocess.Process


@pytest.fixture
async def workers(quiet_town: Town, trained: Path) -> AsyncIterator[list[Process]]:
    """Two workers beside an app that does none of their work."""
    (quiet_town.folder / "nlu").mkdir()
    shutil.copy(trained, quiet_town.folder / "nlu" / "local.json")
    started = [await start(quiet_town) for _ in range(2)]
    yield started
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def start(town: Town) -> Process:
    """``yijianshi worker`` with the settings of the town in its environment."""
    told = town.settings.model_dump(mode="json", exclude=set(SECRETS), exclude_none=True) | SECRETS
    told |= {"sweep_seconds": 0.3, "delivery_pauses": "[0.5]", "worker_in_app": False}
    given = {f"YJS_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
             for name, value in told.items() if value != ""}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli.main", "worker", cwd=ROOT, env=os.environ | given,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )


async def until(true: Callable[[], Awaitable[Any]], seconds: float, what: str) -> None:
    """Wait, bounded, for what other processes do."""
    end = time.monotonic() + seconds
    while not await true():
        assert time.monotonic() < end, f"it did not happen: {what}"
        await asyncio.sleep(0.1)


async def test_two_workers_carry_a_case_to_its_end_and_stop(quiet_town: Town, workers: list[Process]) -> None:
    town = quiet_town
    await town.open_app(works=False)
    father, reviewer = await signed_in(town, FATHER), await Reviewer(town).sign_in()
    number = await submitted(father)
    await reviewer.approve(number)

    async def completed() -> bool:
        ended = [process for process in workers if process.returncode is not None]
        assert not ended, (await ended[0].communicate())[1].decode()[-2000:]
        await town.order("tick", seconds=5)
        return not (await father.case(number))["open"]

    await until(completed, 300, "the case ends")
    legs = await Leg.filter(case__number=number)
    assert {leg.state for leg in legs} == {"completed"}
    assert town.filed(number) == sorted((leg.number, 1) for leg in legs)

    async def told() -> bool:
        return not await CaseEvent.filter(next_ask_at__not_isnull=True).exists()

    await until(told, 90, "the citizen is told")
    keys = await Message.filter(client_id__startswith="event:").values_list("client_id", flat=True)
    events = CaseEvent.filter(tell=True).exclude(what="submitted")  # handing in was answered in the talk itself
    carriers = set(await events.values_list("told_with", flat=True))
    assert sorted(keys) == sorted(f"event:{carrier}" for carrier in carriers)
    assert "全部办好了" in await father.hear()
    assert (await town.sound()).places == {"ended": 1}
    for process in workers:
        process.send_signal(signal.SIGTERM)
    for process in workers:
        _, said = await asyncio.wait_for(process.communicate(), 90)
        assert process.returncode == 0, said.decode()[-2000:]
        assert "Traceback" not in said.decode()
