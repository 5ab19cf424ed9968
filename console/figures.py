"""The numbers of a one-thing as the catalogue tells them: those of its plain worked case, walked with the demo data."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from forms.bank import Bank
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.merging.merged import Numbers
from forms.walk import examples, walk_with_demo

BROUGHT = ("upload", "window", "deferred")


@dataclass(frozen=True)
class Figures:
    """What the plain case came to, the papers left to bring, and how many worked cases there are."""

    numbers: Numbers
    bring: int
    examples: int


async def figures(bank: Bank, folders: tuple[Path, ...], code: str) -> Figures | None:
    """The numbers of a one-thing; None when no worked case ends in a submission. Walked in a thread, then kept."""
    return await asyncio.to_thread(_figures, bank, folders, code)


@lru_cache(maxsize=256)
def _figures(bank: Bank, folders: tuple[Path, ...], code: str) -> Figures | None:
    return asyncio.run(_walk(Engine(bank), folders, code))


async def _walk(engine: Engine, folders: tuple[Path, ...], code: str) -> Figures | None:
    held = [one.thing for thing, one in examples(Tree.load(list(folders))) if thing == code]
    for example in held:
        walked = await walk_with_demo(engine, code, example)
        if walked is not None and walked.outcome == "submitted" and walked.numbers is not None:
            bring = sum(given.way in BROUGHT for given in walked.draft.materials.values())
            return Figures(walked.numbers, bring, len(held))
    return None
