"""``yijianshi phrases``: the sentences that wait for a label as a table, and labels from a table that was filled in."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot.cli.benching import me
from bot.folders import content_folders, utterance_folders
from core.crypto import use_keyring
from core.database import ask_for_tables, database
from core.errors import YijianshiError
from core.kv import KV
from core.settings import Settings, load_settings
from core.texts import decoded
from intents.catalogue import Catalogue
from intents.phrase_table import Taken, as_table, take
from intents.queueing import FILTERS, queue
from intents.sentences import known


def add_options(parser: argparse.ArgumentParser) -> None:
    """Out, or in."""
    parser.add_argument("--why", choices=list(FILTERS), default="all", help="which of them")
    parser.add_argument("--out", type=Path, help="TSV to write; standard output when not given")
    parser.add_argument("--take", type=Path, metavar="FILE", help="label what is filled in there under `intent`")


def run(options: argparse.Namespace) -> int:
    """Write the table, or take one; 1 when a line of it was refused."""
    settings = load_settings()
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    titles = {code: one.title for code, one in Catalogue.load(content_folders("intents", settings)).entries.items()}
    try:
        if options.take:
            return _tell(asyncio.run(_take(settings, _written(options.take), titles)))
        table = asyncio.run(_table(settings, options.why, titles))
        options.out.write_text(table, "utf-8") if options.out else sys.stdout.write(table)
    except OSError as problem:
        raise YijianshiError(f"{options.take or options.out} cannot be used: {problem.strerror}") from problem
    return 0


async def _table(settings: Settings, why: str, titles: dict[str, str]) -> str:
    async with database(settings.db_url):
        await ask_for_tables()
        return as_table(await queue(next(one for one in FILTERS if one == why)), titles)


async def _take(settings: Settings, text: str, titles: dict[str, str]) -> Taken:
    async with database(settings.db_url):
        await ask_for_tables()
        kv = KV.open(settings.redis_url)
        try:
            return await take(text, titles, await known(utterance_folders(settings)), me(), kv)
        finally:
            await kv.close()


def _written(file: Path) -> str:
    text = decoded(file.read_bytes())
    if text is None:
        raise YijianshiError(f"{file} cannot be read: it is no text; save it as UTF-8")
    return text


def _tell(done: Taken) -> int:
    for number, wanted in done.unknown:
        print(f"line {number}: there is no {wanted}")
    for number, remark in done.refused:
        beside = f": {remark.other.text} ({remark.other.intent}, {remark.other.where})" if remark.other else ""
        print(f"line {number}: {remark.kind}{beside}")
    for number in done.gone:
        print(f"line {number}: it waits no more")
    print(f"{done.labelled} labelled, {done.empty} left empty, {len(done.refused) + len(done.unknown)} refused, "
          f"{len(done.gone)} gone")
    return 1 if done.refused or done.unknown else 0
