"""One piece of work on the bench: gather, start the training process, follow it, keep what it made."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import orjson
from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import YijianshiError
from intents.catalogue import Catalogue
from intents.models import EvaluationRow, Heard, ModelVersion, TrainingRun
from intents.settings import Bands
from intents.training import files
from intents.training.bases import Base, automatic, base_of
from intents.training.engines import LOCAL, trainable
from intents.training.golden import digest_of as digest_of_pairs
from intents.training.golden import golden_pairs, truths_of
from intents.training.measures import Evaluation
from intents.training.process import BEAT, training_process
from intents.training.request import Request
from intents.training.runs import still_wanted
from intents.training.server_reading import ServerReading
from intents.training.sets import TrainingSet, digest_of, training_set
from intents.training.versions import (
    add_to_evaluation,
    evaluation_of,
    keep_evaluation,
    published_version,
    version_of,
)
from nlu.trainable import Server

RECENT = 2000
"""Utterances of citizens that both versions read: those whose answer changes are shown."""


T = TypeVar("T")


class Cancelled(YijianshiError):
    """Somebody stopped this work."""

    code = "cancelled"


class Work:
    """One run, claimed by this process. ``place`` is its folder, which is nobody else's; ``errors`` as in
    `intents.settings.Bands`."""

    def __init__(
        self, run: TrainingRun, utterances: list[Path], catalogue: list[Path], folder: Path, server: Server | None,
        errors: float,
    ) -> None:
        self.run, self.place = run, folder / "runs" / str(run.id)
        self._utterances, self._catalogue, self._server = utterances, catalogue, server
        self._errors = errors
        self._models, self._began = folder / "models", time.monotonic()

    async def do(self) -> ModelVersion:
        """From beginning to end; the version that was made or evaluated. Raises `Cancelled`, `TrainerDied`."""
        self.place.mkdir(parents=True, mode=0o700)
        return await (self._train() if self.run.kind == "train" else self._evaluate())

    async def _train(self) -> ModelVersion:
        made, engine = await training_set(self._utterances), trainable(LOCAL)
        (self.place / "examples.json").write_bytes(orjson.dumps(made.examples.by_intent))
        digest = digest_of(made.examples, engine.name, engine.recipe())
        present = await published_version()
        base = await self._base(present, digest)
        request = await self._request(engine.name, base, self.run.folds if engine.folds else 0)
        kept: list[ModelVersion] = []

        async def trained() -> None:
            kept.append(await self._keep(made, digest, present))

        await self._follow(request, trained)
        row = await self._keep_result(kept[0], base, request)
        if self._server is not None:
            kept[0].server_model = await self._waiting("server", self._server.train(made.examples))
            await ModelVersion.filter(id=kept[0].id).update(server_model=kept[0].server_model)
            await self._read_by_server(self._server, row, kept[0], present, request.golden)
        return kept[0]

    async def _waiting(self, stage: str, doing: Coroutine[Any, Any, T]) -> T:
        """What the server beside us answers, in its own time: training takes minutes. Raises `Cancelled`."""
        task = asyncio.create_task(doing)
        try:
            while not (await asyncio.wait([task], timeout=BEAT))[0]:
                if not await still_wanted(self.run, stage=stage):
                    raise Cancelled()
            return task.result()
        finally:
            task.cancel()

    async def _read_by_server(
        self, server: Server, row: EvaluationRow, version: ModelVersion, base: ModelVersion | None,
        golden: list[tuple[str, str]],
    ) -> None:
        """Have it read the golden set with its model of this version, before any citizen is read with that."""
        if not version.server_model or not golden:
            return
        catalogue = await asyncio.to_thread(Catalogue.load, self._catalogue)
        reading = ServerReading(server, golden, catalogue, Bands(errors=self._errors), self._models)
        found = Evaluation.model_validate(row.data)
        await add_to_evaluation(row, await self._waiting("server_reads", reading.added_to(found, version, base)))

    async def _evaluate(self) -> ModelVersion:
        version = await version_of(self.run.version_id or 0)
        present = await version_of(self.run.against_id) if self.run.against_id else await published_version()
        base = Base(None) if present and present.id == version.id else await self._base(present, version.digest)
        before = await evaluation_of(version.id)
        known = before.folds if before else None
        shutil.copy(await files.fetch(version.examples, self._models), self.place / "examples.json")
        shutil.copy(await files.fetch(version.file, self._models), self.place / "model")
        folds = self.run.folds if known is None and trainable(version.engine).folds else 0
        request = await self._request(version.engine, base, folds)
        await self._follow(request.model_copy(update={"train": False}))
        row = await self._keep_result(version, base, request, before)
        if self._server is not None:
            rival = present if present is not None and present.id != version.id else None
            await self._read_by_server(self._server, row, version, rival, request.golden)
        return version

    async def _base(self, version: ModelVersion | None, digest: str) -> Base:
        if version is not None:
            return await base_of(version, self._models)
        return await automatic(digest, self._utterances, self.place)

    async def _request(self, engine: str, base: Base, folds: int) -> Request:
        heard = Heard.filter(asked="anything").order_by("-day").limit(RECENT * 2).values("key", "text")
        texts = {row["key"]: row["text"] for row in await heard} if base.model else {}
        return Request(
            engine=engine, catalogue=self._catalogue, examples=self.place / "examples.json",
            model=self.place / "model", folds=folds, errors=self._errors, base_engine=base.engine,
            base=base.model, base_examples=base.examples,
            golden=await golden_pairs(), heard=list(texts.values())[:RECENT],
        )

    async def _follow(self, request: Request, trained: Callable[[], Awaitable[None]] | None = None) -> None:
        (self.place / "request.json").write_text(request.model_dump_json(), "utf-8")
        async with training_process(self.place) as trainer:
            async for said in trainer.words():
                if said.get("trained") and trained is not None:
                    await trained()
                changed = {name: said[name] for name in ("stage", "percent") if name in said}
                if not await still_wanted(self.run, **changed):
                    raise Cancelled()

    async def _keep(self, made: TrainingSet, digest: str, present: ModelVersion | None) -> ModelVersion:
        """The version, as soon as its model is there: it stays when the evaluation is cancelled."""
        engine = trainable(LOCAL)
        model = await asyncio.to_thread((self.place / "model").read_bytes)
        stored, examples = await files.keep(model), await files.keep((self.place / "examples.json").read_bytes())
        async with in_transaction():
            version = await ModelVersion.create(
                digest=digest, engine=engine.name,
                recipe=engine.recipe(), examples=examples, file=stored, sentences=made.sentences, labels=made.labels,
                intents=len(made.examples.by_intent), left_out=made.left_out, parent_id=present.id if present else None,
                by=self.run.by, by_name=self.run.by_name, at=now(), note=self.run.note,
                seconds=round(time.monotonic() - self._began, 1),
            )
            await TrainingRun.filter(id=self.run.id).update(version_id=version.id)
            await audit.record(self.run.by, "recogniser.trained", f"recogniser:{version.id}",
                               details={"digest": version.digest, "sentences": version.sentences})
        return version

    async def _keep_result(
        self, version: ModelVersion, base: Base, request: Request, before: Evaluation | None = None
    ) -> EvaluationRow:
        found = Evaluation.model_validate_json((self.place / "result.json").read_bytes())
        folds = before.folds if before is not None and found.folds is None else found.folds
        return await keep_evaluation(version, found.model_copy(update={
            "against": base.version, "golden_digest": digest_of_pairs(request.golden),
            "golden_truths": truths_of(request.golden), "folds": folds,
        }))
