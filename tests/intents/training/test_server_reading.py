"""What the server beside us would answer is found out before any citizen is read so, and the gate looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import OutsideError
from core.jobs import Jobs
from core.kv import KV
from intents.catalogue import PACKAGED, Catalogue
from intents.models import ModelVersion, TrainingRun
from intents.settings import Bands
from intents.training.bench import Bench
from intents.training.golden_files import take_file
from intents.training.measures import Evaluation
from intents.training.publishing import PublishRefused, publish
from intents.training.reading import OUTSIDE
from intents.training.server_reading import ServerReading, Told
from intents.training.versions import evaluation_of, summaries
from nlu.engine import Ranked
from nlu.engines.choice import Chosen
from nlu.engines.local.trainable import LocalTrainable
from tests.intents.training.conftest import ANNA, BERT, GOLDEN, KNOWN, Maker
from tests.rasa_server import StandIn

WHY = "为测试发布这个版本"


@pytest.fixture
async def served(
    chosen: Chosen, stand_in: StandIn, models: dict[str, bytes], make_version: Maker, kv: KV, tmp_path: Path
) -> ModelVersion:
    """A version in force, whose model serves; another one, of the same sentences changed round, is there as well."""
    for name, data in models.items():
        (tmp_path / name).write_bytes(data)
        stand_in.models[f"{name}.tar.gz"] = await LocalTrainable().load(tmp_path / name)
    await take_file(GOLDEN, ANNA, KNOWN)
    version = await make_version("tiny")
    await ModelVersion.filter(id=version.id).update(server_model="tiny.tar.gz")
    await publish(version, BERT, chosen.settings, kv, WHY)
    stand_in.model = "tiny.tar.gz"
    return await ModelVersion.get(id=version.id)


async def evaluated(bench: Bench, version: ModelVersion, model: str) -> Evaluation:
    """What an evaluation of the version finds out when the server has that model of it."""
    await ModelVersion.filter(id=version.id).update(server_model=model)
    run = await bench.ask_evaluation(version.id, None, ANNA, folds=0)
    await bench.work(str(run.id))
    assert (await TrainingRun.get(id=run.id)).state == "done"
    await version.refresh_from_db()
    found = await evaluation_of(version.id)
    assert found is not None
    return found


def told(refused: PublishRefused) -> list[tuple[str, str]]:
    return [(one.reader, one.kind) for one in refused.details["findings"]]  # type: ignore[attr-defined]


async def test_a_model_of_the_server_that_reads_worse_is_not_published_though_the_local_one_is_as_good(
    served: ModelVersion, chosen: Chosen, stand_in: StandIn, utterances: Path, kv: KV, make_version: Maker
) -> None:
    bench = Bench(chosen.settings, kv, Jobs(), [utterances], [PACKAGED], chosen.server)
    version = await make_version("tiny")
    with pytest.raises(PublishRefused) as refused:
        await publish(version, BERT, chosen.settings, kv)
    assert ("server", "no_server") in told(refused.value)
    found = await evaluated(bench, version, "swapped.tar.gz")
    assert found.golden == found.golden_before, "with the local engine both read alike"
    assert found.server is not None
    assert found.server_before is not None
    assert (found.server.first, found.server_before.first, found.server_model) == (0.0, 1.0, "swapped.tar.gz")
    assert (await summaries([version.id]))[version.id]["server"]["accuracy"] == round(found.server.accuracy, 4)
    assert (stand_in.model, stand_in.read) == ("tiny.tar.gz", []), "nobody was read with it"
    with pytest.raises(PublishRefused) as refused:
        await publish(version, BERT, chosen.settings, kv)
    assert told(refused.value)[0] == ("server", "golden_down")
    assert "the server: golden down" in refused.value.message
    found = await evaluated(bench, version, "tiny.tar.gz")
    assert found.server == found.server_before
    assert (await publish(version, BERT, chosen.settings, kv)).overridden == []


async def test_a_model_that_nobody_read_with_is_not_published(
    served: ModelVersion, chosen: Chosen, stand_in: StandIn, utterances: Path, kv: KV, make_version: Maker
) -> None:
    bench = Bench(chosen.settings, kv, Jobs(), [utterances], [PACKAGED], chosen.server)
    version = await make_version("tiny")
    await ModelVersion.filter(id=version.id).update(server_model="tiny.tar.gz")
    await version.refresh_from_db()
    stand_in.untold = True
    run = await bench.ask_evaluation(version.id, None, ANNA, folds=0)
    await bench.work(str(run.id))
    assert [(one.state, one.reason) for one in await TrainingRun.filter(id=run.id)] == [("failed", "unavailable")]
    with pytest.raises(PublishRefused) as refused:
        await publish(version, BERT, chosen.settings, kv)
    assert told(refused.value) == [("server", "server_unread")]
    assert await publish(version, BERT, chosen.settings, kv, WHY), "somebody else says why it must be"


async def test_the_model_in_force_may_be_gone_from_the_server(
    served: ModelVersion, chosen: Chosen, stand_in: StandIn, catalogue: Catalogue, make_version: Maker, tmp_path: Path
) -> None:
    assert chosen.server is not None
    version = await make_version("tiny")
    version.server_model = "again.tar.gz"
    stand_in.models["again.tar.gz"] = stand_in.models.pop("tiny.tar.gz")
    reading = ServerReading(chosen.server, [("想办退休", "retirement")], catalogue, Bands(), tmp_path)
    found = await reading.added_to(Evaluation(), version, served)
    assert (found.server is not None, found.server_before) == (True, None)
    with pytest.raises(OutsideError):
        await reading.added_to(Evaluation(), served, version)


async def test_what_is_told_of_a_server_counts_as_it_does_in_use(
    served: ModelVersion, chosen: Chosen, stand_in: StandIn, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Sentences it is not asked about are the local engine's, names and cues overrule both."""
    local = stand_in.models["tiny.tar.gz"]
    engine = Told({"我要办退休": (Ranked("newborn_birth", 0.9),), "说不准的话": ()}, local)
    assert [one.intent for one in await engine.rank("我要办退休")] == ["newborn_birth"]
    assert await engine.rank("说不准的话") == ()
    assert await engine.rank("退休金怎么领") == await local.rank("退休金怎么领")
    assert engine.similar("我要办退休", "retirement") == local.similar("我要办退休", "retirement")
    assert engine.explain("我要办退休", "retirement") == local.explain("我要办退休", "retirement")
    assert (engine.bar("retirement", 0.08), engine.version) == (0.0, local.version)
    title = catalogue["retirement"].title
    assert chosen.server is not None
    pairs = [(title, "retirement"), ("？？？", OUTSIDE)]
    reading = ServerReading(chosen.server, pairs, catalogue, Bands(), tmp_path)
    found = await reading.added_to(Evaluation(), served, None)
    assert found.server is not None
    assert found.server.accuracy == 1.0
