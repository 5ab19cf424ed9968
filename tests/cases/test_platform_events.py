"""What the platform says: in order, once, whatever the wire does."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest

from cases.models import Case, CaseEvent, Leg, SeenEvent, Task
from cases.service import CaseService
from core.errors import NotFound, Refused, Unavailable
from core.models import AuditEvent
from integrations.platforms.base import IssuedResult, Package, PlatformEvent
from tests.cases.conftest import Nudges, leg_of
from tests.cases.province import SmallProvince

pytestmark = pytest.mark.everywhere
AT = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
NUMBER = IssuedResult("公民身份号码", "330106202603050019")


async def tell(service: CaseService, *events: PlatformEvent) -> None:
    for event in events:
        await service.take_event(event)


async def finish(service: CaseService, province: SmallProvince, leg: Leg, *results: IssuedResult) -> None:
    await tell(service, province.says(leg.number, "received"), province.says(leg.number, "accepted"),
               province.says(leg.number, "granted", results=results), province.says(leg.number, "closed"))


async def test_results_flow_on_and_open_the_next_leg(
    service: CaseService, delivered: Case, province: SmallProvince, nudges: Nudges
) -> None:
    await finish(service, province, await leg_of(delivered, "household"), NUMBER)
    card = await leg_of(delivered, "card")
    assert card.state == "ready"
    assert ("deliver", {"leg_id": str(card.id)}) in nudges.asked
    await service.deliver_due()
    assert province.package(card.number).form == {"baby.name": "陈小宝", "baby.id_number": NUMBER.value}
    assert (await service.view(delivered)).state == "partly_issued"
    assert (await service.reconcile()).sound


async def test_all_done_completes_the_case(service: CaseService, delivered: Case, province: SmallProvince) -> None:
    for code in ("household", "insurance", "card"):
        await service.deliver_due()
        await finish(service, province, await leg_of(delivered, code), NUMBER)
    view = await service.view(delivered)
    assert view.state == "completed_full"
    assert view.may_rate
    assert {leg.state for leg in view.legs} == {"completed"}
    assert view.results[0].value == NUMBER.value
    assert (await service.reconcile()).sound


async def test_acceptance_promises_a_day(service: CaseService, delivered: Case, province: SmallProvince) -> None:
    leg = await leg_of(delivered, "household")
    await tell(service, province.says(leg.number, "received", AT), province.says(leg.number, "accepted", AT))
    assert (await leg_of(delivered, "household")).due_on == date(2026, 10, 9)
    event = await CaseEvent.get(leg_id=leg.id, what="leg_accepted")
    assert event.params["due"] == "2026-10-09"


async def test_any_order_and_any_doubling_ends_the_same(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    leg = await leg_of(delivered, "household")
    events = [province.says(leg.number, "received"), province.says(leg.number, "accepted"),
              province.says(leg.number, "closed", results=(NUMBER,))]
    for order in itertools.islice(itertools.permutations(events), 3, 4):
        for event in (*order, *order):
            await service.take_event(event)
    fresh = await leg_of(delivered, "household")
    assert (fresh.state, fresh.last_seq) == ("completed", 3)
    assert await CaseEvent.filter(leg_id=leg.id, what="leg_accepted").count() == 1
    assert await SeenEvent.filter(leg_id=leg.id).count() == 3


async def test_a_gap_is_pulled(
    service: CaseService, delivered: Case, province: SmallProvince, nudges: Nudges
) -> None:
    leg = await leg_of(delivered, "household")
    lost, late = province.says(leg.number, "received"), province.says(leg.number, "accepted")
    await service.take_event(late)
    assert (await leg_of(delivered, "household")).state == "sent", "it waits for what came before"
    assert ("pull", {"leg_id": str(leg.id)}) in nudges.asked
    await service.pull(leg.id)
    assert (await leg_of(delivered, "household")).state == "accepted"
    await service.take_event(lost)
    assert (await leg_of(delivered, "household")).last_seq == 2


async def test_silence_is_asked_about(service: CaseService, delivered: Case, province: SmallProvince) -> None:
    leg = await leg_of(delivered, "household")
    province.says(leg.number, "received")
    province.says(leg.number, "accepted")
    await service.sweep()
    assert (await leg_of(delivered, "household")).state == "sent", "not silent for long enough"
    await Leg.filter(id=leg.id).update(next_pull_at=datetime(2026, 1, 1, tzinfo=UTC))
    await service.sweep()
    assert (await leg_of(delivered, "household")).state == "accepted"


async def test_an_event_that_overtakes_the_receipt_waits_for_it(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    leg = await leg_of(dispatched, "household")
    await tell(service, province.says(leg.number, "received"), province.says(leg.number, "accepted"))
    assert (await leg_of(dispatched, "household")).state == "ready"
    await service.deliver_due()
    assert (await leg_of(dispatched, "household")).state == "accepted"


async def test_a_package_given_up_that_did_arrive_is_found(
    service: CaseService, dispatched: Case, province: SmallProvince
) -> None:
    def refuse(package: Package) -> None:
        raise Refused()

    province.before = refuse
    await service.deliver_due()
    leg = await leg_of(dispatched, "household")
    assert leg.state == "failed"
    province.before = lambda package: None
    await service.take_event(province.says(leg.number, "received"))
    await service.sweep()
    assert (await leg_of(dispatched, "household")).state == "sent"
    assert not await Task.exists(leg_id=leg.id, kind="delivery", state="open")
    assert (await service.reconcile()).sound


async def test_a_replayed_callback_is_ignored_and_written_down(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    leg = await leg_of(delivered, "household")
    event = province.says(leg.number, "received")
    await service.take_event(event, "nonce-1")
    await service.take_event(event, "nonce-1")
    assert await AuditEvent.filter(action="callback.replayed").count() == 1


async def test_two_different_events_under_one_number_are_written_down(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    leg = await leg_of(delivered, "household")
    await service.take_event(province.says(leg.number, "received", AT))
    await service.take_event(PlatformEvent(leg.number, 1, "denied", AT))
    assert (await leg_of(delivered, "household")).state == "sent"
    assert await AuditEvent.filter(action="callback.conflict").count() == 1


async def test_an_event_for_nobody_is_not_found(service: CaseService, delivered: Case) -> None:
    with pytest.raises(NotFound):
        await service.take_event(PlatformEvent("nothing-01", 1, "received", AT))


async def test_a_refusal_ends_what_hangs_on_it_politely(
    service: CaseService, delivered: Case, province: SmallProvince, nudges: Nudges
) -> None:
    household, insurance = await leg_of(delivered, "household"), await leg_of(delivered, "insurance")
    await tell(service, province.says(household.number, "received"), province.says(household.number, "accepted"),
               province.says(household.number, "denied", says="材料不真实"))
    assert (await leg_of(delivered, "card")).state == "dropped"
    assert "leg_denied" in nudges.notices()
    event = await CaseEvent.get(what="leg_dropped")
    assert event.params["because"] == "出生登记"
    await finish(service, province, insurance, IssuedResult("参保凭证"))
    assert (await service.view(delivered)).state == "completed_partial"
    await service.take_event(province.says(household.number, "closed"))
    assert (await leg_of(delivered, "household")).state == "rejected"
    assert (await service.reconcile()).sound


async def test_a_special_procedure_stops_the_clock(
    service: CaseService, delivered: Case, province: SmallProvince
) -> None:
    leg = await leg_of(delivered, "household")
    await tell(service, province.says(leg.number, "received"), province.says(leg.number, "accepted"),
               province.says(leg.number, "suspended", says="现场核查"))
    view = await service.view(delivered)
    assert view.clock.paused
    assert view.legs[0].phase == "suspended"
    await tell(service, province.says(leg.number, "resumed"))
    assert not (await service.view(delivered)).clock.paused


async def test_a_platform_that_cannot_be_asked_is_asked_later(
    service: CaseService, delivered: Case, province: SmallProvince, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(leg_number: str, after: int = 0) -> tuple[PlatformEvent, ...]:
        raise Unavailable()

    monkeypatch.setattr(province, "events", down)
    leg = await leg_of(delivered, "household")
    assert await service.pull(leg.id) == 0
    assert (await leg_of(delivered, "household")).next_pull_at > datetime.now(UTC)
