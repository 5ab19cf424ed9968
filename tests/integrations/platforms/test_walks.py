"""Two hundred random walks with faults end with the same state and sequence on both sides, nothing applied twice."""

from __future__ import annotations

import asyncio
import random

import pytest

from core.errors import OutsideError, Refused
from integrations.platforms.base import Package
from integrations.platforms.demo.announcing import MODES
from tests.integrations.platforms.conftest import Lab
from tests.integrations.platforms.world import Receiver, package, receiving

WALKS, TOGETHER = 200, 20
DEEDS = ("ask_correction", "suspend", "deny", "not_accept", "transfer", "pre_return", "void", "fail", "down", "garble")


class Walk:
    """One leg: handed over until it is taken, corrected when asked, withdrawn sometimes."""

    def __init__(self, lab: Lab, receiver: Receiver, number: int, chance: random.Random) -> None:
        self.lab, self.receiver, self.chance = lab, receiver, chance
        self.package: Package = package(number, callback_url=receiver.url, promised_days=chance.choice((0, 1, 5)),
                                        leg_number=f"33010620260720CS{number:07d}-01")
        self.taken = False

    async def move(self) -> None:
        leg = self.package.leg_number
        if not self.taken:
            await self._hand_over()
            return
        told = self.receiver.applied.get(leg, [])
        if told and told[-1].kind == "correction_asked" and len(told) != self.package.data_version:
            better = {"baby[1].name": f"陈小满{len(told)}", **self.package.form}
            self.package = package(**{**vars(self.package), "data_version": len(told), "form": better})
            await self._hand_over()
        elif self.chance.random() < 0.03:
            await self._quietly(self.lab.platform.withdraw(leg, "不办了"))

    async def _hand_over(self) -> None:
        done = await self._quietly(self.lab.platform.submit(self.package))
        self.taken = self.taken or done

    async def _quietly(self, asked: object) -> bool:
        try:
            await asked  # type: ignore[misc]
        except Refused:
            return self.taken
        except OutsideError:
            return False
        return True


@pytest.mark.parametrize("seed", range(WALKS // TOGETHER))
async def test_random_walks_end_equal(lab: Lab, seed: int) -> None:
    chance = random.Random(seed)
    lab.province.use_speed(60)
    async with receiving(lab.platform) as receiver:
        walks = [Walk(lab, receiver, seed * 100 + number, chance) for number in range(TOGETHER)]
        for walk in walks:
            lab.province.behave({"leg": walk.package.leg_number, "do": chance.choice(DEEDS), "times": 1})
        for _ in range(24):
            lab.province.use_callbacks(chance.choice(MODES))
            lab.province.use_down(chance.random() < 0.1)
            receiver.fails = chance.choice((0, 0, 2))
            await asyncio.gather(*(walk.move() for walk in chance.sample(walks, 8)))
            await lab.advance(chance.choice((1, 30, 120, 600)))
        await _settle(lab, receiver, walks)
        for walk in walks:
            await _compare(lab, receiver, walk.package.leg_number)


async def _settle(lab: Lab, receiver: Receiver, walks: list[Walk]) -> None:
    lab.province.use_down(False)
    receiver.fails = 0
    lab.province.behave({"do": "nothing"})
    for walk in walks:
        while not walk.taken:
            await walk.move()
    await lab.advance(4000)
    for walk in walks:
        await receiver.pull(walk.package.leg_number)


async def _compare(lab: Lab, receiver: Receiver, number: str) -> None:
    leg, theirs = lab.province.events(number)
    ours = receiver.applied[number]
    assert [event.seq for event in ours] == list(range(1, leg.seq + 1))
    assert [event.seq for event in theirs] == [event.seq for event in ours]
    assert tuple(ours) == await lab.platform.events(number)
    if leg.state != "SUBMITTED":
        assert ours[-1].extra["state"] == {
            "CORRECTION": "待补正", "PRE_RETURNED": "预审退回", "DELIVERED": "已送达", "WITHDRAWN": "已撤回",
            "NOT_ACCEPTED": "不予受理", "VOID": "已作废",
        }[leg.state]
