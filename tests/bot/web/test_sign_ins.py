"""Signing in by OAuth2 from the page: there and back, asked after later, and out again on both sides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from aiohttp import ClientSession, web

from bot.house import House
from bot.models import Session
from core.clock import now
from core.errors import Refused
from integrations.demo_exchange import cards
from integrations.demo_server import running
from integrations.identity.demo.oauth import CODES
from integrations.identity.demo.server import add_sign_in
from integrations.identity.oauth import OAuthIdentity
from tests.bot.web.conftest import FATHER, MOTHER, Person


@dataclass
class There:
    """Unified identity over HTTP, and a browser on its pages."""

    app: web.Application
    url: str
    session: ClientSession

    async def picked(self, where: str, who: str) -> str:
        """The query that somebody comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
        form = {**asked, "who": who, "goto": asked["redirect_uri"]}
        async with self.session.post(f"{self.url}/sso/login", data=form, allow_redirects=False) as answer:
            return urlsplit(answer.headers["Location"]).query

    async def sign_in(self, person: Person, who: str = FATHER) -> None:
        back = await self.picked(await located(person, "/login"), who)
        assert await located(person, f"/login/back?{back}") == "/"


@pytest.fixture
async def there(house: House) -> AsyncIterator[There]:
    app = web.Application()
    add_sign_in(app, cards(), service="yijianshi", password="invented", origins=[])
    async with running(app) as url, ClientSession() as session:
        house.identity = OAuthIdentity(f"{url}/sso", "yijianshi", "invented", leave_at=f"{url}/sso/logout")
        yield There(app, url, session)
        await house.identity.close()


async def located(person: Person, path: str) -> str:
    """Where a browser is sent on."""
    async with person.client.get(path, allow_redirects=False) as answer:
        assert answer.status == 303
        return answer.headers["Location"]


async def kept(house: House) -> str:
    """What is kept of the one sign-in."""
    return str((await Session.get(citizen_id__isnull=False)).sign_in)


async def test_from_the_page_and_back(someone: Person, there: There) -> None:
    """A browser is sent with a challenge, comes back with a code, and alone holds what redeems it."""
    back = await there.picked(await located(someone, "/login"), FATHER)
    assert await located(someone, f"/login/back?{back}") == "/"
    assert (await someone.get("/api/v1/session"))["name"] == "陈*民"
    assert await located(someone, f"/login/back?{back}") == "/?sign_in=failed"  # what was begun is over
    mine = await located(someone, "/login")
    theirs = await there.picked(mine, MOTHER)
    assert "code_challenge=" in mine
    await someone.ask("DELETE", "/api/v1/session")
    someone.client.session.cookie_jar.clear()
    assert await located(someone, f"/login/back?{theirs}") == "/?sign_in=failed"  # in a browser that did not ask


async def test_a_sign_in_is_asked_after_once_a_day(someone: Person, there: There, house: House) -> None:
    await there.sign_in(someone)
    first = await kept(house)
    await someone.get("/api/v1/session")
    assert await kept(house) == first
    for day in (1.5, 3):
        with time_machine.travel(now() + timedelta(days=day), tick=True):
            assert (await someone.get("/api/v1/session"))["signed_in"] is True
        assert await kept(house) != first
        first = await kept(house)


async def test_who_signed_out_there_is_signed_out_here(someone: Person, there: There, house: House) -> None:
    await there.sign_in(someone)
    there.app[CODES].grants.end(await kept(house))
    assert (await someone.get("/api/v1/session"))["signed_in"] is True
    with time_machine.travel(now() + timedelta(hours=25), tick=True):
        await someone.get("/api/v1/session", 401)
    assert await Session.all().count() == 0


async def test_while_nobody_answers_there_a_sign_in_goes_on(someone: Person, there: There, house: House) -> None:
    await there.sign_in(someone)
    before, well = await kept(house), house.identity
    house.identity = OAuthIdentity("http://127.0.0.1:9/sso", "yijianshi", "invented", timeout=1)
    with time_machine.travel(now() + timedelta(hours=25), tick=True):
        assert (await someone.get("/api/v1/session"))["signed_in"] is True
        assert await kept(house) == before
        await house.identity.close()
        house.identity = well
        assert (await someone.get("/api/v1/session"))["signed_in"] is True
    assert await kept(house) != before


async def test_signing_out_ends_it_on_both_sides(someone: Person, there: There, house: House) -> None:
    await there.sign_in(someone)
    token = await kept(house)
    to = (await someone.ask("DELETE", "/api/v1/session"))["to"]
    with pytest.raises(Refused):
        await house.identity.renewed(token)
    async with there.session.get(to, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, f"{house.settings.url}/")
        assert answer.cookies["sso_here"]["max-age"] == "0"


async def test_who_did_not_come_by_its_pages_is_not_sent_there(signed: Person, house: House) -> None:
    house.identity.leave_url = lambda return_to: "elsewhere"  # type: ignore[method-assign]
    assert (await signed.ask("DELETE", "/api/v1/session"))["to"] == ""
