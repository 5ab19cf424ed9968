"""The process that trains and evaluates, apart from the app: ``python -m intents.training.child FOLDER``.

It reads ``request.json`` in the folder, writes the model and ``result.json`` beside it, and says on standard output how
far it is. It touches no database. It ends with whoever started it: when its standard input closes, it stops at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

import orjson

from intents.catalogue import Catalogue
from intents.settings import Bands
from intents.training.comparing import MOST, Source, changes
from intents.training.engines import trainable
from intents.training.evaluation import Report, measured
from intents.training.folding import cross_validated
from intents.training.measures import Evaluation
from intents.training.reading import Answer, read
from intents.training.request import Request
from intents.understand import Understander

NICE = 5
"""Citizens come first on a machine that is busy."""
READING = 80
"""Per cent when training and folds are done."""


def tell(**words: object) -> None:
    """One line to whoever waits."""
    sys.stdout.write(orjson.dumps(words).decode() + "\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    """Do what the request says."""
    os.nice(NICE)
    request = Request.model_validate_json((folder / "request.json").read_bytes())
    folds = cross_validated(request, tell)
    evaluation = asyncio.run(_evaluated(request, folds))
    (folder / "result.json").write_bytes(evaluation.model_dump_json().encode())
    tell(stage="finishing", percent=99)


async def _evaluated(request: Request, folds: Report | None) -> Evaluation:
    catalogue = Catalogue.load(request.catalogue)
    sets: dict[Source, list[tuple[str, str]]] = {
        "golden": request.golden, "heard": [(text, "") for text in request.heard],
    }
    twice = request.base is not None and request.base != request.model
    steps = (2 if twice else 1) * sum(map(len, sets.values()))
    bands = Bands(errors=request.errors)
    mine = await _answers(request.engine, request.model, (catalogue, bands), sets, 0, steps)
    if request.base is None:
        return Evaluation(folds=folds, golden=measured(mine["golden"]), heard=len(request.heard))
    old = mine
    if twice:
        old = await _answers(request.base_engine, request.base, (catalogue, bands), sets, steps // 2, steps)
    turned = [*changes(old["golden"], mine["golden"], "golden"), *changes(old["heard"], mine["heard"], "heard")]
    return Evaluation(
        folds=folds, golden=measured(mine["golden"]), golden_before=measured(old["golden"]), heard=len(request.heard),
        changes=tuple(turned[:MOST]), changed=len(turned),
    )


async def _answers(
    engine: str, model: Path, with_: tuple[Catalogue, Bands], sets: dict[Source, list[tuple[str, str]]], done: int,
    steps: int,
) -> dict[Source, list[Answer]]:
    hears, found = Understander(await trainable(engine).load(model), *with_), dict[Source, list[Answer]]()
    for source, pairs in sets.items():
        before = done + sum(map(len, found.values()))

        def said(count: int, before: int = before) -> None:
            if count % 100 == 0:
                tell(stage="reading", percent=READING + (before + count) * (99 - READING) // steps)

        found[source] = await read(hears, pairs, said)
    return found


def _end_with_parent() -> None:
    """Wait for standard input to close, and stop with everything that was started here."""
    while os.read(0, 4096):  # not through sys.stdin, whose lock the interpreter wants back when it ends
        pass
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    main(Path(sys.argv[1]))
