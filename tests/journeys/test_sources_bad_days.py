"""Bad days of the sources: down, slow, garbled or refusing in the middle of prefill. One can always go on by hand."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine

from core.clock import now
from tests.journeys.people import Citizen
from tests.journeys.stories import consented
from tests.journeys.town import Town

SLOW, SOON = 60.0, 40.0
"""Seconds that a slow source takes; and within which one has an answer who did not wait for it."""


@pytest.fixture
def patience() -> dict[str, float]:
    """As a citizen has it, or a little more."""
    return {"sources_timeout": 2.5, "prefill_budget": 20.0}


@pytest.mark.everywhere
@pytest.mark.parametrize(("fault", "words"), [
    ("down", "暂时查不了"), ("garbled", "暂时查不了"), ("refused", "不允许查询"), ("slow", "暂时查不了"),
    ("no_data", "没有相关记录"),
])
async def test_a_source_fails_in_the_middle_of_prefill(town: Town, father: Citizen, fault: str, words: str) -> None:
    await town.fault("delivery_record", fault, seconds=SLOW)
    began = time.monotonic()
    await consented(father)
    assert time.monotonic() - began < SOON
    told = father.plain
    assert "医院分娩登记" in told
    assert words in told
    assert (await father.field("mother.name"))["status"] == "known", "what could be fetched was used"


@pytest.mark.parametrize("patience", [{"sources_timeout": SLOW, "prefill_budget": 3.0}])
async def test_every_source_is_slow_and_the_budget_holds(town: Town, father: Citizen) -> None:
    await town.fault("*", "slow", seconds=SLOW)
    began = time.monotonic()
    await consented(father)
    assert time.monotonic() - began < SOON
    assert father.stage in ("asking", "filling"), father.plain


@pytest.mark.everywhere
async def test_everything_is_down_and_the_form_is_filled_by_hand(town: Town, father: Citizen) -> None:
    await town.fault("*", "down")
    await consented(father)
    key = await father.next()
    assert key
    await town.fault("*", "none")
    assert (await father.draft())["left"] > 5


async def test_sources_that_are_back_are_asked_again_without_being_told_to(town: Town, father: Citizen) -> None:
    await town.fault("*", "down")
    await consented(father)
    assert "暂时查不了" in father.plain
    before = (await father.draft())["left"]
    await town.fault("*", "none")
    with time_machine.travel(now() + timedelta(minutes=1), tick=True):
        await father.say("已登记结婚")
        assert "医院分娩登记：已查到" in father.plain
        assert (await father.field("mother.name"))["status"] == "known"
        assert (await father.draft())["left"] < before
