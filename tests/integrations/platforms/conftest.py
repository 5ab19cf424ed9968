from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from integrations.demo_server import running
from integrations.platforms.base import Platform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.server import ADVANCE, PROVINCE, Advance, make_app
from integrations.platforms.gateway import GatewayPlatform
from integrations.platforms.gateway.fieldmap import load_map
from tests.integrations.platforms import world


@dataclass
class Lab:
    """A province whose time stands still until it is advanced, and the gateway to it."""

    platform: Platform
    province: Province
    advance: Advance
    url: str
    app: web.Application

    async def days(self, days: float) -> int:
        return await self.advance(days * world.DAY)


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    app = make_app(tmp_path / "province.db", world.SECRET, world.CALLBACK_KEY, 1.0, live=False)
    async with running(app) as url:
        gateway = connect(url)
        yield Lab(gateway, app[PROVINCE], app[ADVANCE], url, app)
        await gateway.close()


def connect(url: str, **changes: Any) -> GatewayPlatform:
    options = {"caller": world.CALLER, "secret": world.SECRET, "callback_key": world.CALLBACK_KEY, "timeout": 60.0}
    return GatewayPlatform(url, fields=load_map("demo"), **{**options, **changes})
