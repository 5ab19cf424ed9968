"""``yijianshi evaluate``."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli.benching import carried_out, me, open_bench, print_evaluation, show_progress
from core.settings import Settings, load_settings
from intents.models import EvaluationRow, ModelVersion
from intents.training.golden import golden_digest
from intents.training.measures import AUTOMATIC, Evaluation
from intents.training.versions import published_version, version_of


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which version, beside which; how many folds."""
    parser.add_argument("--version", type=int, help="a version; the sentences as they are now when not given")
    parser.add_argument("--against", type=int, help="compare with this version; the published one when not given")
    parser.add_argument("--folds", type=int, choices=range(2, 11), default=5, help="parts of the cross-validation")


def run(options: argparse.Namespace) -> int:
    """Find out, and print a report."""
    if options.version is None:
        asyncio.run(_sentences(load_settings(), options.folds))
    else:
        asyncio.run(_version(load_settings(), options.version, options.against, options.folds))
    return 0


async def _sentences(settings: Settings, folds: int) -> None:
    async with open_bench(settings) as bench:
        print_evaluation(await bench.try_sentences(folds, show_progress))


async def _version(settings: Settings, number: int, against: int | None, folds: int) -> None:
    async with open_bench(settings) as bench:
        version = await version_of(number)
        other = against or await _instead(version)
        row = await _known(version, other)
        fresh = row is not None and row.golden == await golden_digest() and row.summary.get("folds") is not None
        if row is None or not fresh or unread(row, version, settings):
            await carried_out(bench, await bench.ask_evaluation(version.id, other or None, me(), folds))
            row = await _known(version, other)
        if row is not None:
            print_evaluation(Evaluation.model_validate(row.data))


def unread(row: EvaluationRow, version: ModelVersion, settings: Settings) -> bool:
    """Whether the server that reads has still to be asked."""
    return settings.nlu == "rasa" and bool(version.server_model and row.golden) and not row.summary.get("server")


async def _instead(version: ModelVersion) -> int | None:
    """What a version is compared with when nobody says: what is in force; None when that is itself."""
    present = await published_version()
    if present is None:
        return AUTOMATIC
    return present.id if present.id != version.id else None


async def _known(version: ModelVersion, other: int | None) -> EvaluationRow | None:
    return await EvaluationRow.filter(version_id=version.id, against_id=other).order_by("-id").first()
