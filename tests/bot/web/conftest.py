"""The application over direct adapters: real content, demo people, a province in process; requests over loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.app import make_app
from bot.conversation import Conversations
from bot.house import House
from bot.stand_ins import others_confirm
from bot.web.keys import HOUSE
from core.settings import Settings
from integrations.demo_exchange import cards
from integrations.identity.demo.provider import DemoIdentity
from integrations.platforms.demo.direct import DirectPlatform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.storage import Storage
from integrations.sources.demo.direct import Direct
from intents.recording import Recorder
from intents.training.bench import Bench
from intents.training.following import Follower

CALLBACK_KEY = "the key of callbacks"
FATHER, MOTHER, TWINS = "family_01_three-1", "family_01_three-2", "family_02_twins-1"
ANSWERS = {
    "situation:hukou_follow": "father", "situation:extras": ["medical", "card"], "name": "陈小雨",
    "phone": "13800000102",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, demo=True, rate_per_person=1000, rate_per_address=100_000)


@pytest.fixture
def province(tmp_path: Path) -> Province:
    return Province(Storage(tmp_path / "province.db", "secret"), 0.0)


@pytest.fixture
def house(conversations: Conversations, settings: Settings, province: Province) -> House:
    parts, platform = conversations.parts, DirectPlatform(province, CALLBACK_KEY)
    parts.cases.tools = replace(parts.cases.tools, platform=platform)
    return House(
        settings, parts.wording, parts.kv, parts.cases.tools.jobs, parts.catalogue, parts.hears, parts.engine,
        parts.forms, parts.sources, Direct(), platform, DemoIdentity(cards()), parts.cases,
        parts.confirmations, conversations, Recorder(), bench=cast(Bench, None),
        follower=cast(Follower, SimpleNamespace(version=0, problem="")),
    )


@pytest.fixture
async def app(house: House) -> web.Application:
    return await make_app(house)


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    async def ask(self, method: str, path: str, body: Any = None, status: int = 200, **more: Any) -> Any:
        """One request; its answer as JSON, when it has the status expected."""
        async with self.client.request(method, path, json=body, **more) as answer:
            text = await answer.text()
            assert answer.status == status, f"{method} {path}: {answer.status} {text[:600]}"
            return await answer.json(content_type=None) if text else None

    async def get(self, path: str, status: int = 200, **more: Any) -> Any:
        return await self.ask("GET", path, None, status, **more)

    async def post(self, path: str, body: Any = None, status: int = 200, **more: Any) -> Any:
        return await self.ask("POST", path, {} if body is None else body, status, **more)

    async def sign_in(self, who: str) -> Person:
        await self.post("/api/v1/demo/login", {"who": who})
        return self

    async def say(self, text: str, client_id: str = "") -> dict[str, Any]:
        return await self.post("/api/v1/messages", {"client_id": client_id or uuid4().hex, "text": text})

    async def press(self, action: str, client_id: str = "") -> dict[str, Any]:
        return await self.post("/api/v1/messages", {"client_id": client_id or uuid4().hex, "action": action})

    async def change(self, draft: dict[str, Any], path: str, value: Any, status: int = 200, **more: Any) -> Any:
        body = {"revision": draft["revision"], "path": path, "value": value, **more}
        return await self.ask("PATCH", f"/api/v1/drafts/{draft['id']}", body, status)

    async def begun(self, one_thing: str = "newborn_birth") -> dict[str, Any]:
        """A draft with consent given and what could be looked up."""
        held = (await self.get("/api/v1/drafts"))["drafts"]
        draft = await self.post("/api/v1/drafts", {"one_thing": one_thing}, 200 if held else 201)
        return await self.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": True})

    async def filled(self) -> dict[str, Any]:
        """A newborn draft with nothing missing, to which the other parent has said yes."""
        draft = await self.begun()
        for _ in range(20):
            if not draft["next"]:
                break
            draft = await self.change(draft, draft["next"], _answer(draft))
        house = self.client.server.app[HOUSE]
        await others_confirm(house.confirmations, house.engine, house.forms, draft["id"])
        draft = await self.get(f"/api/v1/drafts/{draft['id']}")
        assert draft["can_submit"], draft["findings"]
        return draft

    async def submitted(self, name: str = "陈一民") -> str:
        """The number of a case that was just submitted."""
        draft = await self.filled()
        return str((await self.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": name}))["number"])


def _answer(draft: dict[str, Any]) -> Any:
    """What to answer next: a prepared answer, or the first choice."""
    path = str(draft["next"])
    if path in ANSWERS:
        return ANSWERS[path]
    if path.startswith("situation:"):
        return next(one for one in draft["situations"] if one["key"] == path)["options"][0]["value"]
    if path.startswith("material:"):
        return next(one for one in draft["materials"] if one["key"] == path)["ways"][-1]["way"]
    return ANSWERS[path.rpartition(".")[2]]


@pytest.fixture
async def someone(app: web.Application, aiohttp_client: Callable[..., Awaitable[TestClient]]) -> Person:
    """A stranger, before anything."""
    return Person(await aiohttp_client(app))


@pytest.fixture
async def another(someone: Person) -> AsyncIterator[Person]:
    """Somebody else at the same server, with cookies of their own."""
    client = TestClient(someone.client.server)
    yield Person(client)
    await client.session.close()


@pytest.fixture
async def signed(someone: Person) -> Person:
    """三口之家's father."""
    return await someone.sign_in(FATHER)
