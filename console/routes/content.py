"""What is published: one-things with their versions, items and the state of their check. To read only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from console.asking import Asking, page
from console.desk import ConsoleDesk
from core.errors import NotFound
from forms.item_schema import Item
from forms.lint import PACKAGED, Problem, check_content
from forms.schema import BoundItem, Definition

routes = web.RouteTableDef()


@dataclass(frozen=True)
class Published:
    """One one-thing as it is in force."""

    definition: Definition
    version: str
    items: tuple[tuple[BoundItem, Item], ...]
    departments: tuple[str, ...]


def published(desk: ConsoleDesk, code: str) -> Published:
    """One one-thing. Raises `NotFound`."""
    bank = desk.engine.bank
    definition = bank.definitions.get(code)
    if definition is None:
        raise NotFound()
    items = tuple((bound, bank.items[bound.item]) for bound in definition.items if bound.item in bank.items)
    departments = tuple(dict.fromkeys(item.department for _, item in items))
    return Published(definition, bank.version(code), items, departments)


@lru_cache(maxsize=4)
def _problems(folders: tuple[Path, ...], versions: tuple[str, ...]) -> tuple[Problem, ...]:
    """The mistakes in the content; kept for as long as the versions are these."""
    return tuple(check_content(list(folders) or [PACKAGED]))


@routes.get("/content")
@page("content")
async def content(ask: Asking) -> web.Response:
    """Every one-thing, and what the check says of all of it."""
    found = [published(ask.desk, code) for code in ask.desk.engine.bank.definitions]
    versions = tuple(one.version for one in found)
    problems = await asyncio.to_thread(_problems, ask.desk.content, versions)
    return ask.show("content.html", found=found, problems=problems)


@routes.get("/content/{code}")
@page("content")
async def one_thing(ask: Asking) -> web.Response:
    """One one-thing: its items, situations and rules."""
    found = published(ask.desk, ask.part("code"))
    guide = f"{ask.desk.settings.url}/guides/{found.definition.code}"
    return ask.show("one_thing.html", one=found, bank=ask.desk.engine.bank, guide=guide)
