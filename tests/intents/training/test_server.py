"""A server beside us: trained with each version, reading with the published one, going back with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from core.jobs import Jobs
from core.kv import KV
from intents.catalogue import PACKAGED, Catalogue
from intents.models import ModelVersion, TrainingRun
from intents.training.bench import Bench
from intents.training.following import begun, standings
from intents.training.golden_files import take_file
from intents.training.publishing import PublishRefused, publish, roll_back
from intents.training.serving import Seen, server_seen
from intents.training.versions import evaluation_of
from nlu.engine import Engine
from nlu.engines.choice import Chosen
from nlu.engines.local.trainable import LocalTrainable
from nlu.engines.rasa.engine import RasaEngine
from tests.intents.training.conftest import ANNA, BERT, BIRTH, GOLDEN, KNOWN, Maker
from tests.rasa_server import StandIn

WHY = "为测试发布这个版本"


async def never() -> Engine:
    raise AssertionError("a published version is there")


async def test_it_is_trained_on_the_sentences_of_the_version(
    chosen: Chosen, stand_in: StandIn, utterances: Path, kv: KV, make_version: Maker
) -> None:
    old = await make_version()
    with pytest.raises(PublishRefused) as refused:
        await publish(old, BERT, chosen.settings, kv)
    assert "no_server" in [one.kind for one in refused.value.details["findings"]]  # type: ignore[attr-defined]
    bench = Bench(chosen.settings, kv, Jobs(), [utterances], [PACKAGED], chosen.server)
    await take_file(GOLDEN, ANNA, KNOWN)
    run = await bench.ask_train(ANNA, folds=0)
    await bench.work(str(run.id))
    assert ((await TrainingRun.get()).state, (await TrainingRun.get()).stage) == ("done", "done")
    version = await ModelVersion.get(id=(await TrainingRun.get()).version_id)
    assert version.server_model in stand_in.models
    assert BIRTH[0] in stand_in.body
    assert stand_in.model == "", "nothing reads with it before it is published"
    found = await evaluation_of(version.id)
    assert found is not None
    assert found.server is not None
    assert (found.server.sentences, found.server.first, found.server_model) == (4, 1.0, version.server_model)
    assert len(stand_in.tested) == 5, "each once, and the one beside them"
    done = await publish(version, BERT, chosen.settings, kv, WHY)
    assert [one["kind"] for one in done.overridden] == ["folds_needed"]


async def test_one_process_has_it_read_with_what_is_published(
    chosen: Chosen, stand_in: StandIn, kv: KV, make_version: Maker, catalogue: Catalogue, tmp_path: Path
) -> None:
    versions = []
    for name in ("tiny", "swapped"):
        version = await make_version(name)
        stand_in.models[f"{name}.tar.gz"] = await never_asked(name)
        await ModelVersion.filter(id=version.id).update(server_model=f"{name}.tar.gz")
        versions.append(await ModelVersion.get(id=version.id))
    first, second = versions
    await publish(first, BERT, chosen.settings, kv, WHY)
    follower = await begun(catalogue, kv, tmp_path, never, chosen)
    engine = follower.recogniser.engine
    assert isinstance(engine, RasaEngine)
    await follower.look()
    assert stand_in.model == "tiny.tar.gz"
    await publish(second, BERT, chosen.settings, kv, WHY)
    await follower.look()
    assert (stand_in.model, follower.version, follower.problem) == ("swapped.tar.gz", second.id, "")
    assert follower.recogniser.engine is engine, "its connections stay"
    await roll_back(BERT, kv)
    del stand_in.models["tiny.tar.gz"]
    with capture_logs() as lines:
        await follower.look()
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["recogniser.server_failed"]
    assert (stand_in.model, follower.version, bool(follower.problem)) == ("swapped.tar.gz", first.id, True)


async def test_a_swap_that_failed_and_then_succeeded_leaves_no_alarm(
    chosen: Chosen, stand_in: StandIn, kv: KV, make_version: Maker, catalogue: Catalogue, tmp_path: Path
) -> None:
    version = await make_version()
    await ModelVersion.filter(id=version.id).update(server_model="tiny.tar.gz")
    await publish(version, BERT, chosen.settings, kv, WHY)
    stand_in.models["before.tar.gz"], stand_in.model = await never_asked("before"), "before.tar.gz"
    follower = await begun(catalogue, kv, tmp_path, never, chosen)
    with capture_logs() as lines:
        await follower.look()
        await follower.look()
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["recogniser.server_failed"]
    seen = await server_seen(kv)
    assert seen is not None
    assert (seen.model, bool(seen.problem), follower.problem.startswith(f"{version.id}: ")) == (
        "before.tar.gz", True, True)
    assert [one.problem for one in await standings(kv)] == [""], "the process itself reads with the version"
    stand_in.models["tiny.tar.gz"] = await never_asked("tiny")
    await follower.look()
    assert (stand_in.model, follower.problem) == ("tiny.tar.gz", "")
    assert await server_seen(kv) == Seen(model="tiny.tar.gz")


async def test_a_server_that_another_process_had_change_is_well_too(
    chosen: Chosen, stand_in: StandIn, kv: KV, make_version: Maker, catalogue: Catalogue, tmp_path: Path
) -> None:
    version = await make_version()
    await ModelVersion.filter(id=version.id).update(server_model="tiny.tar.gz")
    await publish(version, BERT, chosen.settings, kv, WHY)
    follower = await begun(catalogue, kv, tmp_path, never, chosen)
    await follower.look()
    assert follower.problem
    stand_in.models["tiny.tar.gz"], stand_in.model = await never_asked("tiny"), "tiny.tar.gz"
    await follower.look()
    assert follower.problem == ""


async def test_what_the_server_does_is_seen_though_nothing_was_published(
    database: object, chosen: Chosen, stand_in: StandIn, kv: KV, catalogue: Catalogue, models: dict[str, bytes],
    tmp_path: Path,
) -> None:
    (tmp_path / "model").write_bytes(models["tiny"])

    async def automatic() -> Engine:
        return await LocalTrainable().load(tmp_path / "model")

    stand_in.training = 2
    follower = await begun(catalogue, kv, tmp_path, automatic, chosen)
    await follower.look()
    assert (await server_seen(kv), follower.problem) == (Seen(), ""), "it has no model, and says no more then"
    stand_in.models["a.tar.gz"], stand_in.model = await never_asked("a"), "a.tar.gz"
    await follower.look()
    assert await server_seen(kv) == Seen(model="a.tar.gz", training=2)


async def never_asked(name: str) -> Engine:
    """A model at the server that nobody asks in these tests."""
    return None  # type: ignore[return-value]
