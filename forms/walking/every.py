"""Walking the worked examples of one-things, here or in a process of its own."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from forms.bank import Bank
from forms.engine import Engine
from forms.lint.tree import Problem, Tree
from forms.walk import check_example, examples
from forms.walking.met import Met, unmet


async def walk_every(folders: list[Path], only: Collection[str] | None = None) -> tuple[int, list[Problem]]:
    """How many examples of these one-things (all when None) were walked, and what came out otherwise than they say.

    Rules and situations that no example meets are mistakes too.
    """
    engine, tree = Engine(Bank.load(folders)), Tree.load(folders)
    met = {code: Met() for code in tree.definitions if only is None or code in only}
    found: list[Problem] = []
    mine = [(code, held) for code, held in examples(tree) if code in met]
    for code, held in mine:
        found += await check_example(engine, code, held, met)
    return len(mine), [*found, *unmet(tree, met)]


def walk_apart(folders: list[Path], only: Collection[str]) -> list[Problem]:
    """The same in a process of its own: it takes a second of the processor for a dozen examples, and this process has
    others to answer meanwhile."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_walked, folders, sorted(only)).result()


def _walked(folders: list[Path], only: list[str]) -> list[Problem]:
    return asyncio.run(walk_every(folders, only))[1]
