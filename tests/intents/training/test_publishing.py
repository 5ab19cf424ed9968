"""Putting versions in force: past the gate, over it, back again; each time written down."""

from __future__ import annotations

from typing import Any

import pytest

from core.kv import KV
from core.models import AuditEvent
from core.settings import Settings
from intents.models import EvaluationRow, GoldenSentence, ModelPart, ModelVersion, Publication
from intents.training import golden
from intents.training.evaluation import Report, measured
from intents.training.golden import By
from intents.training.measures import AUTOMATIC, Evaluation
from intents.training.publishing import PublishRefused, publish, roll_back
from intents.training.reading import Answer
from intents.training.versions import keep_evaluation, published_version
from tests.intents.training.conftest import ANNA, BERT, Maker

pytestmark = pytest.mark.everywhere
WHY = "旧版本有严重错误，先换上再说"


KNOWN = {"a": "甲事"}


@pytest.fixture(autouse=True)
async def golden_set(database: object) -> None:
    """Ten sentences, so that the first publication has something to be measured on."""
    for number in range(10):
        await golden.add(f"标准句{number}号怎么办", "a", "", ANNA, KNOWN)


def report(right: int, of: int = 20) -> Report | None:
    return measured([Answer(text="x", truth="a", best="a" if n < right else "b", three=(), score=0.9, band="act")
                     for n in range(of)])


async def evaluated(make_version: Maker, right: int = 20, against: int = AUTOMATIC, step: int = 0) -> ModelVersion:
    """A version with so many of twenty right in the folds, and so many more of a thousand golden ones than before."""
    version, pairs = await make_version(), await golden.golden_pairs()
    await keep_evaluation(version, Evaluation(
        folds=report(right), golden=report(900 + step, 1000), golden_before=report(900, 1000), against=against,
        golden_digest=golden.digest_of(pairs), golden_truths=golden.truths_of(pairs),
    ))
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
        made.append(await evaluated(make_version, against=before.id if before else AUTOMATIC))
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


async def found(act: Any) -> list[str]:
    with pytest.raises(PublishRefused) as refused:
        await act
    return [one.kind for one in refused.value.details["findings"]]  # type: ignore[attr-defined]


async def test_a_version_whose_file_is_lost_is_neither_published_nor_gone_back_to(
    make_version: Maker, settings: Settings, kv: KV
) -> None:
    first = await evaluated(make_version)
    await publish(first, ANNA, settings, kv)
    second = await evaluated(make_version, against=first.id)
    await ModelVersion.filter(id=second.id).update(file=(await make_version("swapped")).file)
    await publish(second, ANNA, settings, kv)
    kept = await ModelPart.filter(digest=first.file)
    await ModelPart.filter(digest=first.file).delete()
    assert await why(roll_back(ANNA, kv, first.id)) == "lost"
    assert await why(publish(first, BERT, settings, kv, WHY)) == "lost"
    assert (await published_version() or first).id == second.id
    await ModelPart.bulk_create([ModelPart(digest=one.digest, number=one.number, of=one.of, data=b"no model")
                                 for one in kept])
    assert await why(roll_back(ANNA, kv, first.id)) == "lost"


async def test_a_first_publication_needs_both_measures(make_version: Maker, settings: Settings, kv: KV) -> None:
    version, pairs = await make_version(), await golden.golden_pairs()
    bare = Evaluation(against=AUTOMATIC, golden_digest=golden.digest_of(pairs))
    await keep_evaluation(version, bare)
    assert await found(publish(version, ANNA, settings, kv)) == ["golden_needed", "folds_needed"]
    worse = await evaluated(make_version, step=-50)
    assert await found(publish(worse, ANNA, settings, kv)) == ["golden_down"]


async def test_what_is_measured_later_does_not_help_the_next_version(
    make_version: Maker, settings: Settings, kv: KV
) -> None:
    first = await evaluated(make_version)
    await publish(first, ANNA, settings, kv)
    pairs = await golden.golden_pairs()
    # the set is emptied, the version in force measured on nothing, the set put back
    await keep_evaluation(first, Evaluation(folds=report(3), against=None))
    worse = await evaluated(make_version, 10, first.id)
    assert await found(publish(worse, ANNA, settings, kv)) == ["recall_down"]
    blind = await make_version()
    await keep_evaluation(blind, Evaluation(folds=report(20), against=first.id, golden_digest=golden.digest_of(pairs)))
    assert await found(publish(blind, ANNA, settings, kv)) == ["golden_gone"]
    assert await EvaluationRow.all().count() == 4


async def test_a_golden_set_that_lost_sentences_stops_the_next_publication(
    make_version: Maker, settings: Settings, kv: KV
) -> None:
    first = await evaluated(make_version)
    await publish(first, ANNA, settings, kv)
    one = await GoldenSentence.all().first()
    assert one is not None
    await golden.remove(one, ANNA)
    await golden.add("新的标准句怎么办", "a", "", ANNA, KNOWN)
    version = await evaluated(make_version, against=first.id)
    with pytest.raises(PublishRefused) as refused:
        await publish(version, ANNA, settings, kv)
    assert "golden touched (1 of 10)" in str(refused.value)
    await publish(version, BERT, settings, kv, WHY)
    last = await evaluated(make_version, against=version.id)
    await publish(last, ANNA, settings, kv)


async def test_small_falls_one_after_another_are_stopped(make_version: Maker, settings: Settings, kv: KV) -> None:
    settings.gate_golden_drop, before = 1.0, AUTOMATIC
    for step in (0, -9, -9):
        version = await evaluated(make_version, against=before, step=step)
        await publish(version, ANNA, settings, kv)
        before = version.id
    assert await found(publish(await evaluated(make_version, against=before, step=-9), ANNA, settings, kv)) == [
        "golden_eroded"]
    await publish(await evaluated(make_version, against=before, step=0), ANNA, settings, kv)
