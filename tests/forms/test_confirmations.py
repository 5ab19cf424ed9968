"""The door to confirmations: links, what may be seen through them, decisions, and those who should not get in."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from core.clock import now
from core.errors import NotFound, NotNow, NotYours, TooMany
from core.jobs import Jobs
from core.models import AuditEvent
from forms.confirmation.confirmation_data import Invitation, Reading
from forms.confirmation.confirmations import MOST_WRONG, Confirmations
from forms.confirmation.links import MOST_LINKS
from forms.draft import Login
from forms.drafts import StoredDraft
from forms.engine import Engine
from forms.models import ConfirmationRow
from forms.service import FormService
from tests.forms.a_sale import BUYER, OTHER, SAYS, SELLER, a_draft, an_engine, one

ASKER, HER, STRANGER = (f"{n}{n}{n}{n}{n}{n}{n}{n}-1111-1111-1111-111111111111" for n in (1, 2, 3))
FIRST = "seller_agrees:seller[1]"

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.everywhere]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return an_engine(tmp_path)


@pytest.fixture
def forms(tmp_path: Path) -> FormService:
    return FormService(tmp_path / "uploads")


@pytest.fixture
def door(engine: Engine, forms: FormService) -> Confirmations:
    return Confirmations(engine, forms, Jobs(), days=7)


@pytest.fixture
async def held(engine: Engine, forms: FormService) -> StoredDraft:
    return await forms.create(ASKER, a_draft(engine))


@pytest.fixture
async def link(door: Confirmations, held: StoredDraft) -> Invitation:
    return await door.ask(held.id, ASKER, FIRST)


async def confirm(door: Confirmations, token: str) -> Reading:
    read = await door.read(token, HER, SELLER)
    return await door.decide(token, HER, SELLER, "confirmed", read.seen)


async def stands(engine: Engine, forms: FormService, held: StoredDraft) -> str:
    return one(engine, (await forms.get(held.id)).draft, FIRST).state


async def test_the_person_reads_what_they_confirm_and_nothing_else(door: Confirmations, link: Invitation) -> None:
    read = await door.read(link.token, HER, SELLER)
    assert (read.says, read.asked_by, read.title, read.state) == (SAYS, BUYER.name, "卖方", "open")
    shown = dict(read.rows)
    assert set(shown) == {"姓名", "身份证号码", "房子 · 价格"}
    assert SELLER.id_number not in shown.values()
    assert BUYER.id_number not in str(read)


async def test_a_confirmation_is_kept_with_time_level_and_text(
    engine: Engine, forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    done = await confirm(door, link.token)
    assert (done.state, done.level, done.rows) == ("confirmed", 3, ())
    row = await ConfirmationRow.get(id=link.id)
    given = (await forms.get(held.id)).draft.confirmations[FIRST]
    assert (row.text, row.version, row.level, row.decided_by) == (SAYS, given.version, 3, HER)
    assert given.at == row.decided_at
    assert await stands(engine, forms, held) == "confirmed"
    line = await AuditEvent.get(action="confirmation.confirmed")
    assert (line.actor, line.subject) == (f"citizen:{HER}", f"draft:{held.id}")
    assert line.details == {"key": FIRST, "level": 3, "version": given.version}


async def test_the_token_itself_is_nowhere(link: Invitation) -> None:
    row = await ConfirmationRow.get(id=link.id)
    assert link.token not in {str(value) for value in dict(row).values()}
    assert SELLER.id_number not in str(dict(row))


async def test_declining_says_why_and_opens_nothing(
    engine: Engine, forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    seen = (await door.read(link.token, HER, SELLER)).seen
    with pytest.raises(NotNow, match=r".*") as refused:
        await door.decide(link.token, HER, SELLER, "declined", seen, "  ")
    assert refused.value.details["reason"] == "confirm_reason"
    await door.decide(link.token, HER, SELLER, "declined", seen, "价格不对")
    assert await stands(engine, forms, held) == "declined"
    again = await door.ask(held.id, ASKER, FIRST)
    await confirm(door, again.token)
    assert await stands(engine, forms, held) == "confirmed"


async def test_a_stranger_sees_masked_names_only(door: Confirmations, link: Invitation) -> None:
    seen = await door.glance(link.token)
    assert BUYER.name not in str(seen)
    assert SELLER.name not in str(seen)
    assert SAYS not in str(seen)


async def test_somebody_else_is_refused_and_learns_nothing(door: Confirmations, link: Invitation) -> None:
    with pytest.raises(NotYours) as refused:
        await door.read(link.token, STRANGER, OTHER)
    assert refused.value.details == {"reason": "confirm_wrong_person"}
    line = await AuditEvent.get(action="confirmation.read")
    assert (line.actor, line.outcome) == (f"citizen:{STRANGER}", "refused")


async def test_a_link_that_keeps_reaching_the_wrong_people_ends(door: Confirmations, link: Invitation) -> None:
    for _ in range(MOST_WRONG):
        with pytest.raises(NotYours):
            await door.decide(link.token, STRANGER, OTHER, "confirmed", "whatever")
    assert (await door.glance(link.token)).state == "withdrawn"
    assert (await door.read(link.token, HER, SELLER)).rows == ()


async def test_whoever_asked_may_open_their_own_link_without_harm(door: Confirmations, link: Invitation) -> None:
    for _ in range(MOST_WRONG + 1):
        with pytest.raises(NotYours) as refused:
            await door.read(link.token, ASKER, BUYER)
        assert refused.value.details["reason"] == "confirm_own"
    assert (await confirm(door, link.token)).state == "confirmed"


async def test_a_login_that_proves_nothing_confirms_nothing(door: Confirmations, link: Invitation) -> None:
    with pytest.raises(NotNow) as refused:
        await door.read(link.token, HER, SELLER.model_copy(update={"level": 1}))
    assert refused.value.details["reason"] == "confirm_level"


async def test_a_decision_sent_twice_is_taken_once_and_never_turned(
    forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    seen = (await door.read(link.token, HER, SELLER)).seen
    both = [door.decide(link.token, HER, SELLER, "confirmed", seen) for _ in range(2)]
    assert {done.state for done in await asyncio.gather(*both)} == {"confirmed"}
    assert await AuditEvent.filter(action="confirmation.confirmed").count() == 1
    with pytest.raises(NotNow) as refused:
        await door.decide(link.token, HER, SELLER, "declined", seen, "反悔了")
    assert refused.value.details["reason"] == "confirm_decided"
    assert (await forms.get(held.id)).draft.confirmations[FIRST].decision == "confirmed"


async def test_a_link_runs_out(door: Confirmations, link: Invitation) -> None:
    await ConfirmationRow.filter(id=link.id).update(expires_at=now() - timedelta(seconds=1))
    read = await door.read(link.token, HER, SELLER)
    assert (read.state, read.rows) == ("expired", ())
    with pytest.raises(NotNow) as refused:
        await door.decide(link.token, HER, SELLER, "confirmed", read.seen)
    assert refused.value.details["reason"] == "confirm_gone"
    assert await door.expire() == 1
    assert await door.expire() == 0


async def test_a_new_link_ends_the_one_before(door: Confirmations, held: StoredDraft, link: Invitation) -> None:
    newer = await door.ask(held.id, ASKER, FIRST)
    assert (await door.glance(link.token)).state == "withdrawn"
    assert (await door.links(held.id))[FIRST].state == "open"
    assert (await confirm(door, newer.token)).state == "confirmed"
    with pytest.raises(NotNow) as refused:
        await door.ask(held.id, ASKER, FIRST)
    assert refused.value.details["reason"] == "confirm_done"


async def test_what_changed_after_reading_is_not_confirmed(
    engine: Engine, forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    seen = (await door.read(link.token, HER, SELLER)).seen
    await forms.save(held.id, ASKER, engine.put(held.draft, "house.price", "900000"), held.revision)
    with pytest.raises(NotNow) as refused:
        await door.decide(link.token, HER, SELLER, "confirmed", seen)
    assert refused.value.details["reason"] == "confirm_changed"
    assert (await confirm(door, link.token)).state == "confirmed", "read again, it may be confirmed"


async def test_what_changed_elsewhere_does_not_get_lost(
    engine: Engine, forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    seen = (await door.read(link.token, HER, SELLER)).seen
    await forms.save(held.id, ASKER, engine.put(held.draft, "house.company", "大店"), held.revision)
    await door.decide(link.token, HER, SELLER, "confirmed", seen)
    draft = (await forms.get(held.id)).draft
    assert (draft.values["house.company"].value, draft.confirmations[FIRST].decision) == ("大店", "confirmed")


async def test_the_one_asked_for_now_is_somebody_else(
    engine: Engine, forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    draft = engine.put(held.draft, "seller[1].id_number", OTHER.id_number)
    await forms.save(held.id, ASKER, draft, held.revision)
    read = await door.read(link.token, HER, SELLER)
    assert (read.state, read.rows) == ("withdrawn", ())
    with pytest.raises(NotNow) as refused:
        await door.decide(link.token, HER, SELLER, "confirmed", read.seen)
    assert refused.value.details["reason"] == "confirm_gone"


async def test_only_the_owner_asks_and_takes_back(door: Confirmations, held: StoredDraft, link: Invitation) -> None:
    for act in (door.ask, door.take_back):
        with pytest.raises(NotFound):
            await act(held.id, STRANGER, FIRST)
    assert await door.take_back(held.id, ASKER, FIRST)
    assert (await door.glance(link.token)).state == "withdrawn"
    assert not await door.take_back(held.id, ASKER, FIRST)


@pytest.mark.parametrize("token", ["", "x", "\x00", "a" * 5000, "\ud800"])
async def test_a_guessed_token_opens_nothing(door: Confirmations, link: Invitation, token: str) -> None:
    with pytest.raises(NotFound):
        await door.glance(token)
    with pytest.raises(NotFound):
        await door.read(token, HER, SELLER)


async def test_a_key_nobody_asks_for_gets_no_link(door: Confirmations, held: StoredDraft) -> None:
    with pytest.raises(NotFound):
        await door.ask(held.id, ASKER, "seller_agrees:seller[2]")


async def test_links_are_not_given_out_without_end(door: Confirmations, held: StoredDraft) -> None:
    for _ in range(MOST_LINKS):
        last = await door.ask(held.id, ASKER, FIRST)
    with pytest.raises(TooMany):
        await door.ask(held.id, ASKER, FIRST)
    assert (await door.glance(last.token)).state == "open", "the refused one took nothing away"


async def test_with_the_draft_its_links_are_gone(
    forms: FormService, door: Confirmations, held: StoredDraft, link: Invitation
) -> None:
    await forms.withdraw(held.id, ASKER)
    with pytest.raises(NotFound):
        await door.glance(link.token)
    assert await ConfirmationRow.all().count() == 0


async def test_what_one_decided_for_others_is_in_ones_own_export(door: Confirmations, link: Invitation) -> None:
    await confirm(door, link.token)
    [told] = await door.given_by(HER)
    assert (told["text"], told["decision"]) == (SAYS, "confirmed")
    assert await door.given_by(STRANGER) == []


async def test_whoever_asked_is_told_until_they_were(door: Confirmations, link: Invitation) -> None:
    assert await door.to_tell(link.id) is None
    await confirm(door, link.token)
    row = await door.to_tell(link.id)
    assert row is not None
    await door.told(link.id)
    assert await door.to_tell(link.id) is None


def test_the_people_of_this_test_are_not_one_another() -> None:
    people: list[Login] = [BUYER, SELLER, OTHER]
    assert len({person.id_number for person in people}) == 3
