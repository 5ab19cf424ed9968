"""``yijianshi chat``."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from bot.house import open_house
from bot.terminal import Terminal
from core.database import migrate
from core.settings import load_settings
from integrations.identity.base import Person
from integrations.sources.demo.direct import Direct
from integrations.sources.demo.people import logins


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the talk is kept."""
    parser.add_argument("--keep", type=Path, help="folder to keep the talk in; forgotten at the end when not given")


def run(options: argparse.Namespace) -> int:
    """Talk in this terminal; the shared data are the demo people's, asked in process."""
    if options.keep:
        asyncio.run(_talk(options.keep))
        return 0
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as folder:
        asyncio.run(_talk(Path(folder)))
    return 0


async def _talk(folder: Path) -> None:
    settings = load_settings(data_dir=folder, database_url="", redis_url="", log_level="ERROR")
    await migrate(settings.db_url)
    people = [(f"{one.title}，{one.note}" if one.note else one.title,
               Person(name=one.name, id_number=one.id_number, phone=one.phone, level=one.level)) for one in logins()]
    async with open_house(settings, works=False, source=Direct()) as house:
        print("/q 结束。")
        await Terminal(house.conversations, people, _ask, print).run()


async def _ask(prompt: str) -> str:
    return await asyncio.to_thread(input, prompt)
