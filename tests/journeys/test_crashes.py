"""kill -9 of the app at every step of submission and delivery: nothing is lost and nothing doubled."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import time_machine

from bot.models import Message
from cases.models import Case, CaseEvent, Leg
from core.clock import now
from nlu.engines.local.model import LocalEngine
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import legs_of, ready_to_sign, submitted
from tests.journeys.town import SECRETS, Town

pytestmark = pytest.mark.everywhere
SUBMISSION = {
    "checked, not begun": ("cases.submission.submit:_checked", "after", 1),
    "the case is written, not its legs": ("cases.submission.submit:_case", "after", 1),
    "the legs are written, not committed": ("cases.submission.submit:write_legs", "after", 1),
    "all is written, not committed": ("cases.submission.submit:audit.record", "after", 1),
    "committed, nobody was nudged": ("cases.service:CaseService._after", "before", 1),
    "nudged, the talk does not know": ("bot.talks:write", "before", 1),
    "the talk knows, the citizen got no answer": ("bot.talks:write", "after", 1),
}
DELIVERY = {
    "approved, not committed": ("cases.review.deciding:advance", "after", 1),
    "dispatched, nobody was nudged": ("cases.service:CaseService._after", "before", 1),
    "claimed, not committed": ("cases.delivery.sending:_freeze", "after", 1),
    "claimed, not sent": ("cases.delivery.sending:_send", "before", 1),
    "the province has one, we do not know": ("cases.delivery.sending:_send", "after", 1),
    "the province has two, we know of some": ("cases.delivery.sending:_send", "after", 2),
    "the receipt is written, not committed": ("cases.delivery.delivered:_sent", "after", 1),
    "the receipt is stored": ("cases.delivery.sending:store_delivered", "after", 2),
    "the citizen reads it, that is not noted": ("cases.doors.machine:told", "before", 1),
}
EVENTS = {
    "an event came, it is not kept": ("cases.delivery.platform_events:_keep", "before", 2),
    "an event is kept, not applied": ("cases.delivery.platform_events:_keep", "after", 2),
    "an event is applied, not committed": ("cases.delivery.platform_events:apply", "after", 3),
    "an event is applied, not acknowledged": ("cases.delivery.platform_events:apply_kept", "after", 3),
}


@pytest.fixture(scope="session")
def doomed(
    recogniser: LocalEngine, trained: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.Popen[str]]:
    """The process whose children die."""
    with (tmp_path_factory.mktemp("doomed") / "log").open("w") as log, subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.crashing", str(trained)], stdin=subprocess.PIPE, text=True,
        stdout=subprocess.PIPE, stderr=log, cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.stdin
        process.stdin.close()


class Doom:
    """One life of the app that ends at a point."""

    def __init__(self, town: Town, process: subprocess.Popen[str], where: tuple[str, str, int]) -> None:
        self.town, self.process, self.point = town, process, dict(zip(("where", "when", "nth"), where, strict=True))

    async def begin(self) -> None:
        """The app of this process stops, the doomed one takes its address."""
        await self.town.close_app()
        self.town.lend_address()
        plain = self.town.settings.model_dump(mode="json", exclude=set(SECRETS)) | SECRETS
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"settings": plain, "point": self.point}) + "\n")
        self.process.stdin.flush()
        async with asyncio.timeout(90):
            while not await self._answers():
                await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        try:
            async with self.town.http.get(f"{self.town.url}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def end(self) -> None:
        """It died at its point; the app starts again, and claims of the dead run out."""
        assert self.process.stdout
        told = await asyncio.wait_for(asyncio.to_thread(self.process.stdout.readline), 90)
        assert json.loads(told) == {"signal": signal.SIGKILL}
        await self.town.open_app()
        client = self.town.house.kv.client
        for lock in await client.keys("yjs:lock:*"):
            await client.delete(lock)  # as their time limit does, on the clock of the server


@pytest.mark.parametrize("point", SUBMISSION.values(), ids=SUBMISSION)
async def test_killed_while_submitting(
    town: Town, father: Citizen, doomed: subprocess.Popen[str], point: tuple[str, str, int]
) -> None:
    await ready_to_sign(father)
    await father.press("act:sign_now")
    doom = Doom(town, doomed, point)
    await doom.begin()
    with suppress(aiohttp.ClientError):
        await father.press("act:sign", client_id="the-signature")
    await doom.end()
    with later():
        await father.press("act:sign", client_id="the-signature")
        await town.settle()
    number = await father.number()
    assert await Case.all().count() == 1
    assert (await town.sound()).places == {"person": 1}
    assert await Message.filter(client_id="the-signature", role="citizen").count() == 1
    assert await CaseEvent.filter(what="submitted").count() == 1
    assert number in json.dumps(await father.api("GET", "/messages?after=0"))


@pytest.mark.parametrize("point", DELIVERY.values(), ids=DELIVERY)
async def test_killed_while_delivering(
    town: Town, father: Citizen, reviewer: Reviewer, doomed: subprocess.Popen[str], point: tuple[str, str, int]
) -> None:
    number = await submitted(father)
    await reviewer.act(number, "open")
    await town.settle()
    doom = Doom(town, doomed, point)
    await doom.begin()
    with suppress(aiohttp.ClientError):
        await reviewer.act(number, "approve", looked="1")
    await doom.end()
    if (await father.case(number))["state"] == "in_review":
        await reviewer.act(number, "approve", looked="1")
    await all_arrived_once(town, number)


@pytest.mark.parametrize("point", EVENTS.values(), ids=EVENTS)
async def test_killed_while_the_province_speaks(
    town: Town, father: Citizen, reviewer: Reviewer, doomed: subprocess.Popen[str], point: tuple[str, str, int]
) -> None:
    number = await submitted(father)
    await reviewer.approve(number)
    await town.settle()
    doom = Doom(town, doomed, point)
    await doom.begin()
    await town.order("tick", seconds=2)
    await doom.end()
    await all_arrived_once(town, number)
    with later(10):
        await town.work(20)
    done = {item for item, leg in (await legs_of(town, number)).items() if leg.state == "completed"}
    assert {"birth_certificate", "vaccination_certificate", "childcare_guidance"} <= done
    assert await CaseEvent.filter(what="leg_completed", leg__item="birth_certificate").count() == 1


def later(minutes: float = 5) -> time_machine.travel:
    """After the claims of the dead have run out, and the pauses between nudges."""
    return time_machine.travel(now() + timedelta(minutes=minutes), tick=True)


async def all_arrived_once(town: Town, number: str) -> None:
    """Claims of the dead run out; then every leg that may go is at the province once, and the citizen was told once."""
    await town.sound()
    with later():
        await town.settle()
        await town.sound()
        gone = [leg for leg in await Leg.filter(case__number=number) if leg.state not in ("waiting", "ready")]
        assert len(gone) >= 3
        assert town.filed(number) == sorted((leg.number, 1) for leg in gone)
        keys = await Message.filter(client_id__startswith="event:").values_list("client_id", flat=True)
        assert len(keys) == len(set(keys))
        approved = await CaseEvent.get(what="approved")
        assert keys.count(f"event:{approved.id}") == 1
