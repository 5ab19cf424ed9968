"""The bench: trainings and evaluations, asked for by people and done by whichever process takes jobs."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from core.errors import NotNow, TooMany, YijianshiError
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from intents.masking import masked
from intents.models import ModelVersion, TrainingRun
from intents.training import runs
from intents.training.dropping import drop_old
from intents.training.engines import LOCAL, trainable
from intents.training.golden import By
from intents.training.measures import Evaluation
from intents.training.sets import digest_of, training_set
from intents.training.trying import tried
from intents.training.versions import DROPPED, version_of
from intents.training.working import Cancelled, Work
from nlu.trainable import Server


class Bench:
    """Makes versions of the recogniser and finds out how good they are."""

    def __init__(
        self, settings: Settings, kv: KV, jobs: Jobs, utterances: list[Path], catalogue: list[Path],
        server: Server | None = None,
    ) -> None:
        self.settings, self.kv, self.utterances = settings, kv, utterances
        self._jobs, self._catalogue, self._server = jobs, catalogue, server
        self.folder = settings.data_dir / "nlu"

    async def ask_train(self, by: By, note: str = "", folds: int | None = None, again: bool = False) -> TrainingRun:
        """Ask for a new version. Raises `core.errors.NotNow` (``busy``, ``same``) and `TooLittle`.

        Without ``again``, sentences that made a version already are refused as ``same``.
        """
        same = None if again else await self.same_as()
        if same is not None:
            raise NotNow(f"nothing has changed since version {same.id}", reason="same", version=same.id)
        return await self._ask(by, kind="train", folds=self._folds(folds), note=masked(note)[:200])

    async def same_as(self) -> ModelVersion | None:
        """The version that the present sentences made already. Raises `TooLittle`."""
        made, engine = await training_set(self.utterances), trainable(LOCAL)
        digest = digest_of(made.examples, engine.name, engine.recipe())
        return await ModelVersion.filter(digest=digest).exclude(state=DROPPED).order_by("-id").first()

    async def ask_evaluation(self, version: int, against: int | None, by: By, folds: int | None = None) -> TrainingRun:
        """Ask for an evaluation of a version, in comparison with another. Raises `NotFound`,
        `NotNow` (``busy``, ``dropped``, ``itself``)."""
        if against == version:
            raise NotNow(f"version {version} cannot be compared with itself", reason="itself", version=version)
        for number in (version, against):
            if number is not None:
                found = await version_of(number)
                if found.state == DROPPED:
                    raise NotNow(f"the files of version {number} were let go", reason="dropped", version=number)
        return await self._ask(by, kind="evaluate", version_id=version, against_id=against, folds=self._folds(folds))

    async def try_sentences(self, folds: int, tell: Callable[[int, str], None]) -> Evaluation:
        """Measure the present sentences as a version would be, without making one. Raises what `tried` raises."""
        return await tried(self.utterances, self._catalogue, self.folder, folds, self.settings.act_errors, tell)

    def _folds(self, folds: int | None) -> int:
        return self.settings.evaluation_folds if folds is None else folds

    async def _ask(self, by: By, **wanted: object) -> TrainingRun:
        run = await runs.ask(self.kv, by, **wanted)
        await self.nudge(run)
        return run

    async def nudge(self, run: TrainingRun) -> None:
        """Tell whoever takes jobs."""
        await self._jobs.ask("train", run_id=str(run.id))

    async def sweep(self) -> None:
        """Give up what a dead process left, and nudge what waits."""
        await runs.give_up_silent()
        run = await runs.waiting_run()
        if run is not None:
            await self.nudge(run)

    async def work(self, run_id: str) -> None:
        """Do a piece of work that waits, from beginning to end; nothing when another process has it."""
        run = await runs.claim(UUID(run_id))
        if run is None:
            return
        work = Work(run, self.utterances, self._catalogue, self.folder, self._server,
                    self.settings.act_errors)
        try:
            version = await work.do()
            await self._drop_old()
            await runs.end(run, "done", version_id=version.id, percent=100, stage="done")
        except Cancelled:
            await runs.end(run, "cancelled", "cancelled")
        except YijianshiError as problem:
            await runs.end(run, "failed", problem.code, problem.message)
        except OSError as problem:
            await runs.end(run, "failed", "disk", str(problem))
        except asyncio.CancelledError:
            await runs.end(run, "failed", "stopped")
            raise
        finally:
            await asyncio.to_thread(shutil.rmtree, work.place, ignore_errors=True)

    async def _drop_old(self) -> None:
        # somebody publishes just now: the next training does it
        with suppress(TooMany):
            await drop_old(self.kv, self.settings.keep_versions)
