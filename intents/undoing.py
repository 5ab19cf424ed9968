"""Taking labels back, and what stays behind nevertheless: lines of files, and what a version in force has learned."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import orjson
from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import NotFound, NotNow
from intents.models import Heard, Label
from intents.training.files import FileLost, fetch
from intents.training.golden import By
from intents.training.versions import published_version


@dataclass(frozen=True)
class Undone:
    """What was taken back, and what that does not reach."""

    labels: tuple[Label, ...]
    learned: int = 0
    """The version in force, when it was trained on one of the sentences: it knows them until another is published."""

    @property
    def written(self) -> tuple[Label, ...]:
        """Those whose line stands in the files, where people take it out like any other content."""
        return tuple(label for label in self.labels if label.exported_at)


async def undo(batch: UUID, by: By, models: Path) -> Undone:
    """Take back what was given in one act, and put the utterances back into the queue.

    ``models`` is the folder of this machine in which files of versions are kept. Raises `NotFound` when nothing was
    ever labelled in this act, `NotNow` (``undone``) when it was taken back before.
    """
    labels = await Label.filter(batch=batch).order_by("at", "id")
    if not labels:
        raise NotFound("nothing was labelled in this act")
    standing = tuple(label for label in labels if label.state == "accepted")
    async with in_transaction():
        count = await Label.filter(batch=batch, state="accepted").update(
            state="undone", undone_at=now(), undone_by=by.actor)
        if not count:
            raise NotNow("these labels were taken back before", reason="undone")
        await _wait_again({label.key for label in labels})
        written = sum(label.exported_at is not None for label in standing)
        await audit.record(by.actor, "understanding.undone", f"labels:{batch}",
                           details={"sentences": count, "in_files": written})
    return Undone(standing, await _learned({label.text for label in standing}, models))


async def _wait_again(keys: set[str]) -> None:
    still = set(await Label.filter(key__in=list(keys), state="accepted").values_list("key", flat=True))
    await Heard.filter(key__in=list(keys - still), state="labelled").update(state="new")


async def _learned(texts: set[str], models: Path) -> int:
    """The version in force if one of ``texts`` is among its sentences, else 0; 0 too when they cannot be read."""
    version = await published_version()
    if version is None:
        return 0
    with suppress(FileLost):
        path = await fetch(version.examples, models)
        return version.id if await asyncio.to_thread(_holds, path, texts) else 0
    return 0


def _holds(path: Path, texts: Iterable[str]) -> bool:
    by_intent: dict[str, list[str]] = orjson.loads(path.read_bytes())
    return not {said for sentences in by_intent.values() for said in sentences}.isdisjoint(texts)
