"""The demo exchange at its door: signatures, clocks, numbers used twice, requests that are none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from core import clock
from integrations.demo_server import running
from integrations.sources.demo.desk import Desk
from integrations.sources.demo.guard import Convention
from integrations.sources.demo.server import make_app
from integrations.sources.gateway.signers import Signed, signer
from tests.integrations.sources import world

CONVENTIONS: tuple[Convention, ...] = ("gjzwfwpt", "tif", "xbg")
PATH = "/sysapi/population"
BODY: dict[str, Any] = {
    "params": {"id_number": world.FATHER}, "fields": ["name"], "case_no": "draft-1", "consent_id": "consent-1",
    "purpose": {"code": "newborn_birth", "name": "新生儿出生", "items": ["household_registration"]}, "operator": "c-1",
}


class Door:
    """An exchange in one convention, and raw requests to it."""

    def __init__(self, url: str, session: ClientSession, convention: Convention, desk: Desk) -> None:
        self.url, self._session, self._convention, self.desk = url, session, convention, desk

    def sign(self, app: str = world.APP, secret: str = world.SECRET, minutes: float = 0) -> Signed:
        return signer(self._convention, app, secret).sign("POST", PATH, clock.now() + timedelta(minutes=minutes))

    async def post(self, signed: Signed, body: Any = BODY, path: str = PATH) -> dict[str, Any]:
        async with self._session.post(
            self.url + path, json=body, headers=signed.headers, params=signed.query
        ) as response:
            reply: dict[str, Any] = await response.json()
            return reply


@pytest.fixture(params=CONVENTIONS)
async def door(request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    desk = world.desk()
    app = make_app(app=world.APP, secret=world.SECRET, signer=request.param, desk=desk)
    async with running(app) as url, ClientSession() as session:
        yield Door(url, session, request.param, desk)


async def test_a_sound_request_is_answered(door: Door) -> None:
    reply = await door.post(door.sign())
    assert reply == {"code": "200", "message": "ok", "data": [{"name": "陈一民"}]}


@pytest.mark.parametrize("forged", [(world.APP, "another"), ("somebody-else", world.SECRET)])
async def test_a_forged_signature_is_turned_away(door: Door, forged: tuple[str, str]) -> None:
    reply = await door.post(door.sign(*forged))
    assert (reply["code"], reply["message"], reply["data"]) == ("300", "invalid signature", None)
    assert door.desk.calls.count() == 0


async def test_headers_left_out_or_changed_are_turned_away(door: Door) -> None:
    signed = door.sign()
    for name in signed.headers:
        if "serviceId" in name or "ALGORITHM" in name:
            continue
        left_out = Signed("", {other: value for other, value in signed.headers.items() if other != name}, signed.query)
        assert (await door.post(left_out))["message"] == "invalid signature"
        changed = Signed("", {**signed.headers, name: "1" * 40}, signed.query)
        assert (await door.post(changed))["message"] == "invalid signature"


@pytest.mark.parametrize(("minutes", "code"), [(-6, "300"), (6, "300"), (-4, "200"), (4, "200")])
async def test_a_clock_may_be_five_minutes_wrong(door: Door, minutes: float, code: str) -> None:
    reply = await door.post(door.sign(minutes=minutes))
    assert reply["code"] == code
    assert code == "200" or "timestamp" in reply["message"]


async def test_a_request_number_is_good_once(door: Door) -> None:
    signed = door.sign()
    assert (await door.post(signed))["code"] == "200"
    assert (await door.post(signed))["message"] == "repeated request"
    assert door.desk.calls.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"consent_id": ""}, "consent required"),
        ({"purpose": {}}, "purpose required"),
        ({"purpose": {"code": "x", "name": "y", "items": []}}, "purpose required"),
        ({"operator": ""}, "purpose required"),
        ({"fields": []}, "no permission"),
        ({"fields": ["photo"]}, "no permission"),
    ],
)
async def test_the_rules_hold_for_callers_that_do_not_keep_them(
    door: Door, change: dict[str, Any], message: str
) -> None:
    reply = await door.post(door.sign(), {**BODY, **change})
    assert (reply["code"], reply["message"]) == ("300", message)


@pytest.mark.parametrize("body", [[], "x", None, {"params": {"id_number": 5}, "fields": ["name"]}, {"fields": [1]},
                                  {"purpose": "x"}, {"fields": 7}])
async def test_a_body_of_the_wrong_shape_is_a_bad_request(door: Door, body: Any) -> None:
    assert (await door.post(door.sign(), body))["code"] in ("400", "300")


async def test_every_look_up_is_counted(door: Door) -> None:
    await door.post(door.sign())
    await door.post(door.sign(), {**BODY, "consent_id": ""})
    await door.post(door.sign(), {**BODY, "params": {"id_number": world.NOBODY}})
    calls = door.desk.calls
    assert (calls.count(), calls.count("population", "ok"), calls.count(outcome="no_consent")) == (3, 1, 1)
    assert [call.outcome for call in calls.last(2)] == ["no_data", "no_consent"]


async def test_sources_that_are_not_for_this_caller_are_refused() -> None:
    desk = Desk(world.desk().register, allowed={"population": ["sex"]})
    app = make_app(app=world.APP, secret=world.SECRET, desk=desk)
    async with running(app) as url, ClientSession() as session:
        door = Door(url, session, "gjzwfwpt", desk)
        assert (await door.post(door.sign()))["message"] == "no permission"
        assert (await door.post(door.sign(), {**BODY, "fields": ["sex"]}))["data"] == [{"sex": "1"}]
        assert (await door.post(door.sign(), path="/sysapi/marriage"))["message"] == "no permission"
