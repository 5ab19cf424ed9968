"""Our own engines as contenders: trained and read in this process, each answer kept by the digest of its question."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.nlu import cascade, embed
from benchmarks.nlu.tasks import Task, examples
from nlu.engines.local import training as local
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.recipe import recipe
from nlu.training_data import Examples

PUBLIC = local.Fit(1.0, False)
"""For sets that others made, whose classes are about as frequent as they are asked for."""
TOP = 8


def run(name: str, task: Task, kept: Path) -> dict[str, Any]:
    """``rankings``, ``ms`` (of the processor, a sentence), ``train_seconds``, ``train_cpu``."""
    fit = local.OURS if task.name.startswith(("own", "golden")) else PUBLIC
    question = json.dumps([recipe(), fit, task.train, task.texts], ensure_ascii=False)
    digest = hashlib.sha256(question.encode()).hexdigest()[:12]
    file = kept / f"{name}-{task.name.replace(' ', '-')}-{digest}.json"
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(_read(TRAINERS[name], fit, task), ensure_ascii=False), "utf-8")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def _local(taught: Examples, fit: local.Fit) -> LocalEngine:
    return local.train(taught, None, fit)


def _embed(taught: Examples, fit: local.Fit) -> LocalEngine:
    return embed.train(taught, fit)


def _cascade(taught: Examples, fit: local.Fit) -> LocalEngine:
    return cascade.train(taught, fit)


TRAINERS: dict[str, Callable[[Examples, local.Fit], LocalEngine]] = {
    "local": _local, "embed": _embed, "cascade": _cascade,
}
WITH_ENCODER = ("embed", "cascade")
"""Those that need an encoder installed."""


def _read(train: Callable[[Examples, local.Fit], LocalEngine], fit: local.Fit, task: Task) -> dict[str, Any]:
    began, spent = time.perf_counter(), time.process_time()
    engine = train(examples(task.train), fit)
    cost = {"train_seconds": time.perf_counter() - began, "train_cpu": time.process_time() - spent}
    rankings, times = asyncio.run(_rankings(engine, task.texts))
    return {**cost, "rankings": rankings, "ms": times}


async def _rankings(engine: LocalEngine, texts: list[str]) -> tuple[list[list[tuple[str, float]]], list[float]]:
    rankings, times = [], []
    for text in texts:
        spent = time.process_time()
        found = await engine.rank(text)
        times.append(round((time.process_time() - spent) * 1000, 3))
        rankings.append([(one.intent, round(one.score, 6)) for one in found[:TOP]])
    return rankings, times
