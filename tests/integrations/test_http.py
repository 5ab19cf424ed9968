"""The shared client: limits, errors by name, nothing personal in its logs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from core.errors import Garbled, Unavailable
from integrations.demo_server import PortBusy, running
from integrations.http import Http

ID = "330106199205123014"


async def _fine(request: web.Request) -> web.Response:
    return web.json_response({"heard": await request.json() if request.can_read_body else None})


async def _cookie(request: web.Request) -> web.Response:
    response = web.json_response({"cookies": dict(request.cookies)})
    response.set_cookie("kept", "yes")
    return response


async def _slow(request: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def _moved(request: web.Request) -> web.Response:
    raise web.HTTPFound("/fine")


async def _big(request: web.Request) -> web.Response:
    return web.json_response("x" * 5000)


async def _page(request: web.Request) -> web.Response:
    return web.Response(text="<html>", content_type="text/html")


async def _cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@pytest.fixture
async def server() -> AsyncIterator[str]:
    app = web.Application()
    for path, handler in {
        "fine": _fine, "cookie": _cookie, "slow": _slow, "moved": _moved, "big": _big, "page": _page, "cut": _cut,
    }.items():
        app.router.add_route("*", f"/{path}", handler)
    async with running(app) as url:
        yield url


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    client = Http(timeout=60, max_bytes=4000)
    yield client
    await client.close()


async def test_json_goes_and_comes(http: Http, server: str) -> None:
    reply = await http.send("POST", f"{server}/fine", json={"name": "陈"})
    assert (reply.status, reply.json()) == (200, {"heard": {"name": "陈"}})


async def test_cookies_are_not_kept(http: Http, server: str) -> None:
    await http.send("GET", f"{server}/cookie")
    assert (await http.send("GET", f"{server}/cookie")).json() == {"cookies": {}}


@pytest.mark.parametrize(
    ("path", "error", "why"),
    [("cut", Unavailable, "reset"), ("moved", Garbled, "redirect"),
     ("big", Garbled, "too_big")],
)
async def test_a_failure_has_a_name(
    http: Http, server: str, path: str, error: type[Unavailable | Garbled], why: str
) -> None:
    with pytest.raises(error) as caught:
        await http.send("GET", f"{server}/{path}")
    assert caught.value.details["why"] == why


async def test_nobody_is_waited_for_beyond_the_limit(server: str) -> None:
    hasty = Http(timeout=0.3)
    with pytest.raises(Unavailable) as caught:
        await hasty.send("GET", f"{server}/slow")
    assert caught.value.details["why"] == "timeout"
    await hasty.close()


async def test_nobody_there(http: Http) -> None:
    with pytest.raises(Unavailable) as caught:
        await http.send("GET", "http://127.0.0.1:9/")
    assert caught.value.details["why"] == "connect"


@pytest.mark.parametrize("url", ["nonsense", "http://", "ftp://127.0.0.1/"])
async def test_an_address_that_is_none(http: Http, url: str) -> None:
    with pytest.raises((Garbled, Unavailable)):
        await http.send("GET", url)


async def test_a_page_is_not_json(http: Http, server: str) -> None:
    with pytest.raises(Garbled):
        (await http.send("GET", f"{server}/page")).json()


async def test_logs_and_errors_leave_out_query_and_body(http: Http, server: str) -> None:
    with capture_logs() as lines:
        reply = await http.send("POST", f"{server}/fine", json={"id": ID}, params={"ticket": ID})
        with pytest.raises(Unavailable) as caught:
            await http.send("GET", f"{server}/cut", params={"ticket": ID})
    assert [line["outcome"] for line in lines] == ["200", "reset"]
    assert ID not in f"{lines} {reply!r} {caught.value} {caught.value.details}"


async def test_a_closed_client_opens_again(http: Http, server: str) -> None:
    await http.send("GET", f"{server}/fine")
    await http.close()
    assert (await http.send("GET", f"{server}/fine")).status == 200


async def test_a_busy_port_gets_one_sentence(server: str) -> None:
    port = int(server.rpartition(":")[2])
    with pytest.raises(PortBusy, match=f"port {port} on 127.0.0.1 is taken"):
        async with running(web.Application(), port=port):
            pass
