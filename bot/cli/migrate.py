"""``yijianshi migrate``."""

from __future__ import annotations

import argparse
import asyncio

from core.database import migrate
from core.settings import load_settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Apply what is missing."""
    asyncio.run(migrate(load_settings().db_url))
    return 0
