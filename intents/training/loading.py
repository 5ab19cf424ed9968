"""From the files of a version to an engine that reads."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from core.errors import YijianshiError
from intents.models import ModelVersion
from intents.training.engines import trainable
from intents.training.files import fetch
from nlu.engine import Engine

BROKEN = (YijianshiError, OSError, ValueError, TypeError, KeyError)
"""What a file that is no model, or a server that does not take it, ends in."""


async def engine_of(version: ModelVersion, folder: Path) -> Engine:
    """The engine of a version, warm. Raises what `BROKEN` names."""
    engine = await trainable(version.engine).load(await fetch(version.file, folder))
    ranked = await engine.rank("你好")
    # what is made at the first use of each intent is made before anybody waits for it
    await asyncio.to_thread(lambda: [engine.similar("你好", one.intent) for one in ranked])
    return engine


async def loads(version: ModelVersion) -> bool:
    """Whether any process could begin to read with it: its file is whole in the database, and is a model.

    What lies in a folder of this machine does not count, for others have not got it.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            await engine_of(version, Path(folder))
        except BROKEN:
            return False
    return True
