"""Callbacks in every mode end with the same events on both sides, each applied once and in order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from integrations.platforms.demo.announcing import MODES
from tests.integrations.platforms.conftest import Lab
from tests.integrations.platforms.world import Receiver, package, receiving, words

LEG = package().leg_number
WHOLE_WAY = ["received", "accepted", "reviewing", "granted", "closed", "delivered"]


@pytest.fixture
async def receiver(lab: Lab) -> AsyncIterator[Receiver]:
    async with receiving(lab.platform) as found:
        yield found


async def submitted(lab: Lab, receiver: Receiver, mode: str) -> None:
    lab.province.use_callbacks(mode)
    await lab.platform.submit(package(callback_url=receiver.url))


@pytest.mark.parametrize("mode", MODES)
async def test_every_mode_ends_well(lab: Lab, receiver: Receiver, mode: str) -> None:
    await submitted(lab, receiver, mode)
    for _ in range(80):
        await lab.days(0.05)
    await receiver.pull(LEG)
    told = receiver.applied[LEG]
    assert words(tuple(told)) == WHOLE_WAY
    assert tuple(told) == await lab.platform.events(LEG)


@pytest.mark.parametrize(("mode", "answers"), [
    ("normal", [200] * 6), ("lost", []), ("off", []), ("duplicate", [200] * 12), ("late", [200] * 6),
    ("forged", [401, 200] * 6), ("replayed", [200, 409] * 6),
])
async def test_each_mode_is_what_it_says(lab: Lab, receiver: Receiver, mode: str, answers: list[int]) -> None:
    await submitted(lab, receiver, mode)
    for _ in range(400):
        await lab.days(0.005)
    assert receiver.answers == answers


async def test_out_of_order_sends_the_second_before_the_first(lab: Lab, receiver: Receiver) -> None:
    await submitted(lab, receiver, "out_of_order")
    lab.province.step(LEG)
    await lab.advance(1)
    assert receiver.answers == []
    lab.province.step(LEG)
    await lab.advance(0)
    assert words(tuple(receiver.applied[LEG])) == ["received", "accepted"]
    assert receiver.answers == [200]
    await lab.advance(1)
    assert receiver.answers == [200, 200]
    lab.province.step(LEG)
    await lab.advance(16)
    assert words(tuple(receiver.applied[LEG])) == ["received", "accepted", "reviewing"]


async def test_late_comes_late(lab: Lab, receiver: Receiver) -> None:
    await submitted(lab, receiver, "late")
    lab.province.step(LEG)
    await lab.advance(19)
    assert receiver.answers == []
    await lab.advance(2)
    assert receiver.answers == [200]


async def test_a_receiver_that_fails_is_tried_again_in_order(lab: Lab, receiver: Receiver) -> None:
    receiver.fails = 3
    await submitted(lab, receiver, "normal")
    for _ in range(2):
        lab.province.step(LEG)
    await lab.advance(0)
    for pause in (1, 5, 30):
        await lab.advance(pause + 0.1)
    assert receiver.answers == [500, 500, 500, 200, 200]
    assert words(tuple(receiver.applied[LEG]))[:2] == ["received", "accepted"]


async def test_nothing_is_pushed_while_the_platform_is_down(lab: Lab, receiver: Receiver) -> None:
    await submitted(lab, receiver, "normal")
    lab.province.use_down(True)
    await lab.days(10)
    assert receiver.answers == []
    lab.province.use_down(False)
    await lab.advance(0)
    assert words(tuple(receiver.applied[LEG])) == WHOLE_WAY


async def test_an_address_where_nobody_answers_is_given_up(lab: Lab) -> None:
    await lab.platform.submit(package(callback_url="http://127.0.0.1:9/"))
    lab.province.step(LEG)
    lab.province.use_speed(0)
    for pause in (0, 1, 5, 30, 120, 600, 3600, 3600):
        await lab.advance(pause + 0.1)
    assert lab.province.announcer.tally() == {"given_up": 1}
