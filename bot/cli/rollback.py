"""``yijianshi rollback``."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli.benching import me, open_bench
from core.settings import Settings, load_settings
from intents.training.publishing import roll_back


def add_options(parser: argparse.ArgumentParser) -> None:
    """To which version, and why."""
    parser.add_argument("version", type=int, nargs="?", help="a version that was in force; the last one when not given")
    parser.add_argument("--reason", default="", help="why, in a few words")


def run(options: argparse.Namespace) -> int:
    """Go back; running apps take it up within seconds, without a restart."""
    asyncio.run(_roll_back(load_settings(), options.version, options.reason))
    return 0


async def _roll_back(settings: Settings, number: int | None, reason: str) -> None:
    async with open_bench(settings) as bench:
        done = await roll_back(me(), bench.kv, number, reason)
        print(f"version {done.version_id} is in force again instead of {done.before_id}")
