"""The OAuth2 flow against the demo, over HTTP, and against a platform that misbehaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from aiohttp import ClientSession, CookieJar, web

from core import clock
from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.settings import Settings
from integrations.demo_server import running
from integrations.identity.choice import identity_of
from integrations.identity.demo import Card
from integrations.identity.demo.grants import STAYS
from integrations.identity.demo.server import add_sign_in
from integrations.identity.demo.tickets import LIFE
from integrations.identity.oauth import OAuthIdentity
from integrations.identity.ticket import TicketIdentity
from tests.integrations.identity.conftest import FATHER, saying

BACK = "http://127.0.0.1:8000/login/back"
PROOF = "p" * 64


@dataclass
class Door:
    """A provider, and a browser of sorts."""

    identity: OAuthIdentity
    url: str
    session: ClientSession

    async def code(self, *, level: str = "", proof: str = PROOF, back: str = BACK, state: str = "s") -> str:
        """The code somebody comes back with, who picked the father's card."""
        async with self.session.get(self.identity.login_url(back, state, proof)) as page:
            html = await page.text()
            assert page.status == 200, html
            asked = {name: values[0] for name, values in parse_qs(page.url.query_string).items()}
        form = {**asked, "who": "river-1", "goto": back, "level": level}
        async with self.session.post(f"{self.url}/sso/login", data=form, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
            found = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert found.get("state", [""]) == [state]
        return found["code"][0]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    app = web.Application()
    add_sign_in(app, [Card("river-1", "河边一家", "说明", "爸爸", FATHER)], service="yijianshi", password="invented",
                origins=["https://bot.example"])
    async with running(app) as url, ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        identity = OAuthIdentity(f"{url}/sso", "yijianshi", "invented")
        yield Door(identity, url, session)
        await identity.close()


async def test_a_code_becomes_a_person(door: Door) -> None:
    assert await door.identity.person(await door.code(), BACK, PROOF) == FATHER
    assert (await door.identity.person(await door.code(level="1"), BACK, PROOF)).level == 1


async def test_a_code_is_good_once_and_for_a_short_while(door: Door) -> None:
    code = await door.code()
    await door.identity.person(code, BACK, PROOF)
    with pytest.raises(Refused):
        await door.identity.person(code, BACK, PROOF)
    with time_machine.travel(clock.now(), tick=True) as travel:
        code = await door.code()
        travel.shift(LIFE + timedelta(seconds=1))
        with pytest.raises(Refused):
            await door.identity.person(code, BACK, PROOF)


async def test_a_sign_in_is_renewed_and_each_token_renews_once(door: Door) -> None:
    first = await door.identity.person(await door.code(level="2"), BACK, PROOF)
    second = await door.identity.renewed(first.kept)
    assert (second, second.level) == (first, 2)
    assert second.kept not in ("", first.kept)
    with pytest.raises(Refused):
        await door.identity.renewed(first.kept)
    with pytest.raises(Refused):  # somebody has copied it: everything of this sign-in is over
        await door.identity.renewed(second.kept)


async def test_a_sign_in_that_was_left_is_over(door: Door) -> None:
    person, other = [await door.identity.person(await door.code(), BACK, PROOF) for _ in range(2)]
    await door.identity.leave(person.kept)
    await door.identity.leave(person.kept)
    await door.identity.leave("RT-never-given")
    with pytest.raises(Refused):
        await door.identity.renewed(person.kept)
    assert await door.identity.renewed(other.kept) == FATHER


async def test_a_sign_in_runs_out(door: Door) -> None:
    with time_machine.travel(clock.now(), tick=True) as travel:
        person = await door.identity.person(await door.code(), BACK, PROOF)
        travel.shift(STAYS + timedelta(seconds=1))
        with pytest.raises(Refused):
            await door.identity.renewed(person.kept)


async def test_the_way_out_leads_back(door: Door) -> None:
    identity = OAuthIdentity(f"{door.url}/sso", "yijianshi", "invented", leave_at=f"{door.url}/sso/logout")
    await door.code()
    async with door.session.get(identity.login_url(BACK)) as page:
        assert "接着用这个身份" in await page.text()
    async with door.session.get(identity.leave_url("http://127.0.0.1:8000/"), allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "http://127.0.0.1:8000/")
    async with door.session.get(identity.login_url(BACK)) as page:
        assert "接着用这个身份" not in await page.text()
    async with door.session.get(identity.leave_url("https://elsewhere.example/"), allow_redirects=False) as answer:
        assert answer.status == 400
    assert door.identity.leave_url(BACK) == ""
    await identity.close()


@pytest.mark.parametrize(("back", "proof"), [
    (BACK, "q" * 64), (BACK, ""), ("http://127.0.0.1:8000/elsewhere", PROOF), ("", PROOF),
])
async def test_a_code_works_for_the_browser_and_the_address_it_was_asked_by(door: Door, back: str, proof: str) -> None:
    with pytest.raises(Refused):
        await door.identity.person(await door.code(), back, proof)


@pytest.mark.parametrize("code", ["", "x", "AC-unknown-code", "AC-\n票", "x" * 600])
async def test_what_is_no_code_is_refused(door: Door, code: str) -> None:
    with pytest.raises(Refused):
        await door.identity.person(code, BACK, PROOF)


async def test_a_copied_code_ends_what_it_opened(door: Door) -> None:
    code = await door.code()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": "yijianshi",
            "client_secret": "invented", "code_verifier": PROOF}
    async with door.session.post(f"{door.url}/sso/oauth2/token", data=form) as answer:
        token = (await answer.json())["access_token"]
    with pytest.raises(Refused):
        await door.identity.person(code, BACK, PROOF)
    head = {"Authorization": f"Bearer {token}"}
    async with door.session.get(f"{door.url}/sso/oauth2/userinfo", headers=head) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("changed", [
    {"redirect_uri": "https://elsewhere.example/"}, {"client_id": "another"}, {"redirect_uri": "javascript:alert(1)"},
])
async def test_nobody_is_sent_elsewhere(door: Door, changed: dict[str, str]) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(door.identity.login_url(BACK, "s")).query).items()}
    async with door.session.get(f"{door.url}/sso/oauth2/authorize", params=asked | changed) as answer:
        assert answer.status == 400
    form = {**asked, **changed, "who": "river-1", "goto": changed.get("redirect_uri", BACK)}
    async with door.session.post(f"{door.url}/sso/login", data=form, allow_redirects=False) as answer:
        assert answer.status in (403, 404)
        assert "Location" not in answer.headers


async def test_wrong_credentials_are_an_alarm(door: Door) -> None:
    wrong = OAuthIdentity(f"{door.url}/sso", "yijianshi", "another")
    with pytest.raises(NotAuthorised):
        await wrong.person(await door.code(), BACK, PROOF)
    assert not (await wrong.check()).ok
    assert (await door.identity.check()).ok
    await wrong.close()


USER = {"real_name": "陈一民", "id_card": "33010619920512301x", "phone": "13800001001"}
TOKEN = {"access_token": "t"}


@pytest.mark.parametrize(("answers", "meant"), [
    ([TOKEN, {**USER, "realLevel": "9"}], 4), ([TOKEN, {"data": {**USER, "level": 3}}], 3), ([TOKEN, USER], 1),
    ([TOKEN, {**USER, "aud": ["another", "yijianshi"]}], 1), ([TOKEN, {**USER, "aud": "another"}], Refused),
    ([TOKEN, {**USER, "client_id": "another"}], Refused), ([{}], Garbled), ([TOKEN, {"name": "陈一民"}], Garbled),
    ([{"error": "invalid_grant"}], Refused), ([{"error": "invalid_scope"}], NotAuthorised), ([[]], Garbled),
    (["<html>"], Garbled), ([503], Unavailable), ([404], OutsideError),
])
async def test_what_a_platform_says(answers: list[object], meant: type[OutsideError] | int) -> None:
    async with saying(answers) as url:
        identity = OAuthIdentity(url, "yijianshi", "invented")
        if isinstance(meant, int):
            person = await identity.person("a-code", BACK, PROOF)
            assert (person.level, person.id_number) == (meant, "33010619920512301X")
        else:
            with pytest.raises(meant):
                await identity.person("a-code", BACK, PROOF)
        await identity.close()


@pytest.mark.parametrize(("answers", "meant"), [
    ([{"error": "invalid_grant"}], Refused), ([503], Unavailable), ([{**TOKEN, "refresh_token": "next"}, USER], "next"),
    ([TOKEN, USER], "kept"), ([TOKEN, 503], Unavailable), ([{}], Garbled),
])
async def test_what_a_platform_says_of_a_renewal(answers: list[object], meant: type[OutsideError] | str) -> None:
    async with saying(answers) as url:
        identity = OAuthIdentity(url, "yijianshi", "invented")
        if isinstance(meant, str):
            assert (await identity.renewed("kept")).kept == meant
        else:
            with pytest.raises(meant):
                await identity.renewed("kept")
        await identity.close()


@pytest.mark.parametrize(("answer", "meant"), [
    (200, None), ("", None), ({}, None), (503, Unavailable), (404, OutsideError),
])
async def test_what_a_platform_says_to_leaving(answer: object, meant: type[OutsideError] | None) -> None:
    async with saying([answer]) as url:
        identity = OAuthIdentity(url, "yijianshi", "invented")
        if meant is None:
            await identity.leave("kept")
        else:
            with pytest.raises(meant):
                await identity.leave("kept")
        await identity.close()


async def test_settings_choose_the_flow() -> None:
    assert isinstance(identity_of(Settings()), TicketIdentity)
    chosen = identity_of(Settings(identity_flow="oauth2", identity_pkce=False))
    assert isinstance(chosen, OAuthIdentity)
    url = chosen.login_url(BACK, "s", PROOF)
    assert url.startswith("http://127.0.0.1:8001/sso/oauth2/authorize?response_type=code&client_id=yijianshi")
    assert "code_challenge" not in url
