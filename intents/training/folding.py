"""Cross-validation: every sentence is read by a model that has not seen it, nor one nearly the same.

Training on everything and on each part run beside one another, in as many processes as the machine has cores.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

import orjson

from intents.catalogue import Catalogue
from intents.settings import Bands
from intents.training.dealing import parts
from intents.training.engines import trainable
from intents.training.evaluation import Report, measured
from intents.training.reading import Answer, read
from intents.training.request import Request
from intents.understand import Understander
from nlu.training_data import Examples

MOST = 4
"""Processes at once: each carries a learning library."""
UNTIL = 80
"""Per cent that all of this is of the whole."""


def examples_in(file: Path) -> Examples:
    """Sentences as a version keeps them."""
    return Examples({intent: tuple(texts) for intent, texts in orjson.loads(file.read_bytes()).items()})


def cross_validated(request: Request, tell: Callable[..., None]) -> Report | None:
    """Train where that is asked for, cross-validate where that is; None without folds."""
    tell(stage="training", percent=1)
    if request.folds < 2:
        for made in _wanted(request):
            _train(*made)
            tell(stage="training", percent=UNTIL // 2, trained=made[2] == request.model)
        return None
    with _workers() as pool:
        running: dict[Future[list[Answer] | None], bool] = {
            pool.submit(_train, *made): made[2] == request.model for made in _wanted(request)
        }
        running |= {pool.submit(_fold, request, number): False for number in range(request.folds)}
        return measured(_gathered(running, tell))


def _wanted(request: Request) -> list[tuple[str, Path, Path]]:
    """(engine, sentences, model) of what is still to be trained, the version itself first."""
    found = [(request.engine, request.examples, request.model)] if request.train else []
    if request.base is not None and request.base_examples is not None:
        found.append((request.base_engine, request.base_examples, request.base))
    return found


def _workers() -> ProcessPoolExecutor:
    spawned = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(min(MOST, os.cpu_count() or 1), spawned, initializer=_end_with_leader)


def _end_with_leader() -> None:
    """Have this worker end when whoever started it is gone: nobody else would tell it."""
    def follow() -> None:
        leader = multiprocessing.parent_process()
        if leader is not None:
            leader.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _gathered(running: dict[Future[list[Answer] | None], bool], tell: Callable[..., None]) -> list[Answer]:
    """Answers of all that runs; ``running`` says which of it is the version itself."""
    answers: list[Answer] = []
    waiting, done = set(running), 0
    while waiting:
        ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for one in ended:
            answers += one.result() or []
            done += 1
            tell(stage="folds", percent=done * UNTIL // len(running), trained=running[one])
    return answers


def _train(engine: str, examples: Path, model: Path) -> None:
    trainable(engine).train(examples_in(examples), model)


def _fold(request: Request, number: int) -> list[Answer]:
    """Train without one part, and read that part."""
    dealt = parts(examples_in(request.examples), request.folds)
    kept: dict[str, list[str]] = {}
    for place, part in enumerate(dealt):
        for text, intent in part if place != number else ():
            kept.setdefault(intent, []).append(text)
    engine = trainable(request.engine)
    with tempfile.TemporaryDirectory(dir=request.model.parent) as folder:
        model = Path(folder) / "model"
        engine.train(Examples({intent: tuple(texts) for intent, texts in sorted(kept.items())}), model)

        async def answers() -> list[Answer]:
            hears = Understander(
                await engine.load(model), Catalogue.load(request.catalogue), Bands(errors=request.errors)
            )
            return await read(hears, dealt[number])

        return asyncio.run(answers())
