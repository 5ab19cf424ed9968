"""``yijianshi publish``."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli.benching import me, open_bench
from core.settings import Settings, load_settings
from intents.training.measures import Finding
from intents.training.publishing import publish, sentence
from intents.training.versions import version_of


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which version, and why."""
    parser.add_argument("version", type=int, help="its number, as `yijianshi train` said it")
    parser.add_argument("--reason", default="", help="why; what the gate refuses is published in the console alone")


def run(options: argparse.Namespace) -> int:
    """Put it in force; running apps take it up within seconds, without a restart."""
    asyncio.run(_publish(load_settings(), options.version, options.reason))
    return 0


async def _publish(settings: Settings, number: int, reason: str) -> None:
    async with open_bench(settings) as bench:
        version = await version_of(number)
        done = await publish(version, me(), settings, bench.kv, reason)
        print(f"version {version.id} is in force" + (f" instead of {done.before_id}" if done.before_id else ""))
        for one in done.overridden:
            print(f"  nevertheless: {sentence(Finding.model_validate(one))}")

