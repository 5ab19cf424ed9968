"""What is published: one-things with their numbers, items, files and the state of their check. To read only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from console.asking import Asking, page
from console.content_files import file_of, files_of, forms_folders, lines, owner_of, wholes
from console.desk import ConsoleDesk
from console.figures import figures
from console.models import Proposal
from core.errors import NotFound
from forms.content.item_schema import Item
from forms.content.schema import BoundItem, Definition
from forms.lint import Problem, check_content

routes = web.RouteTableDef()
MOST_WAITING = 50
"""Proposals listed, the newest."""


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
    return tuple(check_content(list(folders)))


async def problems_of(desk: ConsoleDesk) -> tuple[Problem, ...]:
    """The mistakes in all that is published. The check runs in a thread, once for each state of the content."""
    versions = tuple(desk.engine.bank.version(code) for code in desk.engine.bank.definitions)
    return await asyncio.to_thread(_problems, tuple(forms_folders(desk)), versions)


def forget_problems() -> None:
    """Check anew: a file has changed."""
    _problems.cache_clear()


@routes.get("/content")
@page("content")
async def content(ask: Asking) -> web.Response:
    """Every one-thing, what the check says of all of it, and the proposals that wait for somebody to publish them."""
    found = [published(ask.desk, code) for code in ask.desk.engine.bank.definitions]
    open_ones = await Proposal.filter(state="open").order_by("-created_at").limit(MOST_WAITING)
    waiting = [(one, code) for one in open_ones if (code := owner_of(ask.desk, one.file))]
    return ask.show("content.html", found=found, problems=await problems_of(ask.desk), waiting=waiting)


@routes.get("/content/{code}")
@page("content")
async def one_thing(ask: Asking) -> web.Response:
    """One one-thing: its numbers, items, situations, rules, and the files it is made of."""
    found = published(ask.desk, ask.part("code"))
    files = files_of(ask.desk, found.definition.code)
    names = {one.name for one in files}
    problems = [problem for problem in await problems_of(ask.desk) if problem.file in names]
    told = await figures(ask.desk.engine.bank, tuple(forms_folders(ask.desk)), found.definition.code)
    guide = f"{ask.desk.settings.url}/guides/{found.definition.code}"
    mine = Proposal.filter(file__in=names)
    waiting = await mine.filter(state="open").order_by("-created_at").limit(MOST_WAITING)
    former = await mine.filter(state="published").order_by("-closed_at").limit(MOST_WAITING)
    return ask.show("one_thing.html", one=found, guide=guide, files=files, problems=problems, figures=told,
                    proposals=waiting, former=former)


@routes.get("/content/{code}/file")
@page("content")
async def one_file(ask: Asking) -> web.Response:
    """One of its files (``name``), line by line, with what the check says of each line."""
    found = published(ask.desk, ask.part("code"))
    file = file_of(ask.desk, found.definition.code, ask.query("name"))
    rows = lines(file.text, file.name, await problems_of(ask.desk))
    told = wholes(ask.desk, file.text) if file.kind == "elements" else {}
    return ask.show("content_file.html", one=found, file=file, rows=rows, wrong=[r for r in rows if r.problems],
                    wholes=told)
