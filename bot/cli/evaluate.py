"""``yijianshi evaluate``."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli.benching import carried_out, me, open_bench, print_evaluation
from bot.folders import utterance_folders
from core.settings import Settings, load_settings
from intents.models import EvaluationRow, ModelVersion
from intents.training.gate import Evaluation
from intents.training.golden import golden_digest
from intents.training.versions import published_version, version_of
from nlu.engines.local.evaluation import cross_validate
from nlu.training_data import load_examples


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which version, beside which; how many folds."""
    parser.add_argument("--version", type=int, help="a version; the sentences as they are now when not given")
    parser.add_argument("--against", type=int, help="compare with this version; the published one when not given")
    parser.add_argument("--folds", type=int, default=5)


def run(options: argparse.Namespace) -> int:
    """Find out, and print a report."""
    if options.version is None:
        return _sentences(options.folds)
    asyncio.run(_version(load_settings(), options.version, options.against, options.folds))
    return 0


def _sentences(folds: int) -> int:
    done = cross_validate(load_examples(utterance_folders(load_settings())), folds)
    for intent, (right, count) in done.by_intent.items():
        print(f"{right / count:7.1%}  {right:4} of {count:4}  {intent}")
    for (truth, answer), count in done.confused.most_common(10):
        print(f"         {count:4}  {truth} read as {answer}")
    print(f"right {done.accuracy:.1%} of {done.sentences}; out of scope taken for ours {done.falsely_accepted:.1%}")
    return 0


async def _version(settings: Settings, number: int, against: int | None, folds: int) -> None:
    async with open_bench(settings) as bench:
        version, present = await version_of(number), await published_version()
        if against is None and present is not None and present.id != version.id:
            against = present.id
        known = EvaluationRow.filter(version_id=version.id, against_id=against, golden=await golden_digest())
        last = await known.order_by("-id").first()
        if last is None or unread(last, version, settings):
            await carried_out(bench, await bench.ask_evaluation(version.id, against, me(), folds))
        row = await EvaluationRow.filter(version_id=version.id, against_id=against).order_by("-id").first()
        if row is not None:
            print_evaluation(Evaluation.model_validate(row.data))


def unread(row: EvaluationRow, version: ModelVersion, settings: Settings) -> bool:
    """Whether the server that reads has still to be asked."""
    return settings.nlu == "rasa" and bool(version.server_model and row.golden) and not row.summary.get("server")
