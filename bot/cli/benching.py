"""What the commands of the recogniser share: the bench opened, work followed to its end, reports printed."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.folders import content_folders
from bot.house import bench_of
from core.crypto import use_keyring
from core.database import database, migrate
from core.errors import TooMany, YijianshiError
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from intents.catalogue import Catalogue
from intents.models import TrainingRun
from intents.training.bench import Bench
from intents.training.evaluation import Report
from intents.training.golden import By
from intents.training.measures import Evaluation
from intents.training.runs import OPEN
from intents.training.starting import begin_golden
from nlu.engines.choice import Chosen

LOOK = 0.3
"""Seconds between two looks at how far the work is."""


class WorkFailed(YijianshiError):
    """A training or evaluation ended without a result."""

    code = "work_failed"


@asynccontextmanager
async def open_bench(settings: Settings) -> AsyncIterator[Bench]:
    """The bench over the database of the settings, brought up to date first, with the golden set that an installation
    begins with."""
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    await migrate(settings.db_url)
    async with database(settings.db_url):
        kv, chosen = KV.open(settings.redis_url), Chosen(settings)
        try:
            with suppress(TooMany):  # another process is at it
                await begin_golden(kv, Catalogue.load(content_folders("intents", settings)))
            yield bench_of(settings, kv, Jobs(), chosen)
        finally:
            await chosen.close()
            await kv.close()


def me() -> By:
    """Whoever works in this terminal."""
    name = getpass.getuser()
    return By(f"cli:{name}"[:80], name[:60])


async def carried_out(bench: Bench, run: TrainingRun) -> TrainingRun:
    """Do the work here, or watch whoever was quicker; the row at its end. Raises `WorkFailed`."""
    doing = asyncio.create_task(bench.work(str(run.id)))
    try:
        while True:
            await asyncio.wait([doing], timeout=LOOK)
            run = await TrainingRun.get(id=run.id)
            if run.state not in OPEN:
                break
            show_progress(run.percent, run.stage)
    finally:
        doing.cancel()
        with suppress(asyncio.CancelledError):
            await doing
    _show("")
    if run.state != "done":
        raise WorkFailed(f"it ended without a result: {run.said or run.reason}")
    return run


def show_progress(percent: int, stage: str) -> None:
    """How far it is, to whoever looks at a terminal."""
    _show(f"{percent:3} %  {stage}")


def _show(said: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{said:40}\r")


def print_evaluation(found: Evaluation) -> None:
    """What was found out about a version: by the local engine, but for what is said to be the server's."""
    named = (("cross-validation", found.folds), ("golden set", found.golden), ("golden set, server", found.server))
    for title, report in named:
        if report is not None:
            print(f"{title}:")
            print_report(report)
    if found.golden_before is not None and found.golden is not None:
        print(f"golden set with {_other(found)}: right {found.golden_before.accuracy:.1%}")
    if found.server_before is not None:
        print(f"golden set, server, with {_other(found)}: right {found.server_before.accuracy:.1%}")
    if found.against is not None:
        print(f"{found.changed} answers differ from {_other(found)}")
    for one in found.changes[:20]:
        print(f"  {one.turn:6}  {one.before} -> {one.after}  {one.text}")


def _other(found: Evaluation) -> str:
    return f"version {found.against}" if found.against else "what the files give by themselves"


def print_report(report: Report) -> None:
    """The measures of one set of sentences."""
    for intent, one in report.by_intent.items():
        print(f"{one.recall:7.1%} recall {one.precision:7.1%} precision  {one.right:4} of {one.sentences:4}  {intent}")
    for truth, answer, count in report.confused[:10]:
        print(f"         {count:4}  {truth} read as {answer}")
    print(f"right {report.accuracy:.1%} of {report.sentences}; likeliest right {report.first:.1%}, among three "
          f"{report.three:.1%}; none of ours taken at nine of ten kept {report.accepted:.1%}; "
          f"calibration error {report.error:.3f}")
