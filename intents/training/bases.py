"""What a version is compared with: another version, or what reads while nothing is published."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import orjson

from intents.models import ModelVersion
from intents.training import files
from intents.training.engines import LOCAL, trainable
from intents.training.measures import AUTOMATIC
from intents.training.sets import TooLittle, digest_of, training_set


@dataclass(frozen=True)
class Base:
    """What it is, and where its model lies or comes to lie. Without a model nothing can be compared."""

    version: int | None
    """`AUTOMATIC` for what reads while nothing is published; None when nothing is to be compared."""
    engine: str = ""
    model: Path | None = None
    examples: Path | None = None
    """Sentences that the model is still to be made from."""


async def base_of(version: ModelVersion, models: Path) -> Base:
    """A version. One whose file is lost cannot be compared with, which must not keep anybody from training anew."""
    try:
        return Base(version.id, version.engine, await files.fetch(version.file, models))
    except files.FileLost:
        return Base(version.id)


async def automatic(digest: str, utterances: list[Path], place: Path) -> Base:
    """What the files alone give now. With these sentences and this engine it may be the very version of ``digest``,
    whose model is ``place / "model"``. Raises `core.errors.ContentError`."""
    engine = trainable(LOCAL)
    try:
        made = await training_set(utterances, labelled=False)
    except TooLittle:
        return Base(AUTOMATIC)
    if digest_of(made.examples, engine.name, engine.recipe()) == digest:
        return Base(AUTOMATIC, engine.name, place / "model")
    examples = place / "base.json"
    await asyncio.to_thread(examples.write_bytes, orjson.dumps(made.examples.by_intent))
    return Base(AUTOMATIC, engine.name, place / "base", examples)
