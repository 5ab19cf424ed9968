"""``yijianshi import-guide``."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli.codes import NoSuchCode
from core.clock import today
from core.errors import YijianshiError
from core.regions import region_name
from forms.bank import PACKAGED, Bank
from forms.published.conflicts import conflicts
from forms.published.matching import mapped
from forms.published.promising import region_of
from forms.published.proposal import files
from forms.published.reading import read_guide
from forms.published.report import report
from forms.published.traps import traps

PROGRAM = PACKAGED.parent
"""Where the program and its packaged content are: nothing is ever written there."""


class NotWritten(YijianshiError):
    """A proposal was not written: nobody agreed, or the folder is not a place for it."""

    code = "not_written"


class NotARegion(YijianshiError):
    """What was given as a region is none."""

    code = "not_a_region"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which guide, against which content, and where a proposal may go."""
    parser.add_argument("file", type=Path, help="a published guide: JSON of the provincial site, or a digest in YAML")
    parser.add_argument("folder", nargs="*", type=Path, help="content folders laid over the packaged one")
    parser.add_argument("--one-thing", default="", metavar="CODE", help="ours, where the names do not tell")
    parser.add_argument("--region", default="", metavar="CODE", help="whose promises these are, six digits, where the "
                        "guide does not tell")
    parser.add_argument("--write", type=Path, metavar="DIR", help="write a proposal into DIR, after asking")
    parser.add_argument("--yes", action="store_true", help="a person has looked at the report and agrees")


def run(options: argparse.Namespace) -> int:
    """Print the report; with ``--write``, ask, and write an overlay folder with it."""
    bank = Bank.load([PACKAGED, *(folder / "forms" for folder in options.folder)])
    if options.one_thing and options.one_thing not in bank.definitions:
        raise NoSuchCode(bank.definitions, options.one_thing)
    if options.region and not region_name(options.region):
        raise NotARegion(f"{options.region} is no region: write its six digits, such as 330106")
    found = mapped(bank, read_guide(options.file), options.one_thing)
    region = options.region or region_of(bank, found.guide)
    differences = conflicts(bank, found)
    told = report(found, differences, traps(found.guide, today()), region)
    print(told)
    if options.write:
        _write(options.write, files(bank, found, differences, told, region), options.yes)
    return 0


def _write(folder: Path, texts: dict[str, str], agreed: bool) -> None:
    """Raises `NotWritten`."""
    place = folder.resolve()
    if any(place.is_relative_to(PROGRAM / name) for name in ("forms", "intents", "integrations", "bot")):
        raise NotWritten(f"{folder} is part of the program: packaged content is never changed by an import")
    if place.exists() and any(place.iterdir()):
        raise NotWritten(f"{folder} is not empty: nothing is written over")
    print(f"Would write into {folder}:")
    print("\n".join(f"  {name}" for name in sorted(texts)))
    if not agreed and input("Write them? [y/N] ").strip().lower() not in ("y", "yes", "是"):
        raise NotWritten("nothing was written")
    for name, text in texts.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    print(f"Written. Look at it, then: yijianshi check --no-walk {folder}")
