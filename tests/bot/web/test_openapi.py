"""The description and the application tell the same: every route is described, every answer fits its description."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.house import House
from bot.web.keys import SPEC
from tests.bot.web.conftest import FATHER, Person

PAGES = {"/", "/form", "/form/{id}", "/cases", "/cases/{number}", "/settings", "/confirm/{token}", "/docs",
         "/docs/errors", "/favicon.ico", "/static/{version}/{name}", "/guides", "/guides/{code}"}


async def test_every_route_is_described(app: web.Application) -> None:
    routes = {
        (route.method, route.resource.canonical) for route in app.router.routes()
        if route.resource and route.method != "HEAD" and not route.resource.canonical.startswith("/console")
    }
    described = {(method.upper(), path) for path, one in app[SPEC]["paths"].items() for method in one}
    assert described == {(method, path) for method, path in routes if path not in PAGES}


async def test_every_operation_says_what_it_is_for(app: web.Application) -> None:
    operations = [one for path in app[SPEC]["paths"].values() for one in path.values()]
    assert all(one["summary"] and one["description"] and one["tags"] for one in operations)
    assert len({one["operationId"] for one in operations}) == len(operations)


async def test_the_description_is_valid(someone: Person) -> None:
    spec: dict[str, Any] = await someone.get("/openapi.json")
    schemathesis.openapi.from_dict(spec).validate()
    references = set(_references(spec))
    assert {name.rpartition("/")[2] for name in references} <= set(spec["components"]["schemas"])


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node["$ref"],) if isinstance(node.get("$ref"), str) else ()
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


@pytest.mark.filterwarnings("ignore")
async def test_whatever_is_sent_the_answer_is_as_described(app: web.Application, house: House) -> None:
    """Requests made from the description, right and wrong ones: never a crash, never an undescribed answer."""
    server = TestServer(app)
    await server.start_server()
    person = Person(_client(server))
    token = (await person.post("/api/v1/demo/login", {"who": FATHER}))["token"]
    spec, problems = app[SPEC], []
    thread = threading.Thread(target=_try_all, args=(spec, str(server.make_url("")), token, problems), daemon=True)
    thread.start()
    while thread.is_alive():
        await asyncio.sleep(0.05)
    await person.client.close()
    assert problems == []


def _client(server: TestServer) -> Any:
    from aiohttp.test_utils import TestClient

    return TestClient(server)


SKIPPED = {("DELETE", "/api/v1/session"), ("DELETE", "/api/v1/me"), ("GET", "/login"), ("GET", "/login/back"),
           ("GET", "/login/raise"), ("POST", "/api/v1/demo/login"), ("POST", "/api/v1/session/login")}
"""What would end the session that the others need, or leads away."""


def _try_all(spec: dict[str, Any], url: str, token: str, problems: list[str]) -> None:
    schema = schemathesis.openapi.from_dict(spec)
    schema.config.base_url = url
    for found in schema.get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) in SKIPPED:
            continue
        try:
            _try(operation, token)
        except BaseException as problem:
            problems.append(f"{operation.method} {operation.path}: {str(problem)[:500]}")


def _try(operation: Any, token: str) -> None:
    from hypothesis import given

    @given(case=operation.as_strategy())
    @settings(
        max_examples=8, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def one(case: Any) -> None:
        if "wait" in (case.query or {}):
            case.query["wait"] = 0
        answer = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=120)
        case.validate_response(
            answer, checks=[not_a_server_error, status_code_conformance, content_type_conformance,
                            response_schema_conformance],
        )

    one()
