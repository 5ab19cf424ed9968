"""``yijianshi reconcile``."""

from __future__ import annotations

import argparse
import asyncio

from cases.doors.base import policy_from
from cases.upkeep.reconcile import Report, reconcile
from core.audit import broken_line
from core.crypto import use_keyring
from core.database import ask_for_tables, database
from core.settings import load_settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Print where every case is; exit 1 when one is nowhere, or the audit log was touched."""
    report, broken = asyncio.run(_report())
    for place, count in report.places.most_common():
        print(f"{count:6}  {place}")
    for breach in report.breaches:
        print(f"BREACH  {breach}")
    if broken is not None:
        print(f"BREACH  the audit log does not hold from line {broken} on")
    print(f"{report.cases} cases, {len(report.breaches)} breaches")
    return 0 if report.sound and broken is None else 1


async def _report() -> tuple[Report, int | None]:
    settings = load_settings()
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    async with database(settings.db_url):
        await ask_for_tables()
        return await reconcile(policy_from(settings)), await broken_line()
