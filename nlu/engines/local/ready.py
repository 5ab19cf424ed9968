"""A trained local engine for the present examples: from disk when it is fresh, trained beside when it is not."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from core.errors import YijianshiError
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.recipe import recipe
from nlu.training_data import load_examples


class TrainingFailed(YijianshiError):
    """The recogniser could not be trained; its message says what the trainer said."""

    code = "training_failed"


def kept(model: Path, folders: list[Path]) -> LocalEngine | None:
    """The model on disk when it was trained on exactly the present examples, and as we train now."""
    try:
        engine = LocalEngine.load(model)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    fresh = engine.made_with == recipe() and engine.version == load_examples(folders).digest
    return engine if fresh else None


async def ready(model: Path, folders: list[Path]) -> LocalEngine:
    """The engine, training it in a process of its own first when the examples have changed."""
    engine = kept(model, folders)
    if engine is not None:
        return engine
    trainer = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "nlu.engines.local.training", str(model), *map(str, folders),
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await trainer.communicate()
    if trainer.returncode != 0:
        raise TrainingFailed(said.decode(errors="replace").strip().splitlines()[-1] if said else None)
    return LocalEngine.load(model)
