"""The sentences as they are now, measured as a version would be, without making one."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import orjson

from intents.training.engines import LOCAL
from intents.training.golden import golden_pairs
from intents.training.measures import Evaluation
from intents.training.process import training_process
from intents.training.request import Request
from intents.training.sets import training_set


async def tried(
    utterances: list[Path], catalogue: list[Path], folder: Path, folds: int, errors: float,
    tell: Callable[[int, str], None] = lambda percent, stage: None,
) -> Evaluation:
    """Train on files and labels as `training_set` does, in a process of its own, and read the golden set.

    ``folds`` from 2; ``errors`` as in `intents.settings.Bands`; ``tell`` hears per cent and stage.
    Raises `TooLittle`, `TrainerDied`, `core.errors.ContentError`.
    """
    made, golden = await training_set(utterances), await golden_pairs()
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="try-") as place:
        at = Path(place)
        request = Request(engine=LOCAL, catalogue=catalogue, examples=at / "examples.json", model=at / "model",
                          folds=folds, errors=errors, golden=golden)
        request.examples.write_bytes(orjson.dumps(made.examples.by_intent))
        (at / "request.json").write_text(request.model_dump_json(), "utf-8")
        async with training_process(at) as trainer:
            async for said in trainer.words():
                if "percent" in said:
                    tell(said["percent"], said["stage"])
        return Evaluation.model_validate_json((at / "result.json").read_bytes())
