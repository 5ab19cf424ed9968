"""``yijianshi check``."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.folders import overlays
from bot.places import must_exist
from console.spoken import check_spoken
from core.settings import read_settings
from forms.lint import PACKAGED, check_content
from forms.lint.tree import Problem
from intents.catalogue import PACKAGED as INTENTS


def add_options(parser: argparse.ArgumentParser) -> None:
    """Folders laid over the packaged content, and whether to walk."""
    parser.add_argument("folder", nargs="*", type=Path,
                        help="content folders laid over the packaged one; YJS_CONTENT_DIR when not given")
    parser.add_argument("--no-walk", action="store_true", help="do not walk the worked examples")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write contradictions.html and .json into DIR")
    parser.add_argument("--only", metavar="CODE", help="walk the worked examples of this one-thing only")


def run(options: argparse.Namespace) -> int:
    """Print every mistake as file:line: what is wrong -> what to write; exit 1 when there is one."""
    must_exist(read_settings())
    over = overlays(options.folder, read_settings())
    folders = [PACKAGED, *(folder / "forms" for folder in over)]
    intents = [INTENTS, *(folder / "intents" for folder in over)]
    found = check_content(folders)
    problems = [*check_spoken(intents), *found]
    if options.report:
        _report(folders, intents, found, options.report)
    walked = 0
    if not problems and not options.no_walk:
        # Brought in here: who only checks waits for no engine.
        from forms.walking.every import walk_every

        walked, wrong = asyncio.run(walk_every(folders, None if options.only is None else [options.only]))
        problems += wrong
    for problem in problems:
        print(problem)
    print(f"{len(problems)} mistakes" if problems else f"The content is sound; {walked} worked examples walked.")
    return 1 if problems else 0


def _report(folders: list[Path], intents: list[Path], problems: list[Problem], folder: Path) -> None:
    # Brought in here, as above: what draws pages takes longer to import than checking takes.
    from bot.contradictions import contradictions, write

    made = contradictions(folders, intents, problems)
    page, data = write(made, folder)
    for trap, met in made.open.found:
        print(f"{len(met):5}  {trap.code}")
    print(f"{sum(len(met) for _, met in made.standing):5}  accepted, each with its reason")
    for one in made.gone:
        print(f"       accepted, but found no longer: {one.trap} in {one.file}: {one.says}")
    print(f"       -> {page}, {data}")
