"""Fixtures of the console: the real engine, a submitted case of an example, and browsers signed in as staff."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from tortoise.context import TortoiseContext

from cases.models import Case
from cases.policy import Policy
from cases.service import CaseService
from console.app import make_alone
from console.demo_staff import password_of
from console.desk import ConsoleDesk
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.bank import PACKAGED, Bank
from forms.draft import Draft
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.service import FormService
from forms.walk import examples, walk_with_demo
from tests.cases.province import SmallProvince

PERSONAL = ("330106199307120316", "330106199504080421", "13800000101", "13800000102", "陈一民", "李晓兰",
            "古墩路188号3幢2单元501室")


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


_WALKED: dict[str, Draft] = {}


async def walked(engine: Engine, code: str) -> Draft:
    """The draft of a worked example, walked once a run."""
    if code not in _WALKED:
        held = next((thing, one) for thing, one in examples(Tree.load([PACKAGED])) if one.thing.code == code)
        walk = await walk_with_demo(engine, held[0], held[1].thing)
        assert walk is not None
        assert walk.mistakes == []
        _WALKED[code] = walk.draft
    return _WALKED[code]


@pytest.fixture
def province() -> SmallProvince:
    return SmallProvince()


@pytest.fixture
def service(
    database: TortoiseContext, tmp_path: Path, engine: Engine, province: SmallProvince, kv: KV
) -> CaseService:
    forms = FormService(tmp_path / "uploads")
    return CaseService(engine, forms, province, kv, Jobs(), Settings(), policy=Policy(jitter=0.0))


@pytest.fixture
def submit(service: CaseService, engine: Engine) -> Callable[..., Awaitable[Case]]:
    """Submits an example, with changes to its draft."""

    async def do(code: str = "three_of_us", citizen: str = "c1", **changes: Any) -> Case:
        draft = (await walked(engine, code)).model_copy(update=changes)
        held = await service.tools.forms.create(citizen, draft)
        assert draft.login is not None
        return await service.submit(held.id, citizen, draft.login.name)

    return do


@pytest.fixture
async def case(submit: Callable[..., Awaitable[Case]]) -> Case:
    return await submit()


class Browser:
    """A browser without scripts: follows redirects, keeps cookies, sends the secret of the last page's form."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client, self.csrf, self.status, self.text, self.url = client, "", 0, "", ""
        self.response: ClientResponse | None = None

    async def get(self, path: str, **kwargs: Any) -> str:
        return await self._keep(await self.client.get(f"/console{path}", **kwargs))

    async def post(self, path: str, csrf: str | None = None, /, **fields: Any) -> str:
        data = {"csrf": self.csrf if csrf is None else csrf} | fields
        return await self.send(path, list(data.items()))

    async def send(self, path: str, pairs: list[tuple[str, str]]) -> str:
        return await self._keep(await self.client.post(f"/console{path}", data=pairs))

    async def sign_in(self, login: str, password: str = "") -> str:
        await self.get("/sign-in")
        return await self.post("/sign-in", login=login, password=password or password_of(login))

    async def _keep(self, response: ClientResponse) -> str:
        self.response, self.status, self.url = response, response.status, response.url.path
        self.text = await response.text() if response.content_type == "text/html" else ""
        found = re.search(r'name="csrf" value="([^"]+)"', self.text)
        self.csrf = found[1] if found else self.csrf
        return self.text


@pytest.fixture
def desk(service: CaseService, engine: Engine, kv: KV) -> ConsoleDesk:
    return ConsoleDesk(service, engine, kv, Settings(secret_key="k" * 32))


@pytest.fixture
async def server(desk: ConsoleDesk) -> AsyncIterator[TestServer]:
    running = TestServer(make_alone(desk))
    await running.start_server()
    yield running
    await running.close()


@pytest.fixture
async def browsers(server: TestServer) -> AsyncIterator[Callable[[], Browser]]:
    """Makes browsers, each with cookies of its own."""
    clients: list[TestClient[Any, Any]] = []

    def make() -> Browser:
        clients.append(TestClient(server, cookie_jar=CookieJar(unsafe=True)))
        return Browser(clients[-1])

    yield make
    for client in clients:
        await client.session.close()


@pytest.fixture
async def browser(browsers: Callable[[], Browser]) -> Browser:
    return browsers()


@pytest.fixture
async def reviewer(browser: Browser) -> Browser:
    await browser.sign_in("reviewer")
    return browser
