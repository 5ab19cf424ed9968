"""``yijianshi export-phrases``: what operators labelled, into the files of sentences."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.cli.benching import me
from bot.folders import content_folders, utterance_folders
from core.crypto import use_keyring
from core.database import ask_for_tables, database
from core.errors import YijianshiError
from core.settings import load_settings
from intents.catalogue import Catalogue
from intents.exporting import Exported, export

LEFT = {
    "personal": "it looks personal: undo the label, and label the sentence again without it",
    "golden": "it is in the golden set, which never trains",
    "elsewhere": "the files, or a label given before, have it under another intent: decide which one is right",
    "nobody": "there is no such one-thing any more: undo the label",
    "empty": "there are no words in it: undo the label",
    "long": "it is too long: undo the label",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether only to say what would be written."""
    parser.add_argument("--to", type=Path, help="folder of the files; the one in force when not given")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Write, and say what; 1 when something was left out."""
    done = asyncio.run(_export(options.to, options.dry_run))
    for name, labels in sorted(done.written.items()):
        print(f"{len(labels):5}  {name}")
    for label, why in done.left:
        print(f"left out, {LEFT[why]}: {label.text} ({label.intent})")
    said = "would be written" if options.dry_run else "written"
    print(f"{sum(map(len, done.written.values()))} sentences {said}, {len(done.known)} there already, "
          f"{len(done.left)} left out")
    if not done.in_force:
        print("not in the files in force: these go on counting as labels until the app reads that folder")
    return 1 if done.left else 0


async def _export(to: Path | None, dry: bool) -> Exported:
    settings = load_settings()
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    folders = utterance_folders(settings)
    codes = Catalogue.load(content_folders("intents", settings)).entries
    async with database(settings.db_url):
        await ask_for_tables()
        try:
            return await export(folders, to or folders[-1], codes, me(), dry=dry)
        except OSError as problem:
            raise YijianshiError(f"{to or folders[-1]} cannot be written: {problem.strerror}") from problem
