"""``yijianshi chat``."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from bot.house import open_house
from bot.stand_ins import StandIns
from bot.sweeper import sweeping
from bot.terminal import Ask, Terminal, Write
from core.database import migrate
from core.settings import load_settings
from integrations.identity.base import Person
from integrations.platforms.demo.direct import DirectPlatform
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.storage import Storage
from integrations.sources.demo.direct import Direct
from integrations.sources.demo.people import logins


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the talk is kept."""
    parser.add_argument("--keep", type=Path, help="folder to keep the talk in; forgotten at the end when not given")


def run(options: argparse.Namespace) -> int:
    """Talk in this terminal; shared data, reviewer and province are the demo's, in this process."""
    if options.keep:
        asyncio.run(talk(options.keep, _ask, print))
        return 0
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as folder:
        asyncio.run(talk(Path(folder), _ask, print))
    return 0


async def talk(folder: Path, ask: Ask, write: Write) -> None:
    """One talk with all that a talk needs, kept in ``folder``."""
    settings = load_settings(data_dir=folder, database_url="", redis_url="", log_level="ERROR", notice_minutes=0)
    await migrate(settings.db_url)
    people = [(f"{one.title}，{one.note}" if one.note else one.title,
               Person(name=one.name, id_number=one.id_number, phone=one.phone, level=one.level)) for one in logins()]
    province = Province(Storage(folder / "province.db", "terminal"), speed=1.0)
    platform = DirectPlatform(province, "terminal")
    async with open_house(settings, source=Direct(), platform=platform) as house, sweeping(house):
        await Terminal(house.conversations, people, ask, write, StandIns(house, province).acts).run()


async def _ask(prompt: str) -> str:
    return await asyncio.to_thread(input, prompt)
