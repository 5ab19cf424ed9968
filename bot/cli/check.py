"""``yijianshi check``."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.folders import overlays
from bot.places import must_exist
from core.content import files, read
from core.settings import read_settings
from forms.lint import PACKAGED, check_content
from forms.lint.gaps import gaps_in
from forms.lint.tree import Problem
from intents.catalogue import PACKAGED as INTENTS
from intents.catalogue import Catalogue, CatalogueWrong
from nlu.training_data import load_examples


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
    problems = [*_catalogue(intents), *found]
    if options.report:
        _report(folders, intents, found, options.report)
    walked = 0
    if not problems and not options.no_walk:
        walked, wrong = asyncio.run(_walk(folders, options.only))
        problems += wrong
    for problem in problems:
        print(problem)
    print(f"{len(problems)} mistakes" if problems else f"The content is sound; {walked} worked examples walked.")
    return 1 if problems else 0


def _report(folders: list[Path], intents: list[Path], problems: list[Problem], folder: Path) -> None:
    # Brought in here: what draws pages takes longer to import than checking takes.
    from bot.contradictions import contradictions, write

    made = contradictions(folders, intents, problems)
    page, data = write(made, folder)
    for trap, met in made.open.found:
        print(f"{len(met):5}  {trap.code}")
    print(f"{sum(len(met) for _, met in made.standing):5}  accepted, each with its reason")
    for one in made.gone:
        print(f"       accepted, but found no longer: {one.trap} in {one.file}: {one.says}")
    print(f"       -> {page}, {data}")


def _catalogue(folders: list[Path]) -> list[object]:
    """Mistakes of the catalogue, and one-things that nobody could ask for."""
    try:
        catalogue = Catalogue.load(folders)
    except CatalogueWrong as wrong:
        return list(wrong.problems)
    written = (read(path, root.parent) for path, root in files(folders, "catalogue/*.yaml"))
    gaps = [problem for source in written for problem in gaps_in(source)]
    asked = load_examples([folder / "utterances" for folder in folders]).by_intent
    return [*gaps, *(
        f"intents/utterances/{code}.yml:1: nobody says how people ask for {entry.title} -> write at least 20 sentences"
        for code, entry in catalogue.entries.items() if len(asked.get(code, ())) < 20
    )]


async def _walk(folders: list[Path], only: str | None) -> tuple[int, list[object]]:
    # Brought in here, as above: who only checks waits for no engine.
    from forms.bank import Bank
    from forms.engine import Engine
    from forms.lint.tree import Tree
    from forms.walk import check_example, examples
    from forms.walking.met import Met, unmet

    engine, tree, found, walked = Engine(Bank.load(folders)), Tree.load(folders), [], 0
    met = {code: Met() for code in tree.definitions if only in (None, code)}
    for one_thing, held in examples(tree):
        if one_thing in met:
            found += await check_example(engine, one_thing, held, met)
            walked += 1
    return walked, [*found, *unmet(tree, met)]
