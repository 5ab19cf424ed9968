"""Looking at a label and keeping it as one act: two who label at once cannot contradict each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.kv import KV
from intents.data_checks import Known, Remark, Sentence, check_all, personal, refuses
from intents.labels import LOCK, WISH, LabelContradicts, give
from intents.sentences import LABELS
from intents.training.golden import By


@dataclass(frozen=True)
class Kept:
    """What became of a label: its act, or nothing but what speaks against it."""

    remarks: tuple[Remark, ...]
    batch: UUID | None = None


async def keep(
    texts: Sequence[str], intent: str, by: By, kv: KV, known: Callable[[], Awaitable[Known]],
    wish: str = "", sure: bool = False,
) -> Kept:
    """Label sentences unless the data would suffer. ``known`` tells what they are compared with, asked under the lock;
    ``sure`` overrules what may be overruled. Raises `core.errors.TooMany` when others label for very long."""
    wish = wish if intent == WISH else ""
    async with kv.lock(LOCK):
        remarks = (*check_all(texts, intent, await known()), *personal(wish))
        if refuses(remarks, sure):
            return Kept(remarks)
        try:
            return Kept(remarks, await give(texts, intent, by, wish))
        except LabelContradicts as other:  # by a label that stands in the files under another intent, or not at all
            text, meant = str(other.details["text"]), str(other.details["intent"])
            return Kept((Remark("elsewhere", text, Sentence(text, meant, LABELS)),))
