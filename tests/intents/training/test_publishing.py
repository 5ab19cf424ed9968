"""Putting versions in force: past the gate, over it, back again; each time written down."""

from __future__ import annotations

from typing import Any

import pytest

from core.kv import KV
from core.models import AuditEvent
from core.settings import Settings
from intents.models import ModelVersion, Publication
from intents.training.evaluation import measured
from intents.training.gate import Evaluation
from intents.training.golden import By
from intents.training.publishing import PublishRefused, publish, roll_back
from intents.training.reading import Answer
from intents.training.versions import keep_evaluation, published_version
from tests.intents.training.conftest import ANNA, BERT, Maker

pytestmark = pytest.mark.everywhere
WHY = "旧版本有严重错误，先换上再说"


def evaluation(right: int, against: int | None = None) -> Evaluation:
    answers = [Answer(text="x", truth="a", best="a" if n < right else "b", three=(), score=0.9, band="act")
               for n in range(20)]
    return Evaluation(folds=measured(answers), against=against)


async def evaluated(make_version: Maker, right: int = 20, against: int | None = None) -> ModelVersion:
    version = await make_version()
    await keep_evaluation(version, evaluation(right, against))
    return await ModelVersion.get(id=version.id)


async def states() -> dict[int, str]:
    return {version.id: version.state for version in await ModelVersion.all()}


async def why(act: Any) -> str:
    with pytest.raises(PublishRefused) as refused:
        await act
    return str(refused.value.details["reason"])


async def test_a_good_version_is_published_and_the_one_before_retires(
    make_version: Maker, settings: Settings, kv: KV
) -> None:
    first = await evaluated(make_version)
    assert await published_version() is None
    await publish(first, ANNA, settings, kv)
    second = await evaluated(make_version, against=first.id)
    done = await publish(second, BERT, settings, kv)
    assert (done.before_id, done.overridden) == (first.id, [])
    assert await states() == {first.id: "retired", second.id: "published"}
    assert await why(publish(second, BERT, settings, kv)) == "published"
    line = await AuditEvent.filter(action="recogniser.publish").order_by("-id").first()
    assert line is not None
    assert (line.actor, line.subject, line.details["before"]) == (BERT.actor, f"recogniser:{second.id}", first.id)


async def test_a_regression_takes_a_second_person_with_a_reason(
    make_version: Maker, settings: Settings, kv: KV
) -> None:
    first = await evaluated(make_version)
    await publish(first, ANNA, settings, kv)
    worse = await evaluated(make_version, 10, first.id)
    for by, reason in ((BERT, ""), (BERT, "就要"), (ANNA, WHY), (By("cli:bert", "bert"), WHY)):
        assert await why(publish(worse, by, settings, kv, reason)) == "gate"
    assert (await published_version() or worse).id == first.id
    done = await publish(worse, BERT, settings, kv, WHY)
    assert (done.reason, [one["kind"] for one in done.overridden]) == (WHY, ["recall_down"])
    line = await AuditEvent.filter(action="recogniser.publish").order_by("-id").first()
    assert line is not None
    assert line.details["reason"] == WHY


async def test_what_was_never_evaluated_does_not_pass(make_version: Maker, settings: Settings, kv: KV) -> None:
    version = await make_version()
    assert await why(publish(version, BERT, settings, kv)) == "gate"
    assert (await publish(version, BERT, settings, kv, WHY)).version_id == version.id


async def test_an_evaluation_against_another_version_is_outdated(
    make_version: Maker, settings: Settings, kv: KV
) -> None:
    first, second = await evaluated(make_version), await evaluated(make_version)
    await publish(first, BERT, settings, kv)
    with pytest.raises(PublishRefused) as refused:
        await publish(second, BERT, settings, kv)
    assert [one.kind for one in refused.value.details["findings"]] == ["outdated"]  # type: ignore[attr-defined]


async def test_where_policy_asks_the_trainer_does_not_publish(make_version: Maker, settings: Settings, kv: KV) -> None:
    version = await evaluated(make_version)
    strict = settings.model_copy(update={"publish_by_another": True})
    assert await why(publish(version, ANNA, strict, kv)) == "own"
    await publish(version, BERT, strict, kv)


async def test_one_click_leads_back_and_a_second_one_further(make_version: Maker, settings: Settings, kv: KV) -> None:
    assert await why(roll_back(ANNA, kv)) == "no_former"
    made = []
    for _ in range(3):
        before = await published_version()
        made.append(await evaluated(make_version, against=before.id if before else None))
        await publish(made[-1], BERT, settings, kv)
    for number in (1, 0):
        done = await roll_back(ANNA, kv)
        assert (done.kind, done.version_id) == ("rollback", made[number].id)
        assert (await published_version() or made[2]).id == made[number].id
    assert await why(roll_back(ANNA, kv)) == "no_former"
    await roll_back(ANNA, kv, made[2].id)
    assert (await states())[made[2].id] == "published"
    never = await evaluated(make_version)
    assert await why(roll_back(ANNA, kv, never.id)) == "never"
    assert await why(roll_back(ANNA, kv, made[2].id)) == "published"
    assert await Publication.filter(kind="rollback").count() == 3
    assert await AuditEvent.filter(action="recogniser.rollback", actor=ANNA.actor).count() == 3
