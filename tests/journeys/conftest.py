"""Fixtures of journeys: the town on its stage, and the people in it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from functools import lru_cache
from pathlib import Path

import pytest

from core.database import migrate
from core.kv import KV
from forms.bank import Bank
from intents.catalogue import Catalogue
from nlu.engines.local.model import LocalEngine
from tests.conftest import Stage
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.town import Town

UTTERANCES = Path(__file__).parents[2] / "intents" / "utterances"
FATHER, MOTHER = "family_01_three-1", "family_01_three-2"
_load = Bank.load
_read = Catalogue.load
_catalogues = lru_cache(maxsize=8)(lambda folders: _read(list(folders)))
_banks = lru_cache(maxsize=8)(lambda folders: _load(list(folders)))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("town") / "empty.db"
    asyncio.run(migrate(f"sqlite://{file}"))
    return file


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch, recogniser: LocalEngine) -> None:
    """What costs seconds and is the same in every town is made once."""

    async def trained_once(model: Path, folders: list[Path]) -> LocalEngine:
        return recogniser

    monkeypatch.setattr("core.streams.BLOCK_MS", 100)
    monkeypatch.setattr("bot.house.ready", trained_once)
    monkeypatch.setattr(Bank, "load", staticmethod(lambda folders: _banks(tuple(folders))))
    monkeypatch.setattr(Catalogue, "load", staticmethod(lambda folders: _catalogues(tuple(folders))))


@pytest.fixture
def patience() -> dict[str, float]:
    """Settings of how long sources are waited for, where a test is about that."""
    return {}


@pytest.fixture
async def quiet_town(
    stage: Stage, empty_file: Path, tmp_path: Path, swift: None, kv: KV, patience: dict[str, float]
) -> AsyncIterator[Town]:
    """The town before its app opens; ``kv`` is asked for because it empties the store."""
    if stage.database_url.startswith("sqlite"):
        shutil.copy(empty_file, tmp_path / "test.db")
    async with Town(tmp_path, stage.database_url, stage.redis_url, **patience) as town:
        yield town


@pytest.fixture
async def town(quiet_town: Town) -> Town:
    """The town on an ordinary day."""
    await quiet_town.open_app()
    return quiet_town


@pytest.fixture
async def father(town: Town) -> Citizen:
    """三口之家's father, signed in."""
    return await signed_in(town, FATHER)


@pytest.fixture
async def reviewer(town: Town) -> Reviewer:
    """The reviewer of the region, signed in."""
    return await Reviewer(town).sign_in()


async def signed_in(town: Town, who: str) -> Citizen:
    """Somebody of the demo people, who begins as a guest."""
    guest = await Citizen(town, who).begin()
    return await guest.sign_in()
