"""``yijianshi train``."""

from __future__ import annotations

import argparse
import asyncio
import time

from bot.house import understander_of, utterance_folders
from core.settings import load_settings
from intents.catalogue import Catalogue
from nlu.training_data import load_examples


def add_options(parser: argparse.ArgumentParser) -> None:
    """``--again`` trains also when nothing changed."""
    parser.add_argument("--again", action="store_true", help="train although nothing changed")


def run(options: argparse.Namespace) -> int:
    """Train and say what on."""
    settings = load_settings()
    if options.again:
        (settings.data_dir / "nlu" / "local.json").unlink(missing_ok=True)
    began = time.monotonic()
    understander = asyncio.run(understander_of(settings, Catalogue.load()))
    for intent, texts in load_examples(utterance_folders(settings)).by_intent.items():
        print(f"{len(texts):5}  {intent}")
    print(f"model {understander.engine.version}, {time.monotonic() - began:.1f} s")
    return 0
