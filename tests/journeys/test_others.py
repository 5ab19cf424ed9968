"""Two people, two phones, over HTTP: the father fills in, the mother confirms for herself, departments see it."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import MOTHER, signed_in
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import NEWBORN, consented, legs_of
from tests.journeys.town import Town

KEY = "mother_agrees:mother"


async def at_the_check(father: Citizen) -> str:
    """Everything answered; the token of the link for the mother."""
    await consented(father)
    await father.answer(NEWBORN)
    made = await father.api("POST", f"/drafts/{father.draft_id}/confirmations", 201, key=KEY)
    return str(made["url"].rpartition("/")[2])


@pytest.mark.everywhere
async def test_the_mother_confirms_on_her_own_phone(town: Town, father: Citizen, reviewer: Reviewer) -> None:
    token = await at_the_check(father)
    status, refused = await father.api("POST", f"/drafts/{father.draft_id}/submit", None, name="陈一民")
    assert (status, refused["reason"]) == (409, "findings")
    guest = await Citizen(town, MOTHER).begin()
    glance = await guest.api("GET", f"/confirmations/{token}")
    assert (glance["asked_by"], glance["name"], glance["state"]) == ("陈*民", "李*兰", "open")
    assert (await guest.api("GET", f"/confirmations/{token}/text", None))[0] == 401
    mother = await guest.sign_in()
    read = await mother.api("GET", f"/confirmations/{token}/text")
    assert {row["label"] for row in read["rows"]} == {"姓名", "身份证号码", "户籍地址"}
    assert "330106199504080421" not in str(read)
    wish = {"decision": "confirmed", "seen": read["seen"]}
    assert (await mother.api("POST", f"/confirmations/{token}", **wish))["state"] == "confirmed"
    assert (await mother.api("POST", f"/confirmations/{token}", **wish))["state"] == "confirmed", "sent twice"
    assert (await father.hear(10)).count("李*兰）在「新生儿出生」里确认了") == 1
    await father.sign()
    number = await father.number()
    [other] = (await father.case(number))["others"]
    assert (other["key"], other["state"], other["missing"]) == (KEY, "confirmed", False)
    await reviewer.approve(number)
    await town.settle()
    legs = await legs_of(town, number)
    [sent] = town.filing(legs["birth_certificate"].number).confirmations
    assert (sent["name"], sent["level"]) == ("李晓兰", "3")
    assert sent["says"].startswith("我是宝宝的妈妈")
    mine = await mother.api("GET", "/me/export")
    assert mine["confirmed_for_others"][0]["decision"] == "confirmed"


async def test_whoever_should_not_gets_nowhere(town: Town, father: Citizen) -> None:
    token = await at_the_check(father)
    other = await signed_in(town, "family_02_twins-1")
    for method, path, body in (("GET", f"/confirmations/{token}/text", {}),
                               ("POST", f"/confirmations/{token}", {"decision": "confirmed", "seen": "x"})):
        status, refused = await other.api(method, path, None, **body)
        assert (status, refused["reason"]) == (403, "confirm_wrong_person")
        assert "李" not in str(refused)
    assert (await other.api("POST", f"/drafts/{father.draft_id}/confirmations", None, key=KEY))[0] == 404
    status, own = await father.api("GET", f"/confirmations/{token}/text", None)
    assert (status, own["reason"]) == (403, "confirm_own")
    await father.api("DELETE", f"/drafts/{father.draft_id}/confirmations/{KEY}")
    assert (await other.api("GET", f"/confirmations/{token}"))["state"] == "withdrawn"


async def test_guessing_links_is_stopped(town: Town) -> None:
    guest = await Citizen(town, MOTHER).begin()
    statuses = [(await guest.api("GET", f"/confirmations/{n:032}", None))[0] for n in range(25)]
    assert statuses[:20] == [404] * 20
    assert set(statuses[20:]) == {429}
