"""What happened together is told together, once, whichever job tells it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from cases.models import Case, CaseEvent
from cases.service import CaseService
from cases.timeline import bundling
from cases.timeline.events import Said, say, told
from core.clock import now

pytestmark = pytest.mark.everywhere


@pytest.fixture
async def case(service: CaseService) -> UUID:
    """A case of somebody."""
    made = await Case.create(
        id=uuid4(), number="33010620260302000000001", draft_id=uuid4(), citizen_id="c", one_thing="newborn_birth",
        title="新生儿出生", version="v", region="330106", state="dispatched", submitted_at=now(),
        updated_at=now(), snapshot={}, signed_name="x",
    )
    return made.id


async def step(case: UUID, what: str) -> int:
    return int((await say(case, Said("system", what, {"item": "户口"}, tell=True))).id)


async def test_a_notice_takes_along_what_waits_and_the_same_again(case: UUID) -> None:
    first, second = await step(case, "leg_accepted"), await step(case, "leg_completed")
    assert [one.event_id for one in await bundling.bundle(second)] == [first, second]
    third = await step(case, "leg_delivered")
    assert [one.event_id for one in await bundling.bundle(first)] == [first, second]  # its job came late
    assert [one.event_id for one in await bundling.bundle(third)] == [third]
    await told(second)
    assert await bundling.bundle(first) == await bundling.bundle(second) == []
    assert [one.event_id for one in await bundling.told_along(first)] == [first, second]
    assert await CaseEvent.filter(next_ask_at__not_isnull=True).values_list("id", flat=True) == [third]


async def test_steps_wait_for_others_and_what_must_be_done_does_not(case: UUID) -> None:
    gathered, urgent = await step(case, "leg_accepted"), await step(case, "leg_correction_asked")
    assert await CaseEvent.filter(bundling.due(600)).values_list("id", flat=True) == [urgent]
    await CaseEvent.filter(id=gathered).update(next_ask_at=now() - timedelta(seconds=601))
    assert await CaseEvent.filter(bundling.due(600)).order_by("id").values_list("id", flat=True) == [gathered, urgent]


async def test_the_end_waits_a_moment_for_last_words(case: UUID) -> None:
    end = await step(case, "completed_full")
    assert await CaseEvent.filter(bundling.due(600)).count() == 0
    assert await CaseEvent.filter(bundling.due(0)).count() == 1
    last = await step(case, "leg_delivered")
    await CaseEvent.filter(id=end).update(next_ask_at=now() - timedelta(seconds=bundling.SETTLES + 1))
    assert await CaseEvent.filter(bundling.due(600)).values_list("id", flat=True) == [end]
    assert [one.event_id for one in await bundling.bundle(end)] == [end, last]
