"""Work on the bench, with the real training process: done, refused, cancelled, killed, and started again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.clock import now
from core.errors import NotFound, NotNow
from core.models import AuditEvent
from intents.models import Label, ModelPart, ModelVersion, TrainingRun
from intents.training import golden, runs, working
from intents.training.bench import Bench
from intents.training.keys import key_of
from intents.training.measures import AUTOMATIC
from intents.training.process import Trainer, training_process
from intents.training.publishing import gate, publish
from intents.training.versions import evaluation_of, summaries
from tests.conftest import Stage
from tests.intents.training.conftest import ANNA, BERT, Maker

pytestmark = pytest.mark.everywhere
KNOWN = {"newborn_birth": "新生儿出生", "retirement": "退休"}


async def test_a_training_makes_a_version_that_is_evaluated_and_compared(
    bench: Bench, make_version: Maker, utterances: Path, stage: Stage
) -> None:
    folds = 0 if stage.redis_url else 2  # processes are started one way everywhere
    await publish(await make_version("swapped"), BERT, bench.settings, bench.kv, "换成这个版本试一试")
    await golden.add("宝宝生了要办什么", "newborn_birth", "", ANNA, KNOWN)
    await golden.add("想歇着了，领养老金要办啥", "retirement", "", ANNA, KNOWN)
    run = await bench.ask_train(BERT, "试一试", folds)
    with pytest.raises(NotNow) as busy:
        await bench.ask_train(ANNA, again=True)
    assert busy.value.details["reason"] == "busy"
    await bench.work(str(run.id))
    await bench.work(str(run.id))  # whoever comes second does nothing
    run = await TrainingRun.get()
    assert (run.state, run.percent, run.reason) == ("done", 100, "")
    version = await ModelVersion.get(id=run.version_id)
    assert (version.state, version.sentences, version.intents, version.parent_id) == ("evaluated", 18, 3, 1)
    assert (version.by, version.note) == (BERT.actor, "试一试")
    found = await evaluation_of(version.id)
    assert found is not None
    assert found.against == 1
    assert found.folds is None or (found.folds.sentences, found.folds.outside) == (18, 6)
    assert bool(found.folds) == bool(folds)
    assert found.golden is not None
    assert found.golden_before is not None
    assert found.golden.first == 1.0
    assert found.golden_before.first == 0.0
    assert {one.text for one in found.changes} <= {"宝宝生了要办什么", "想歇着了，领养老金要办啥"}
    assert (await summaries([version.id]))[version.id]["golden"]["sentences"] == 2
    assert not list((bench.folder / "runs").iterdir())
    assert await AuditEvent.filter(action="recogniser.trained", actor=BERT.actor).count() == 1
    with pytest.raises(NotNow) as same:
        await bench.ask_train(ANNA)
    assert same.value.details == {"reason": "same", "version": version.id}
    (utterances / "retirement.yml").unlink()
    assert await bench.same_as() is None


async def test_an_evaluation_of_two_versions_trains_nothing(bench: Bench, make_version: Maker) -> None:
    one, other = await make_version("tiny"), await make_version("swapped")
    await golden.add("宝宝生了要办什么", "newborn_birth", "", ANNA, KNOWN)
    run = await bench.ask_evaluation(one.id, other.id, ANNA, folds=0)
    await bench.work(str(run.id))
    assert (await TrainingRun.get()).state == "done"
    found = await evaluation_of(one.id, other.id)
    assert found is not None
    assert (found.folds, found.against, found.golden_before is not None) == (None, other.id, True)
    assert await ModelVersion.all().count() == 2
    with pytest.raises(NotFound):
        await bench.ask_evaluation(99, None, ANNA)
    with pytest.raises(NotNow) as itself:
        await bench.ask_evaluation(one.id, one.id, ANNA)
    assert itself.value.details["reason"] == "itself"


async def test_the_first_version_is_compared_with_what_the_files_give_by_themselves(
    bench: Bench, utterances: Path, stage: Stage
) -> None:
    await golden.add("宝宝生了要办什么", "newborn_birth", "", ANNA, KNOWN)
    await golden.add("想歇着了，领养老金要办啥", "retirement", "", ANNA, KNOWN)
    run = await bench.ask_train(BERT, folds=0)
    await bench.work(str(run.id))
    found = await evaluation_of(1, AUTOMATIC)
    assert found is not None
    assert found.golden == found.golden_before
    assert (found.changed, sorted(found.golden_truths.values())) == (0, ["newborn_birth", "retirement"])
    if stage.redis_url:  # processes are started one way everywhere
        return
    for number, text in enumerate(("育儿补贴怎么领", "三岁以下的孩子有补贴吗", "养娃的补贴去哪申请")):
        await Label.create(text=text, key=key_of(text), intent="childcare_subsidy", by=ANNA.actor, by_name="甲",
                           at=now(), batch=UUID(int=number))
    run = await bench.ask_train(BERT, folds=2)
    await bench.work(str(run.id))
    found = await evaluation_of(2, AUTOMATIC)
    assert found is not None
    assert (await ModelVersion.get(id=2)).labels == 3
    assert found.golden_before is not None
    assert found.folds is not None
    assert "childcare_subsidy" in found.folds.by_intent
    assert "childcare_subsidy" not in found.golden_before.by_intent
    assert [one.kind for one in await gate(await ModelVersion.get(id=2), bench.settings) if one.stops] == []


async def test_a_lost_file_of_the_version_in_force_keeps_nobody_from_training(
    bench: Bench, make_version: Maker
) -> None:
    lost = await make_version("swapped")
    await publish(lost, BERT, bench.settings, bench.kv, "换成这个版本试一试")
    await ModelPart.filter(digest=lost.file).delete()
    await golden.add("宝宝生了要办什么", "newborn_birth", "", ANNA, KNOWN)
    run = await bench.ask_train(BERT, folds=0)
    await bench.work(str(run.id))
    assert (await TrainingRun.get()).state == "done"
    assert "not_compared" in [one.kind for one in await gate(await ModelVersion.get(id=2), bench.settings)]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[Trainer]:
    """The training processes, as they start."""
    queue: asyncio.Queue[Trainer] = asyncio.Queue()

    @asynccontextmanager
    async def watched(folder: Path) -> AsyncIterator[Trainer]:
        async with training_process(folder) as trainer:
            await queue.put(trainer)
            yield trainer

    monkeypatch.setattr(working, "training_process", watched)
    return queue


def group_of(trainer: Trainer) -> list[int]:
    """All that runs of its group; what is dead and only waits for somebody to look does not count."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group, *_ = place.read_text().rpartition(")")[2].split()
            found += [int(place.parent.name)] if group == str(trainer.pid) and state != "Z" else []
    return found


def alive(trainer: Trainer) -> bool:
    return bool(group_of(trainer))


async def gone(trainer: Trainer) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(60):
            while alive(trainer):
                await asyncio.sleep(0.05)
    return not alive(trainer)


async def test_a_killed_training_says_so_and_can_be_started_again(
    bench: Bench, started: asyncio.Queue[Trainer]
) -> None:
    run = await bench.ask_train(ANNA)
    work = asyncio.create_task(bench.work(str(run.id)))
    os.killpg((await started.get()).pid, signal.SIGKILL)
    await work
    run = await TrainingRun.get()
    assert (run.state, run.reason, run.ended_at is not None) == ("failed", "trainer_died", True)
    assert await ModelVersion.all().count() == 0
    assert not list((bench.folder / "runs").iterdir())
    assert (await bench.ask_train(ANNA)).state == "waiting"


async def test_a_training_whose_leader_alone_is_killed_ends_with_its_workers(
    bench: Bench, started: asyncio.Queue[Trainer]
) -> None:
    run = await bench.ask_train(ANNA, folds=2)
    work = asyncio.create_task(bench.work(str(run.id)))
    trainer = await started.get()
    async with asyncio.timeout(90):  # the leader, what keeps track of its resources, and a worker
        while (await TrainingRun.get()).stage != "training" or len(group_of(trainer)) < 3:
            await asyncio.sleep(0.02)
    os.kill(trainer.pid, signal.SIGKILL)  # as one process is killed when memory runs out
    async with asyncio.timeout(60):
        await work
    run = await TrainingRun.get()
    assert (run.state, run.reason, run.said) == ("failed", "trainer_died", "ended by signal 9")
    assert await gone(trainer)
    assert (await bench.ask_train(ANNA)).state == "waiting"


async def test_a_cancelled_training_ends_with_all_its_processes(
    bench: Bench, started: asyncio.Queue[Trainer]
) -> None:
    run = await bench.ask_train(ANNA)
    work = asyncio.create_task(bench.work(str(run.id)))
    trainer = await started.get()
    await runs.cancel(run, BERT)
    await work
    run = await TrainingRun.get()
    assert (run.state, run.reason, await gone(trainer)) == ("cancelled", "cancelled", True)
    with pytest.raises(NotNow):
        await runs.cancel(run, BERT)
    assert await AuditEvent.filter(action="recogniser.cancelled", actor=BERT.actor).count() == 1


async def test_a_training_ends_with_the_app_that_ran_it(bench: Bench, started: asyncio.Queue[Trainer]) -> None:
    run = await bench.ask_train(ANNA)
    work = asyncio.create_task(bench.work(str(run.id)))
    trainer = await started.get()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert ((await TrainingRun.get()).state, alive(trainer)) == ("failed", False)


async def test_the_process_ends_when_nobody_holds_it_any_more(tmp_path: Path) -> None:
    async with training_process(tmp_path) as trainer:
        assert trainer._process.stdin is not None
        trainer._process.stdin.close()  # as when the app was killed
        assert await asyncio.wait_for(trainer._process.wait(), 90) != 0


async def test_what_a_dead_process_left_is_given_up_and_what_waits_is_nudged(bench: Bench) -> None:
    left = await bench.ask_train(ANNA)
    await TrainingRun.filter(id=left.id).update(state="running", seen_at=now() - timedelta(minutes=1))
    await bench.sweep()
    left = await TrainingRun.get()
    assert (left.state, left.reason) == ("failed", "lost")
    waiting = await bench.ask_train(ANNA)
    await runs.cancel(waiting, ANNA)
    assert (await TrainingRun.get(id=waiting.id)).state == "cancelled"


async def test_sentences_that_cannot_be_read_say_where(bench: Bench, utterances: Path) -> None:
    run = await bench.ask_train(ANNA)
    (utterances / "broken.yml").write_text("nlu: [", "utf-8")
    await bench.work(str(run.id))
    run = await TrainingRun.get()
    assert (run.state, run.reason, "broken.yml:" in run.said) == ("failed", "content", True)
