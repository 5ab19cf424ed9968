"""``yijianshi train``."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli.benching import carried_out, me, open_bench
from core.errors import NotNow
from core.settings import Settings, load_settings
from intents.training.versions import evaluation_of, published_version, summary, version_of


def add_options(parser: argparse.ArgumentParser) -> None:
    """How thoroughly, and whether also when nothing changed."""
    parser.add_argument("--again", action="store_true", help="make a version although nothing changed")
    parser.add_argument("--folds", type=int, choices=range(11), help="parts of the cross-validation; 0 for none")
    parser.add_argument("--note", default="", help="why, in a few words")


def run(options: argparse.Namespace) -> int:
    """Make a version and say what came of it."""
    try:
        asyncio.run(_train(load_settings(), options))
    except NotNow as problem:
        if problem.details.get("reason") != "same":
            raise
        print(f"{problem.message}; --again makes one nevertheless")
    return 0


async def _train(settings: Settings, options: argparse.Namespace) -> None:
    async with open_bench(settings) as bench:
        run = await bench.ask_train(me(), options.note, options.folds, options.again)
        run = await carried_out(bench, run)
        version, present = await version_of(run.version_id or 0), await published_version()
        print(f"version {version.id}: {version.sentences} sentences of {version.intents} intents, {version.labels} "
              f"labelled, {version.left_out} left out as golden; trained in {version.seconds:.1f} s")
        found = await evaluation_of(version.id)
        for name, figures in summary(found).items() if found else ():
            if isinstance(figures, dict):
                print(f"{name}: right {figures['accuracy']:.1%} of {figures['sentences']}, none of ours taken "
                      f"{figures['accepted']:.1%}, calibration error {figures['error']:.3f}")
        print(f"`yijianshi publish {version.id}` puts it in force; in force now: "
              + (f"version {present.id}" if present else "the packaged sentences, trained by themselves"))
