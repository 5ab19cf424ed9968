"""The golden set that an installation begins with, from ``intents/golden.tsv``, so that the gate measures at once.

It comes in once: whoever empties the set, or has begun one of their own, is not given it again.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from core.kv import KV
from core.models import AuditEvent
from intents.catalogue import Catalogue
from intents.models import GoldenSentence
from intents.training.golden import By
from intents.training.golden_files import take_file
from intents.training.reading import OUTSIDE

FILE = Path(__file__).parents[1] / "golden.tsv"
"""Sentences of every packaged one-thing, and some that are none of ours. None of them stands among the utterances."""
SYSTEM = By("system", "系统")


async def begin_golden(kv: KV, catalogue: Catalogue) -> int:
    """Take the packaged sentences in when nobody ever kept a golden sentence here; how many came in.

    One-things that this installation does not have are left out. Raises `core.errors.TooMany` when another process has
    been at it for long.
    """
    async with kv.lock("golden-start", wait=10):
        if await GoldenSentence.exists() or await AuditEvent.filter(action__startswith="golden.").exists():
            return 0
        known = {code: entry.title for code, entry in catalogue.entries.items()}
        head, *lines = (await asyncio.to_thread(FILE.read_text, "utf-8")).splitlines()
        ours = [line for line in lines if _intent(line) in known or _intent(line).startswith(OUTSIDE)]
        return (await take_file("\n".join([head, *ours]), SYSTEM, known)).new


def _intent(line: str) -> str:
    return line.split("\t")[1]
