"""What a platform may answer, and what each answer means."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
import time_machine
from aiohttp import web
from structlog.testing import capture_logs

from core import clock
from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.settings import Settings
from integrations.demo_server import running
from integrations.platforms.gateway import GatewayPlatform
from tests.integrations.platforms.conftest import Lab, connect
from tests.integrations.platforms.world import package

LEG = package().leg_number


@asynccontextmanager
async def answering(handler: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[GatewayPlatform]:
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", handler)
    async with running(app) as url:
        platform = connect(url)
        yield platform
        await platform.close()


@pytest.mark.parametrize(("code", "error"), [
    ("300", NotAuthorised), ("301", NotAuthorised), ("302", NotAuthorised), ("303", NotAuthorised), ("400", Refused),
    ("404", Refused), ("409", Refused), ("410", Refused), ("429", Unavailable), ("500", Unavailable),
    ("503", Unavailable), ("504", Unavailable), ("777", Unavailable),
])
async def test_each_of_their_codes_is_one_of_our_errors(code: str, error: type[OutsideError]) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"code": code, "message": "身份证 33010619920512001X 有误"})

    async with answering(handler) as platform:
        with pytest.raises(error) as caught:
            await platform.submit(package())
    assert "0512001" not in f"{caught.value} {caught.value.details}"
    assert caught.value.details["says"]
    assert code not in str(caught.value.details["says"])


@pytest.mark.parametrize(("status", "error"), [
    (401, NotAuthorised), (403, NotAuthorised), (404, Unavailable), (429, Unavailable), (500, Unavailable),
    (502, Unavailable), (503, Unavailable), (504, Unavailable),
])
async def test_a_proxys_answer_counts_by_its_status(status: int, error: type[OutsideError]) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, text="<html>no</html>", content_type="text/html")

    async with answering(handler) as platform:
        with pytest.raises(error):
            await platform.events(LEG)


@pytest.mark.parametrize("text", [
    "<html>系统错误</html>", "", "[]", "null", '{"message":"ok"}', '{"code":"200"}', '{"code":"200","data":[]}',
    '{"code":"200","data":{"APASNUM":"1","RECEIVETIME":"soon"}}',
])
async def test_an_unreadable_success_is_garbled(text: str) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=text, content_type="application/json")

    async with answering(handler) as platform:
        with pytest.raises(Garbled):
            await platform.submit(package())


async def test_a_list_without_nodes_is_garbled_not_empty() -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"code": "200", "data": {}})

    async with answering(handler) as platform:
        with pytest.raises(Garbled):
            await platform.events(LEG)


async def test_nobody_there_is_unavailable() -> None:
    platform = connect("http://127.0.0.1:9")
    with pytest.raises(Unavailable):
        await platform.submit(package())
    health = await platform.check()
    assert not health.ok
    await platform.close()


async def test_a_redirect_is_not_followed() -> None:
    async def handler(request: web.Request) -> web.Response:
        raise web.HTTPFound("/elsewhere")

    async with answering(handler) as platform:
        with pytest.raises(Garbled):
            await platform.submit(package())


async def test_a_wrong_secret_or_caller_is_an_alarm(lab: Lab) -> None:
    for change in ({"secret": "other"}, {"caller": "someone"}):
        platform = connect(lab.url, **change)
        with pytest.raises(NotAuthorised):
            await platform.submit(package())
        await platform.close()
    assert lab.province.storage.leg(LEG) is None


async def test_a_request_replayed_is_turned_away(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda size: "always")
    assert (await lab.platform.check()).ok
    assert "AUTH_SIGN" in (await lab.platform.check()).says


async def test_our_clock_follows_theirs_once(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour behind: the first answer tells their time, the second attempt uses it."""
    real = clock.now
    monkeypatch.setattr("integrations.platforms.gateway.client.clock", type("Slow", (), {
        "now": staticmethod(lambda: real() - timedelta(hours=1)),
    }))
    receipt = await lab.platform.submit(package())
    assert not receipt.duplicate


async def test_a_stale_request_is_not_taken(lab: Lab) -> None:
    headers: dict[str, str] = {}
    client = lab.platform._client  # type: ignore[attr-defined]
    with time_machine.travel(clock.now() - timedelta(minutes=6), tick=False):
        headers = client._signed("GET", "/apas/v1/ping", b"")
    async with aiohttp.ClientSession() as session, session.get(f"{lab.url}/apas/v1/ping", headers=headers) as response:
        assert (await response.json())["code"] == "301"


@pytest.mark.parametrize("change", [
    {"applicant": package().applicant.__class__("", "id_card", "33010619920512001X")},
    {"applicant": package().applicant.__class__("陈一民", "id_card", "1234")},
    {"applicant": package().applicant.__class__("陈一民", "uscc", "33010619920512001I")},
    {"region": "hangzhou"}, {"data_version": 0}, {"item": ""}, {"leg_number": ""},
])
async def test_a_package_out_of_shape_is_refused(lab: Lab, change: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        await lab.platform.submit(package(**change))
    assert caught.value.details["code"] == "BAD_REQUEST"


async def test_nothing_personal_is_logged(lab: Lab) -> None:
    with capture_logs() as logs:
        await lab.platform.submit(package())
        await lab.days(10)
        await lab.platform.events(LEG)
    told = str(logs)
    assert "http.sent" in told
    for secret in ("33010619920512001X", "13800000001", "陈一民", "陈小满", "33010620260715"):
        assert secret not in told


async def test_the_settings_name_the_platform() -> None:
    settings = Settings(platform_url="http://127.0.0.1:9", platform_secret="a", platform_callback_key="b")
    platform = GatewayPlatform.from_settings(settings)
    assert not (await platform.check()).ok
    await platform.close()
