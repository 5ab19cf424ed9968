"""Fixtures of the whole suite. A test marked ``everywhere`` runs embedded and on PostgreSQL with Valkey."""

from __future__ import annotations

import asyncio
import fcntl
import importlib.util
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from argon2 import PasswordHasher
from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext

from console import accounts
from core.crypto import Keyring, use_keyring
from core.database import tortoise_config
from core.kv import KV
from intents.catalogue import Catalogue
from intents.understand import Understander
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.ready import ready
from tests import servers

UTTERANCES = Path(__file__).parents[1] / "intents" / "utterances"
WAITING = ("browser", "journeys", "outside")
"""Folders whose tests start processes."""


@dataclass(frozen=True)
class Stage:
    """Where a test plays: URLs of the database and of Redis (empty for the in-process fake)."""

    database_url: str
    redis_url: str


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked ``everywhere`` on both stages."""
    if "stage" in metafunc.fixturenames and metafunc.definition.get_closest_marker("everywhere"):
        metafunc.parametrize("stage", ["embedded", "servers"], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for other processes: begun last, it would be waited for while a processor stands idle."""
    items.sort(key=lambda item: item.path.parent.name not in WAITING)


def config_of(url: str) -> dict[str, Any]:
    """The database configuration with the packages that have models."""
    config = tortoise_config(url)
    config["apps"] = {name: app for name, app in config["apps"].items() if importlib.util.find_spec(f"{name}.models")}
    return config


@pytest.fixture(autouse=True)
def logging_as_it_comes() -> None:
    """No test hears with the settings that a command run by another one left behind."""
    structlog.reset_defaults()


@pytest.fixture(scope="session", autouse=True)
def costly_passwords() -> Iterator[PasswordHasher]:
    """How the house keeps passwords; every other test keeps them at no cost, for each app makes its demo accounts."""
    with pytest.MonkeyPatch.context() as patch:
        hasher = accounts._HASHER
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield hasher


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """A real PostgreSQL whose template holds every table."""
    with servers.postgres() as server:
        asyncio.run(_make_tables(server.url(server.template)))
        yield server


async def _make_tables(url: str) -> None:
    context = await Tortoise.init(config=config_of(url), _enable_global_fallback=True)
    await Tortoise.generate_schemas()
    await context.close_connections()


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A real Valkey."""
    with servers.valkey() as url:
        yield url


@pytest.fixture(scope="session")
def trained(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the trained recogniser lies: trained once for these sentences, also across runs."""
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    file = (cache.mkdir("nlu") if cache else tmp_path_factory.mktemp("nlu")) / "local.json"
    with file.with_suffix(".lock").open("w") as lock:  # the second process of a run waits for what the first one trains
        fcntl.flock(lock, fcntl.LOCK_EX)
        asyncio.run(ready(file, [UTTERANCES]))
    return file


@pytest.fixture(scope="session")
def recogniser(trained: Path) -> LocalEngine:
    """One trained recogniser for all who listen."""
    return asyncio.run(ready(trained, [UTTERANCES]))


@pytest.fixture(scope="session")
def understander(recogniser: LocalEngine) -> Understander:
    """Who understands the packaged one-things; it remembers nothing of what it heard."""
    return Understander(recogniser, Catalogue.load())


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """The embedded stage, or real servers where a test is marked ``everywhere``."""
    if getattr(request, "param", "embedded") == "embedded":
        yield Stage(f"sqlite://{tmp_path / 'test.db'}?synchronous=OFF", "")
        return
    server: servers.Postgres = request.getfixturevalue("postgres")
    url = server.fresh()
    yield Stage(url, request.getfixturevalue("valkey_url"))
    server.give_back(url)


@pytest.fixture
def keyring() -> Keyring:
    """The keys of this test process."""
    return use_keyring("00112233445566778899aabbccddeeff", "ab" * 32)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and no row, to be copied."""
    file = tmp_path_factory.mktemp("tables") / "empty.db"
    asyncio.run(_make_tables(f"sqlite://{file}?journal_mode=DELETE"))
    return file


@pytest.fixture
async def database(stage: Stage, keyring: Keyring, tables: Path, tmp_path: Path) -> AsyncIterator[TortoiseContext]:
    """A database with every table and no row."""
    EXECUTOR_CACHE.clear()  # it is kept by connection name and would carry SQLite's placeholders to PostgreSQL
    if stage.database_url.startswith("sqlite"):
        shutil.copy(tables, tmp_path / "test.db")
    context = await Tortoise.init(config=config_of(stage.database_url), _enable_global_fallback=True)
    yield context
    await context.close_connections()


@pytest.fixture
async def kv(stage: Stage) -> AsyncIterator[KV]:
    """An empty key-value store."""
    store = KV.open(stage.redis_url)
    await store.client.flushdb()
    yield store
    await store.close()
