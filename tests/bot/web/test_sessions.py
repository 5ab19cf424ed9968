"""Sessions, sign-in, preferences, and what we hold about a citizen."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.house import House
from bot.models import Citizen, Conversation, Message
from core.models import AuditEvent
from forms.models import DraftRow
from tests.bot.web.conftest import FATHER, MOTHER, Person


async def test_the_cookie_is_kept_from_scripts_and_other_sites(someone: Person) -> None:
    async with someone.client.post("/api/v1/session") as answer:
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["yjs_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["secure"]


async def test_behind_tls_the_cookie_is_secure(someone: Person, house: House) -> None:
    house.settings = house.settings.model_copy(update={"secure_cookies": True})
    async with someone.client.post("/api/v1/session") as answer:
        assert SimpleCookie(answer.headers["Set-Cookie"])["yjs_session"]["secure"]


async def test_a_bearer_token_does_as_well(someone: Person, another: Person) -> None:
    token = (await someone.post("/api/v1/session"))["token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (await another.get("/api/v1/session", headers=headers))["signed_in"] is False
    await another.get("/api/v1/session", 401, headers={"Authorization": "Bearer nonsense"})
    await another.get("/api/v1/session", 401)


async def test_signing_in_ends_the_guests_session(someone: Person) -> None:
    token = (await someone.post("/api/v1/session"))["token"]
    await someone.sign_in(FATHER)
    assert (await someone.get("/api/v1/session"))["name"] == "陈*民"
    someone.client.session.cookie_jar.clear()
    await someone.get("/api/v1/session", 401, headers={"Authorization": f"Bearer {token}"})


async def test_signing_out_ends_the_session(signed: Person) -> None:
    await signed.ask("DELETE", "/api/v1/session")
    await signed.get("/api/v1/session", 401)


async def test_a_ticket_works_once(someone: Person, house: House) -> None:
    ticket = house.identity.tickets.issue(FATHER)  # type: ignore[attr-defined]
    assert (await someone.post("/api/v1/session/login", {"ticket": ticket}))["signed_in"] is True
    await someone.post("/api/v1/session/login", {"ticket": ticket}, 502)


async def test_the_way_to_unified_identity_and_back(someone: Person, house: House) -> None:
    async with someone.client.get("/login", allow_redirects=False) as answer:
        assert answer.status == 303
        goto = parse_qs(urlsplit(answer.headers["Location"]).query)["goto"][0]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    ticket = house.identity.tickets.issue(FATHER)  # type: ignore[attr-defined]
    back = f"{urlsplit(goto)._replace(scheme='', netloc='').geturl()}&ticket={ticket}"
    async with someone.client.get(back, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert (await someone.get("/api/v1/session"))["signed_in"] is True
    async with someone.client.get(back, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/?sign_in=failed"


async def test_the_demo_people_are_listed_masked(someone: Person) -> None:
    families = (await someone.get("/api/v1/demo/people"))["families"]
    assert families[0]["people"][0]["id_number"] == "330***********0316"
    assert families[0]["about"] == ["新生儿出生"]
    assert 3 <= sum(family["first"] for family in families) <= 8
    assert len([one for family in families for one in family["people"]]) >= 25


async def test_without_demo_sign_in_there_is_none(someone: Person, house: House) -> None:
    house.settings = house.settings.model_copy(update={"demo_login": False})
    await someone.get("/api/v1/demo/people", 404)
    await someone.post("/api/v1/demo/login", {"who": FATHER}, 404)


async def test_large_type_is_kept_with_the_citizen(signed: Person, another: Person) -> None:
    await signed.post("/api/v1/prefs", {"elder": True, "scale": 150})
    await another.sign_in(FATHER)
    me = await another.get("/api/v1/session")
    assert (me["elder"], me["scale"]) == (True, 150)
    await signed.post("/api/v1/prefs", {"elder": True, "scale": 999}, 422)


async def test_the_export_holds_everything(signed: Person, another: Person) -> None:
    number = await signed.submitted()
    await signed.say("你好")
    held: dict[str, Any] = await signed.get("/api/v1/me/export")
    assert held["person"]["id_number"] == "330106199307120316"
    assert number in str(held["cases"])
    assert any(one["text"] == "你好" for one in held["talk"])
    assert {"lookup", "consent.given", "draft.save"} <= {one["what"] for one in held["log"]}
    await another.sign_in(MOTHER)
    assert number not in str(await another.get("/api/v1/me/export"))
    await another.ask("DELETE", "/api/v1/session")
    await another.post("/api/v1/session")
    await another.get("/api/v1/me/export", 401)


async def test_consents_are_listed(signed: Person) -> None:
    await signed.begun()
    given = (await signed.get("/api/v1/me/consents"))["consents"]
    assert [one["given"] for one in given] == [True]
    assert "婚姻登记" in given[0]["text"]
    await signed.submitted()
    after = (await signed.get("/api/v1/me/consents"))["consents"]
    assert [one["given"] for one in after] == [True]
    assert len((await signed.get("/api/v1/me/export"))["drafts"]) == 1


async def test_consent_is_taken_back_and_what_was_looked_up_goes(signed: Person) -> None:
    draft = await signed.begun()
    draft = await signed.change(draft, "mother.phone", "13800000102")
    found = (await signed.get("/api/v1/me/consents"))["consents"]
    assert [(one["draft"], one["title"], one["may_withdraw"]) for one in found] == [(draft["id"], "新生儿出生", True)]
    bare = await signed.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": False})
    fields = [one for part in bare["sections"] for one in part["fields"]]
    assert not [one for one in fields if "查到" in one["source"]]
    assert [one["value"] for one in fields if one["path"] == "mother.phone"] == ["13800000102"]
    assert bare["left"] > draft["left"]
    assert await AuditEvent.filter(action="consent.withdrawn").count() == 1
    assert [one["may_withdraw"] for one in (await signed.get("/api/v1/me/consents"))["consents"]] == [False]
    again = await signed.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": True})
    assert again["left"] == draft["left"]


async def test_the_consent_of_a_case_is_not_taken_back_alone(signed: Person) -> None:
    number = await signed.submitted()
    held = (await signed.get(f"/api/v1/cases/{number}"))["draft"]
    refused = await signed.post(f"/api/v1/drafts/{held}/consent", {"given": False}, 409)
    assert refused["reason"] == "closed"


async def test_forgetting_leaves_nothing_that_names_the_citizen(signed: Person) -> None:
    await signed.begun()
    await signed.say("你好")
    done = await signed.ask("DELETE", "/api/v1/me")
    assert done["signed_out"] is True
    assert done["drafts"] == 1
    citizen = await Citizen.first()
    assert citizen is not None
    assert (citizen.name, citizen.id_number, citizen.phone) == ("", "", "")
    assert await Conversation.filter(owner__startswith="citizen:").count() == 0
    assert await Message.all().count() == 0
    await signed.get("/api/v1/session", 401)


async def test_an_open_case_keeps_its_citizen_until_it_ends(signed: Person) -> None:
    number = await signed.submitted()
    done = await signed.ask("DELETE", "/api/v1/me")
    assert done["kept"] == [number]
    assert (await signed.get(f"/api/v1/cases/{number}"))["number"] == number
    await signed.post(f"/api/v1/cases/{number}/withdraw", {})
    done = await signed.ask("DELETE", "/api/v1/me")
    assert (done["signed_out"], done["cases"], done["drafts"]) == (True, 1, 1)
    assert await DraftRow.all().count() == 0


@pytest.mark.parametrize("path", ["/api/v1/drafts", "/api/v1/cases", "/api/v1/me/export", "/api/v1/me/consents"])
async def test_what_is_mine_needs_signing_in(someone: Person, path: str) -> None:
    await someone.get(path, 401)


async def test_whoever_is_not_known_surely_enough_is_told_how_to_change_that(someone: Person, house: House) -> None:
    ticket = house.identity.tickets.issue(f"{FATHER}~1")  # type: ignore[attr-defined]
    refused = await someone.post("/api/v1/session/login", {"ticket": ticket}, 403)
    assert refused["code"] == "level_too_low"
    assert "实名认证" in refused["detail"]
    assert await Citizen.all().count() == 0
    async with someone.client.get("/login", allow_redirects=False) as answer:
        state = parse_qs(urlsplit(parse_qs(urlsplit(answer.headers["Location"]).query)["goto"][0]).query)["state"][0]
    ticket = house.identity.tickets.issue(f"{FATHER}~1")  # type: ignore[attr-defined]
    path = f"/login/back?ticket={ticket}&state={state}"
    async with someone.client.get(path, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/?sign_in=level"
    async with someone.client.get("/login/raise", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/login"
