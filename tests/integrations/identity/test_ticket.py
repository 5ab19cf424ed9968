"""Unified identity: the ticket flow over HTTP and in process, through one contract, and a platform that misbehaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from aiohttp import ClientSession, web

from core import clock
from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.settings import Settings
from integrations.demo_server import running
from integrations.identity.base import IdentityProvider
from integrations.identity.demo import Card, DemoIdentity, Tickets
from integrations.identity.demo.server import DESK, add_sign_in
from integrations.identity.demo.tickets import LIFE
from integrations.identity.signing import sso_md5, sso_time
from integrations.identity.ticket import TicketIdentity
from tests.integrations.identity.conftest import FATHER, saying

CARDS = (Card("river-1", "河边一家", "说明", "爸爸", FATHER),)


class Door:
    """A provider and the tickets behind it."""

    def __init__(self, provider: IdentityProvider, tickets: Tickets) -> None:
        self.provider, self.tickets = provider, tickets


@pytest.fixture(params=["over_http", "in_process"])
async def door(request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    if request.param == "in_process":
        provider = DemoIdentity(CARDS)
        yield Door(provider, provider.tickets)
        return
    app = web.Application()
    add_sign_in(app, CARDS, service="yijianshi", password="invented")
    async with running(app) as url:
        identity = TicketIdentity(f"{url}/sso", "yijianshi", "invented")
        yield Door(identity, app[DESK].tickets)
        await identity.close()


async def test_a_ticket_becomes_a_person(door: Door) -> None:
    assert await door.provider.person(door.tickets.issue("river-1")) == FATHER


async def test_a_ticket_is_good_once(door: Door) -> None:
    ticket = door.tickets.issue("river-1")
    await door.provider.person(ticket)
    with pytest.raises(Refused):
        await door.provider.person(ticket)


async def test_a_ticket_is_good_for_a_short_while(door: Door) -> None:
    with time_machine.travel(clock.now(), tick=True) as travel:
        ticket = door.tickets.issue("river-1")
        travel.shift(LIFE + timedelta(seconds=1))
        with pytest.raises(Refused):
            await door.provider.person(ticket)


@pytest.mark.parametrize(
    "ticket", ["", "ST-", "ST-" + "x" * 32, "x" * 5000, "ST-a&method=getUserInfo", "ST-\n\x00票", "river-1"]
)
async def test_what_is_no_ticket_is_refused(door: Door, ticket: str) -> None:
    with pytest.raises(Refused):
        await door.provider.person(ticket)


async def test_a_token_is_no_ticket(door: Door) -> None:
    with pytest.raises(Refused):
        await door.provider.person(door.tickets.issue("river-1", "TK"))


async def test_the_way_to_sign_in_leads_back(door: Door) -> None:
    back = "http://127.0.0.1:8000/back?a=1&b=2"
    assert parse_qs(urlsplit(door.provider.login_url(back)).query)["goto"] == [back]


async def test_check_is_well(door: Door) -> None:
    health = await door.provider.check()
    assert health.ok, health.says


def test_settings_reuse_the_exchange() -> None:
    settings = Settings(port=9000, sources_secret="kept")
    assert (settings.sign_in_url, settings.identity_password) == ("http://127.0.0.1:9001/sso", "kept")
    own = Settings(identity_url="https://sso.example", identity_secret="own")
    assert (own.sign_in_url, own.identity_password) == ("https://sso.example", "own")


@pytest.mark.parametrize(("password", "service"), [("wrong", "yijianshi"), ("invented", "another")])
async def test_wrong_credentials_are_an_alarm_and_spend_no_ticket(password: str, service: str) -> None:
    app = web.Application()
    add_sign_in(app, CARDS, service="yijianshi", password="invented")
    async with running(app) as url:
        wrong = TicketIdentity(f"{url}/sso", service, password)
        right = TicketIdentity(f"{url}/sso", "yijianshi", "invented")
        ticket = app[DESK].tickets.issue("river-1")
        with pytest.raises(NotAuthorised):
            await wrong.person(ticket)
        assert not (await wrong.check()).ok
        assert await right.person(ticket) == FATHER
        await wrong.close()
        await right.close()


@pytest.mark.parametrize(("minutes", "result"), [(-6, "1003"), (6, "1003"), (-4, "0"), (4, "0")])
async def test_a_clock_may_be_five_minutes_wrong(minutes: int, result: str) -> None:
    app = web.Application()
    add_sign_in(app, CARDS, service="yijianshi", password="invented")
    moment = sso_time(clock.now() + timedelta(minutes=minutes))
    params = {
        "method": "ticketValidation", "servicecode": "yijianshi", "time": moment, "datatype": "json",
        "sign": sso_md5("yijianshi", "invented", moment), "st": app[DESK].tickets.issue("river-1"),
    }
    async with (
        running(app) as url,
        ClientSession() as session,
        session.get(f"{url}/sso/servlet/simpleauth", params=params) as response,
    ):
        assert (await response.json())["result"] == result


USER = {"result": "0", "username": "陈一民", "idnum": "33010619920512301x", "mobile": "13800001001"}


@pytest.mark.parametrize(
    ("answers", "meant"),
    [
        ([{"result": "0", "token": "t"}, {**USER, "authlevel": "9"}], 4),
        ([{"result": 0, "token": "t"}, {**USER, "authlevel": "high"}], 1),
        ([{"result": "0", "token": "t"}, USER], 1),
        ([{"result": "0"}], Garbled),
        ([{"result": "0", "token": "t"}, {"result": "0", "username": "陈一民"}], Garbled),
        ([{"result": "7", "errmsg": "票据已失效"}], Refused),
        ([{"result": "7", "errmsg": "签名错误"}], NotAuthorised),
        ([[]], Garbled),
        (["<html>"], Garbled),
        ([503], Unavailable),
        ([404], NotAuthorised),
    ],
)
async def test_what_a_platform_says(answers: list[object], meant: type[OutsideError] | int) -> None:
    async with saying(answers) as url:
        identity = TicketIdentity(url, "yijianshi", "invented")
        if isinstance(meant, int):
            person = await identity.person("ST-12345678")
            assert (person.level, person.id_number) == (meant, "33010619920512301X")
        else:
            with pytest.raises(meant):
                await identity.person("ST-12345678")
        await identity.close()


