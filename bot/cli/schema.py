"""``yijianshi schema``."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.schemas import schemas


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, help="folder that the schemas are written into")


def run(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of content file."""
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (options.folder / name).write_text(text, "utf-8")
        print(options.folder / name)
    return 0
