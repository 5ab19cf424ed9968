"""Old versions lose their files, and never one that is in use or needed to go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.clock import now
from core.errors import NotNow
from core.kv import KV
from core.models import AuditEvent
from core.settings import Settings
from intents.models import ModelPart, ModelVersion, TrainingRun
from intents.training import files
from intents.training.bench import Bench
from intents.training.dropping import drop_old
from intents.training.publishing import PublishRefused, publish, roll_back
from tests.intents.training.conftest import ANNA, BERT, Maker

pytestmark = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]


async def states() -> dict[int, str]:
    return {one.id: one.state for one in await ModelVersion.all()}


async def own_files(version: ModelVersion, folder: Path) -> ModelVersion:
    """The version with files that no other has; what stands behind a model is not read."""
    model = await files.fetch(version.file, folder)
    stored = await files.keep(model.read_bytes() + f"version {version.id}".encode())
    await ModelVersion.filter(id=version.id).update(file=stored, examples=stored)
    return await ModelVersion.get(id=version.id)


async def test_what_is_in_use_stays_and_older_ones_lose_their_files(
    make_version: Maker, settings: Settings, kv: KV, tmp_path: Path
) -> None:
    made = [await own_files(await make_version(), tmp_path) for _ in range(7)]
    for version in made[:3]:
        await publish(version, BERT, settings, kv, "the gate has nothing to say")
    await TrainingRun.create(kind="evaluate", version_id=made[3].id, by="a", by_name="a", asked_at=now())
    assert await drop_old(kv, 1) == [made[5].id, made[4].id, made[0].id]
    kept = [one.id for one in made if (await states())[one.id] != "dropped"]
    assert kept == [made[1].id, made[2].id, made[3].id, made[6].id]
    assert not await ModelPart.filter(digest=made[0].file).exists()
    assert (await files.fetch(made[1].file, tmp_path)).exists()
    assert await AuditEvent.filter(action="recogniser.dropped").count() == 3
    assert await drop_old(kv, 1) == []


async def test_a_file_that_another_version_has_too_stays(make_version: Maker, kv: KV) -> None:
    first, second = await make_version(), await make_version()
    assert await drop_old(kv, 1) == [first.id]
    assert await ModelPart.filter(digest=second.file).exists()


async def test_a_dropped_version_is_neither_published_nor_evaluated_nor_gone_back_to(
    make_version: Maker, settings: Settings, kv: KV, bench: Bench
) -> None:
    made = [await make_version() for _ in range(4)]
    for version in made[:3]:
        await publish(version, BERT, settings, kv, "the gate has nothing to say")
    await drop_old(kv, 1)
    await ModelVersion.filter(id=made[3].id).update(state="dropped")
    await ModelVersion.filter(id=made[0].id).update(state="dropped")
    with pytest.raises(PublishRefused) as refused:
        await publish(made[3], BERT, settings, kv, "the gate has nothing to say")
    assert refused.value.details["reason"] == "dropped"
    with pytest.raises(PublishRefused) as refused:
        await roll_back(BERT, kv, made[0].id)
    assert refused.value.details["reason"] == "dropped"
    with pytest.raises(NotNow):
        await bench.ask_evaluation(made[3].id, None, ANNA)


async def test_a_training_drops_what_is_too_old(make_version: Maker, bench: Bench, settings: Settings) -> None:
    settings.keep_versions = 1
    old = [await make_version() for _ in range(3)]
    run = await bench.ask_train(ANNA, folds=0)
    await bench.work(str(run.id))
    found = await states()
    assert [found[one.id] for one in old] == ["dropped", "dropped", "trained"]
    made = (await TrainingRun.get(id=run.id)).version_id
    assert made is not None
    assert found[made] != "dropped"
