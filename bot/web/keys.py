"""What request handlers find in the application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from bot.house import House
    from bot.wechat.doors import Doors

HOUSE: web.AppKey[House] = web.AppKey("house")
"""Everything wired together: see `bot.house.House`."""
SPEC: web.AppKey[dict[str, Any]] = web.AppKey("spec")
"""The OpenAPI description."""
LOST: web.AppKey[Callable[[str], str]] = web.AppKey("lost")
"""The page for somebody who opened an address that leads nowhere, with a sentence on it."""
DOORS: web.AppKey[Doors] = web.AppKey("doors")
"""The doors of the WeChat accounts."""
