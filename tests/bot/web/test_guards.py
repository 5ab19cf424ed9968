"""What guards sessions, sign-in and drafts against odd requests, other sites and other states."""

import asyncio
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.desks import Table
from bot.dialogue.drafting import Correcting
from bot.dialogue.state import State
from bot.house import House
from bot.keeping import forget_sessions
from bot.models import Citizen, Session
from bot.talk_store import conversation_of
from bot.turns import Turn
from cases.actors import Demand, Staff
from core.clock import now
from core.models import AuditEvent
from forms.merging.merged import Finding
from tests.bot.web.conftest import FATHER, MOTHER, Person

BOSS = Staff("r1", "审核员甲", "reviewer", "", "330100")


async def raw(person: Person, head: bytes, body: bytes = b"") -> bytes:
    """The status line that bytes no client library would send are answered with."""
    reader, writer = await asyncio.open_connection(person.client.server.host, person.client.server.port)
    writer.write(head + b"Host: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    line = await asyncio.wait_for(reader.readline(), 90)
    writer.close()
    await writer.wait_closed()
    return line


@pytest.mark.parametrize("head", [b"Authorization: Bearer \xff\xfe\r\n", b"Cookie: yjs_session=\xff\xfe\r\n"])
async def test_a_token_that_is_no_text_is_no_session(someone: Person, head: bytes) -> None:
    assert b" 401 " in await raw(someone, b"GET /api/v1/session HTTP/1.1\r\n" + head)


async def test_a_signature_that_is_no_text_is_refused(someone: Person) -> None:
    head = b"POST /api/v1/platform/callback HTTP/1.1\r\nX-Sign: \xff\r\nX-Nonce: \xff\r\nX-Timestamp: \xff\r\n"
    assert b" 401 " in await raw(someone, head, b"{}")


async def test_odd_methods_make_no_counters(someone: Person) -> None:
    assert b" 405 " in await raw(someone, b"PURGE / HTTP/1.1\r\n")
    async with someone.client.get("/metrics") as answer:
        assert "PURGE" not in await answer.text()


async def test_a_ticket_somebody_else_asked_for_signs_nobody_in(someone: Person, house: House) -> None:
    """Another site cannot sign a citizen in under its own name, to read later what they wrote."""
    ticket = house.identity.tickets.issue(MOTHER)  # type: ignore[attr-defined]
    await someone.post("/api/v1/session")
    for query in ("", "&state=guessed"):
        async with someone.client.get(f"/login/back?ticket={ticket}{query}", allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/?sign_in=failed"
    async with someone.client.get("/login", allow_redirects=False) as answer:
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["yjs_login"]
        goto = parse_qs(urlsplit(answer.headers["Location"]).query)["goto"][0]
    assert cookie["httponly"]
    assert (await someone.get("/api/v1/session"))["signed_in"] is False
    async with someone.client.get(f"{goto[goto.index('/login/'):]}&ticket={ticket}", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/"
    assert (await someone.get("/api/v1/session"))["signed_in"] is True


async def test_behind_an_https_address_cookies_are_secure(someone: Person, house: House) -> None:
    house.settings = house.settings.model_copy(update={"public_url": "https://yijianshi.example"})
    async with someone.client.post("/api/v1/session") as answer:
        assert SimpleCookie(answer.headers["Set-Cookie"])["yjs_session"]["secure"]


async def test_without_a_demo_there_is_no_demo_sign_in(someone: Person, house: House) -> None:
    house.settings = house.settings.model_copy(update={"demo": False})
    await someone.get("/api/v1/demo/people", 404)
    await someone.post("/api/v1/demo/login", {"who": FATHER}, 404)


async def test_taking_along_and_signing_out_are_written_down(signed: Person) -> None:
    await signed.get("/api/v1/me/export")
    await signed.ask("DELETE", "/api/v1/session")
    assert await AuditEvent.filter(action="citizen.export").count() == 1
    assert await AuditEvent.filter(action="citizen.sign_out").count() == 1


async def test_sessions_that_ended_are_deleted(signed: Person, another: Person) -> None:
    await another.post("/api/v1/session")
    await Session.filter(citizen_id=None).update(expires=now() - timedelta(minutes=1))
    assert await forget_sessions() == 1
    assert (await signed.get("/api/v1/session"))["signed_in"] is True


async def test_consent_is_written_down_before_anybody_is_asked(signed: Person) -> None:
    await signed.begun()
    first = await AuditEvent.filter(action="lookup").order_by("id").first()
    given = await AuditEvent.get(action="consent.given")
    assert first is not None
    assert given.id < first.id


async def test_consent_to_what_was_not_seen_is_none(signed: Person) -> None:
    draft = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201)
    body = {"given": True, "revision": draft["revision"] - 1}
    await signed.post(f"/api/v1/drafts/{draft['id']}/consent", body, 409)
    await signed.post(f"/api/v1/drafts/{draft['id']}/consent", body | {"revision": draft["revision"]})


async def test_a_draft_in_correction_stays_on_the_content_it_was_signed_under(signed: Person, house: House) -> None:
    case = await house.cases.case(await signed.submitted())
    await house.cases.open_review(case.id, BOSS)
    await house.cases.return_(case.id, BOSS, [Demand("mother.phone", "请换一个号码")])
    held = await house.forms.get(str(case.draft_id))
    older = held.draft.model_copy(update={"version": "older"})
    held = await house.forms.save(held.id, held.citizen_id, older, held.revision)
    await signed.post(f"/api/v1/drafts/{held.id}/move", {}, 409)
    row, person = await conversation_of(f"citizen:{held.citizen_id}"), await Citizen.get(id=held.citizen_id)
    stage = Correcting(one_thing="newborn_birth", draft=held.id, case=case.number, todo=("mother.phone",))
    turn = Turn(house.conversations.parts, Table(house.conversations.parts, row, person), State(stage=stage))
    await turn.prepare()
    assert (await house.forms.get(held.id)).draft.version == "older"


async def test_pressing_submit_again_and_again_does_not_ask_the_sources_each_time(
    signed: Person, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = await signed.filled()
    house.settings = house.settings.model_copy(update={"rate_per_person": 1})
    await house.kv.drop(f"limit:edit:{(await Citizen.get()).id}")
    blocked = Finding(rule="x", level="block", about="mother.phone", says="不行")
    monkeypatch.setattr(type(house.engine), "review", lambda self, held: (blocked,))
    statuses = []
    for _ in range(8):
        async with signed.client.post(f"/api/v1/drafts/{draft['id']}/submit", json={"name": "陈一民"}) as answer:
            statuses.append(answer.status)
    assert statuses[0] == 409
    assert statuses[-1] == 429
