"""Letting go of old versions: their files go, who made them, when, and how good they were stays.

The version in force, the one before it, and whatever is being worked on are never touched.
"""

from __future__ import annotations

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from core import audit
from core.kv import KV
from intents.models import ModelPart, ModelVersion, TrainingRun
from intents.training.publishing import LOCK, former
from intents.training.runs import OPEN
from intents.training.versions import DROPPED, published_version


async def drop_old(kv: KV, keep: int) -> list[int]:
    """Drop all but the last ``keep`` versions that are not in use; the numbers of those that went.

    Raises `core.errors.TooMany` while somebody publishes.
    """
    async with kv.lock(LOCK, wait=5):
        needed = await _needed()
        there = ModelVersion.exclude(state=DROPPED).exclude(state="published")
        spare = [one for one in await there.order_by("-id") if one.id not in needed]
        return [one.id for one in spare[keep:] if await _drop(one)]


async def _needed() -> set[int]:
    """Versions in use: published, next in line for going back, trained or compared just now."""
    present = await published_version()
    before = await former(present)
    found = {one.id for one in (present, before) if one is not None}
    for run in await TrainingRun.filter(state__in=OPEN):
        found |= {number for number in (run.version_id, run.against_id) if number is not None}
    return found


async def _drop(version: ModelVersion) -> bool:
    async with in_transaction():
        there = ModelVersion.filter(id=version.id).exclude(state__in=(DROPPED, "published"))
        if not await there.update(state=DROPPED):
            return False
        for digest in {version.file, version.examples}:
            shared = ModelVersion.filter(Q(file=digest) | Q(examples=digest)).exclude(state=DROPPED)
            if not await shared.exists():
                await ModelPart.filter(digest=digest).delete()
        await audit.record("system", "recogniser.dropped", f"recogniser:{version.id}",
                           details={"digest": version.digest})
    return True
