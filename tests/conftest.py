"""Fixtures of the whole suite."""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise import Tortoise
from tortoise.context import TortoiseContext

from core.crypto import Keyring, use_keyring
from core.database import tortoise_config


@pytest.fixture
def keyring() -> Keyring:
    """The keys of this test process."""
    return use_keyring("00112233445566778899aabbccddeeff", "ab" * 32)


@pytest.fixture
async def database(tmp_path: Path, keyring: Keyring) -> AsyncIterator[TortoiseContext]:
    """An empty database with every table there is."""
    config = tortoise_config(f"sqlite://{tmp_path / 'test.db'}?synchronous=OFF")
    config["apps"] = {name: app for name, app in config["apps"].items() if importlib.util.find_spec(f"{name}.models")}
    context = await Tortoise.init(config=config, _enable_global_fallback=True)
    await Tortoise.generate_schemas()
    yield context
    await context.close_connections()
