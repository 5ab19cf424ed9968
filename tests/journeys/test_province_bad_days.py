"""Bad days of the province: away for a day, one department that always fails, callbacks as they should not come."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta

import pytest
import time_machine

from cases.models import CaseEvent, Leg, Outbox, SeenEvent, Task
from core.clock import now
from core.models import AuditEvent
from integrations.platforms.signing import sign_callback, stamp
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import dispatched, finish, legs_of, submitted
from tests.journeys.town import SECRETS, Town


async def hours(town: Town, number: int, step: float = 1.0) -> None:
    """Time passes for all of us; offices stand still. The reconciler holds at every hour."""
    start = now()
    with time_machine.travel(start, tick=True) as clock:
        for hour in range(1, int(number / step) + 1):
            clock.move_to(start + timedelta(hours=hour * step))
            await town.house.cases.sweep()
            await town.told()
            await town.sound()


@pytest.mark.everywhere
async def test_the_province_is_away_for_most_of_a_day(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await submitted(father)
    await town.order("down", on=True)
    await reviewer.approve(number)
    await town.house.cases.sweep()
    assert (await town.sound()).places == {"retrying": 1}
    await hours(town, 22, step=2)
    assert town.filed(number) == []
    assert not await Task.exists(kind="delivery")
    await town.order("down", on=False)
    with time_machine.travel(now() + timedelta(hours=24), tick=True):
        await town.settle()
        await finish(town, father, number, step=20)
    assert [version for _, version in town.filed(number)] == [1] * 8


@pytest.mark.everywhere
async def test_the_province_is_away_for_longer_than_we_try(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    number = await submitted(father)
    await town.order("down", on=True)
    await reviewer.approve(number)
    await hours(town, 27, step=3)
    with time_machine.travel(now() + timedelta(hours=28), tick=True):
        await town.settle()
        assert (await town.sound()).places == {"person": 1}
        told = await father.hear()
        assert "工作人员" in told
        await town.order("down", on=False)
        again = await Reviewer(town).sign_in()
        for task in await Task.filter(kind="delivery", state="open"):
            status, page = await again.post(f"/console/tasks/{task.id}", f"/console/tasks/{task.id}/resolve",
                                            {"how": "retry"})
            assert status == 303, page
        await town.settle()
        await finish(town, father, number, step=20)
    assert (await father.case(number))["state"] == "completed_full"


@pytest.mark.everywhere
async def test_one_department_always_fails_and_the_others_go_on(
    town: Town, father: Citizen, reviewer: Reviewer
) -> None:
    number = await submitted(father)
    await town.order("behave", do="fail", item="social_security_card")
    await reviewer.approve(number)
    await town.work(20, rounds=7)
    assert (await legs_of(town, number))["social_security_card"].state in ("ready", "sending")
    await hours(town, 26, step=2)
    with time_machine.travel(now() + timedelta(hours=27), tick=True):
        await town.settle()
        await town.sound()
        legs = await legs_of(town, number)
        assert legs.pop("social_security_card").state == "failed"
        assert {leg.state for leg in legs.values()} == {"completed"}
        assert await Task.filter(kind="delivery", state="open").count() == 1
        assert "社会保障卡申领" in await father.hear()
        await town.order("behave", do="nothing", item="social_security_card")
        task = await Task.get(kind="delivery", state="open")
        again = await Reviewer(town).sign_in()
        await again.post(f"/console/tasks/{task.id}", f"/console/tasks/{task.id}/resolve", {"how": "retry"})
        await town.settle()
        await finish(town, father, number, step=20)


@pytest.mark.everywhere
@pytest.mark.parametrize("mode", ["duplicate", "out_of_order"])
async def test_callbacks_twice_and_in_the_wrong_order(
    town: Town, father: Citizen, reviewer: Reviewer, mode: str
) -> None:
    await callbacks_do_no_harm(town, father, reviewer, mode)


@pytest.mark.everywhere
@pytest.mark.parametrize("mode", ["late", "forged", "replayed", "lost"])
async def test_callbacks_late_forged_replayed_and_lost(
    town: Town, father: Citizen, reviewer: Reviewer, mode: str
) -> None:
    await callbacks_do_no_harm(town, father, reviewer, mode)


async def callbacks_do_no_harm(town: Town, father: Citizen, reviewer: Reviewer, mode: str) -> None:
    """Every leg that may go gets to its end, every event acts once and in order."""
    await town.order("callbacks", mode=mode)
    number = await dispatched(town, father, reviewer)
    if mode == "lost":
        await town.work(20)
        with time_machine.travel(now() + timedelta(minutes=6), tick=True):
            await town.settle()
    else:
        await town.work(20, rounds=3)
    await town.sound()
    legs = await legs_of(town, number)
    for item in ("birth_certificate", "vaccination_certificate", "childcare_guidance"):
        assert legs[item].state == "completed", item
        applied = await SeenEvent.filter(leg_id=legs[item].id, applied_at__not_isnull=True).order_by("seq")
        assert [seen.seq for seen in applied] == list(range(1, len(applied) + 1))
        assert await CaseEvent.filter(leg_id=legs[item].id, what="leg_completed").count() == 1
    if mode == "forged":
        assert await AuditEvent.filter(action="callback.refused").exists()


@pytest.mark.everywhere
async def test_a_forged_and_a_stale_callback_are_turned_away(
    town: Town, father: Citizen, reviewer: Reviewer
) -> None:
    number = await dispatched(town, father, reviewer)
    leg = (await legs_of(town, number))["birth_certificate"]
    body = json.dumps({"PROJID": leg.number, "event_seq": 1, "event": "close", "state": "CLOSED"}).encode()
    old = stamp(now() - timedelta(hours=2))
    for key, moment in (("guessed", stamp(now())), (SECRETS["platform_callback_key"], old)):
        assert await push(town, body, key, moment) == 401
    assert await push(town, b"\xff{", SECRETS["platform_callback_key"], stamp(now())) == 400
    assert (await Leg.get(id=leg.id)).state == "sent"
    assert await Outbox.filter(state="delivered").count() == 3


async def push(town: Town, body: bytes, key: str, moment: str) -> int:
    """A callback as somebody else would send it."""
    nonce = secrets.token_hex(8)
    headers = {"Content-Type": "application/json", "X-Timestamp": moment, "X-Nonce": nonce,
               "X-Sign": sign_callback(key, moment, nonce, body)}
    async with town.http.post(f"{town.url}/api/v1/platform/callback", data=body, headers=headers) as answer:
        return answer.status
