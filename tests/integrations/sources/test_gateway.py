"""The gateway adapter against servers that misbehave in ways the demo exchange does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from integrations.demo_server import running
from integrations.sources.gateway import Gateway
from integrations.sources.gateway.codes import failure, outcome
from integrations.sources.gateway.signers import Gjzwfwpt
from tests.integrations.sources import world

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def gateway_to(handler: Handler, base: str = "", timeout: float = 60.0) -> AsyncIterator[Gateway]:
    app = web.Application()
    app.router.add_post("/{any:.*}", handler)
    async with running(app) as url:
        gateway = Gateway(url + base, Gjzwfwpt(world.APP, world.SECRET), timeout=timeout)
        yield gateway
        await gateway.close()


def saying(body: Any, status: int = 200, content_type: str = "application/json") -> Handler:
    async def handler(request: web.Request) -> web.Response:
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        return web.Response(body=raw, status=status, content_type=content_type)

    return handler


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ({"code": 200, "data": []}, 200, ("nothing_found", "NO_DATA")),
        ({"code": "0", "data": None}, 200, ("nothing_found", "NO_DATA")),
        ({"code": "200", "data": {"verify": "不一致"}}, 200, ("nothing_found", "MISMATCH")),
        ({"code": 300, "message": "invalid signature"}, 200, ("source_down", "AUTH_SIGN")),
        ({"code": 300, "message": "secret expired"}, 200, ("source_down", "AUTH_EXPIRED")),
        ({"code": 300, "message": "timestamp"}, 200, ("source_down", "AUTH_CLOCK")),
        ({"code": 300, "message": "no permission"}, 200, ("not_allowed", "AUTH_SCOPE")),
        ({"code": 300, "message": "调用次数超限"}, 200, ("source_down", "QUOTA")),
        ({"code": 300, "message": "参数错误"}, 200, ("source_down", "BAD_REQUEST")),
        ({"code": 999}, 200, ("source_down", "UNKNOWN")),
        ({}, 401, ("source_down", "AUTH_SIGN")),
        ({}, 403, ("not_allowed", "AUTH_SCOPE")),
        ({}, 429, ("source_down", "QUOTA")),
        ({}, 500, ("source_down", "UPSTREAM_DOWN")),
        ({}, 504, ("source_down", "UPSTREAM_TIMEOUT")),
        ({}, 507, ("source_down", "UPSTREAM_DOWN")),
        (b"<html>", 503, ("source_down", "UPSTREAM_DOWN")),
        (b"{", 200, ("source_down", "UNKNOWN")),
        (b"\xff\xfe", 200, ("source_down", "UNKNOWN")),
        ([], 200, ("source_down", "UNKNOWN")),
        ({"data": [{"name": "x"}]}, 200, ("source_down", "UNKNOWN")),
        ({"code": 200, "data": "rows"}, 200, ("source_down", "UNKNOWN")),
        ({"code": 200, "data": ["rows"]}, 200, ("source_down", "UNKNOWN")),
        ({"code": 200, "data": [{"name": {"deep": 1}}]}, 200, ("source_down", "UNKNOWN")),
        ({"code": 200, "data": [{}] * 201}, 200, ("source_down", "UNKNOWN")),
    ],
)
async def test_what_a_gateway_says_becomes_our_words(body: Any, status: int, expected: tuple[str, str]) -> None:
    async with gateway_to(saying(body, status)) as gateway:
        answer = await gateway.ask(world.query())
    assert (answer.outcome, answer.detail) == expected
    assert answer.records == ()


async def test_values_are_read_in_our_words_and_nothing_more_is_kept() -> None:
    row = {"NAME": " 陈一民 ", "id_number": world.FATHER, "photo": "AAAA", "sex": "", "status": True}
    async with gateway_to(saying({"code": 200, "data": row})) as gateway:
        answer = await gateway.ask(world.query(attributes=("name", "sex", "status")))
    assert answer.records == ({"name": "陈一民", "status": "yes"},)


async def test_a_page_in_html_with_status_200_is_no_answer() -> None:
    async with gateway_to(saying({"code": 200, "data": []}, content_type="text/html")) as gateway:
        assert (await gateway.ask(world.query())).outcome == "source_down"


async def test_an_endless_answer_is_cut() -> None:
    async with gateway_to(saying(b'"' + b"x" * 2_000_000 + b'"')) as gateway:
        assert (await gateway.ask(world.query())).detail == "UNKNOWN"


async def test_a_redirect_is_not_followed() -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with gateway_to(handler) as gateway:
        assert (await gateway.ask(world.query())).outcome == "source_down"
    assert asked == ["/sysapi/population"]


async def test_one_that_never_ends_is_left_in_time() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)

    async with gateway_to(handler, timeout=0.2) as gateway:
        answer = await gateway.ask(world.query())
    assert answer.detail == "UPSTREAM_TIMEOUT"


@pytest.mark.parametrize(("breaks", "expected", "tries"), [(1, "got", 2), (2, "source_down", 2)])
async def test_a_broken_connection_is_tried_once_more_with_a_new_number(
    breaks: int, expected: str, tries: int
) -> None:
    numbers: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        numbers.append(request.headers["gjzwfwpt_rid"])
        if len(numbers) <= breaks:
            assert request.transport is not None
            request.transport.abort()
        return web.json_response({"code": 200, "data": {"name": "陈一民"}})

    async with gateway_to(handler) as gateway:
        answer = await gateway.ask(world.query())
    assert answer.outcome == expected
    assert len(set(numbers)) == len(numbers) == tries


async def test_nobody_there_is_upstream_down() -> None:
    gateway = Gateway("http://127.0.0.1:9", Gjzwfwpt(world.APP, world.SECRET))
    answer = await gateway.ask(world.query())
    assert (answer.outcome, answer.detail) == ("source_down", "UPSTREAM_DOWN")
    assert not (await gateway.check()).ok
    await gateway.close()


async def test_a_request_carries_purpose_reference_operator_and_consent() -> None:
    bodies: list[dict[str, Any]] = []

    async def handler(request: web.Request) -> web.Response:
        bodies.append(await request.json() | {"path": request.path})
        return web.json_response({"code": 200, "data": []})

    async with gateway_to(handler, base="/share/") as gateway:
        await gateway.ask(world.query(attributes=("name", "sex")))
    assert bodies == [{
        "path": "/share/sysapi/population",
        "params": {"id_number": world.FATHER},
        "fields": ["name", "sex"],
        "purpose": {"code": "newborn_birth", "name": "新生儿出生", "items": ["household_registration"]},
        "case_no": "draft-1", "consent_id": "consent-1", "operator": "citizen-1",
    }]


async def test_credentials_that_do_not_hold_raise_an_alarm() -> None:
    async with gateway_to(saying({"code": 300, "message": "invalid signature"})) as gateway:
        with capture_logs() as lines:
            await gateway.ask(world.query())
        assert [line["log_level"] for line in lines if line["event"] == "source.asked"] == ["error"]
        assert not (await gateway.check()).ok


@pytest.mark.parametrize("detail", ["QUOTA", "UNKNOWN", "UPSTREAM_DOWN", "AUTH_SIGN", "BAD_REQUEST"])
def test_unknown_is_never_nothing_found(detail: Any) -> None:
    assert outcome(detail) == "source_down"


@pytest.mark.parametrize(
    ("code", "message", "detail"),
    [("300", "", "AUTH_SIGN"), ("0x", "token expired", "AUTH_EXPIRED"), ("408", "", "UPSTREAM_TIMEOUT"),
     ("200x", "", "UNKNOWN"), ("502", "", "UPSTREAM_DOWN"), ("300", "查询超时", "UPSTREAM_TIMEOUT")],
)
def test_messages_decide_before_codes(code: str, message: str, detail: str) -> None:
    assert failure(code, message) == detail
