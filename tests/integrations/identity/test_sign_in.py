"""The demo sign-in page: cards, the way back, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession

from integrations.demo_exchange import make_app
from integrations.demo_server import running
from integrations.identity.ticket import TicketIdentity
from tests.integrations.sources import world

BACK = "http://127.0.0.1:8000/back?from=page"


@dataclass
class Page:
    """The exchange process and a browser of sorts."""

    url: str
    session: ClientSession

    async def choose(self, who: str, goto: str, **headers: str) -> tuple[int, str]:
        async with self.session.post(
            f"{self.url}/sso/login", data={"who": who, "goto": goto}, headers=headers, allow_redirects=False
        ) as response:
            return response.status, response.headers.get("Location", "")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    app = make_app(
        app=world.APP, secret=world.SECRET, folder=world.PEOPLE, origins=["https://bot.example"]
    )
    async with running(app) as url, ClientSession() as session:
        yield Page(url, session)


async def test_everybody_has_a_card_and_nobody_a_number(page: Page) -> None:
    async with page.session.get(f"{page.url}/sso/login", params={"goto": BACK}) as response:
        html = await response.text()
        policy = response.headers["Content-Security-Policy"]
    assert all(word in html for word in ("河边一家", "陈一民", "李晓兰", "周文", "妈妈"))
    assert world.FATHER not in html
    assert "form-action 'self' http://127.0.0.1:8000" in policy


async def test_picking_a_card_leads_back_with_a_ticket_that_works_once(page: Page) -> None:
    status, location = await page.choose("river_family-1", BACK)
    assert (status, location.partition("&ticket=")[0]) == (303, BACK)
    identity = TicketIdentity(f"{page.url}/sso", "yijianshi", world.SECRET)
    (ticket,) = parse_qs(urlsplit(location).query)["ticket"]
    assert (await identity.person(ticket)).id_number == world.FATHER
    await identity.close()


@pytest.mark.parametrize(
    "goto", ["", "https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "http://[", "/back",
             "http://127.0.0.1@elsewhere.example/", "http://127.0.0.1.elsewhere.example/", "https://bot.example.evil/",
             "http://127.0.0.1\\@elsewhere.example/", "http://127.0.0.1/\r\nX: y", "ftp://127.0.0.1/"],
)
async def test_nobody_is_sent_elsewhere(page: Page, goto: str) -> None:
    assert (await page.choose("river_family-1", goto))[0] == 403
    if goto:
        async with page.session.get(f"{page.url}/sso/login", params={"goto": goto}) as response:
            assert response.status == 400


async def test_an_origin_that_was_named_is_fine(page: Page) -> None:
    status, location = await page.choose("river_family-1", "https://bot.example/back")
    assert status == 303
    assert location.startswith("https://bot.example/back?ticket=ST-")


async def test_a_form_of_another_site_is_refused(page: Page) -> None:
    assert (await page.choose("river_family-1", BACK, Origin="https://elsewhere.example"))[0] == 403
    assert (await page.choose("river_family-1", BACK, Origin=page.url))[0] == 303


async def test_nobody_of_that_name(page: Page) -> None:
    assert (await page.choose("<script>", BACK))[0] == 404


async def test_without_a_way_back_there_is_nothing_to_press(page: Page) -> None:
    async with page.session.get(f"{page.url}/sso/login") as response:
        assert "<button" not in await response.text()
    async with page.session.get(f"{page.url}/") as response:
        assert "演示用统一身份认证" in await response.text()
