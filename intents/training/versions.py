"""Versions of the recogniser: made once, never changed but for their state, and found again."""

from __future__ import annotations

from typing import Any

from core.clock import now
from core.errors import NotFound
from intents.models import EvaluationRow, ModelVersion, Publication
from intents.training.evaluation import Report
from intents.training.measures import Evaluation

DROPPED = "dropped"
"""The state of a version whose files are gone: it can be looked at, and no more than that."""


async def version_of(number: int | str) -> ModelVersion:
    """A version by its number. Raises `NotFound`."""
    try:
        found = await ModelVersion.get_or_none(id=int(number)) if int(number) < 1 << 31 else None
    except ValueError as problem:
        raise NotFound(f"`{number}` is no number of a version") from problem
    if found is None:
        raise NotFound(f"there is no version {number}")
    return found


async def published_version() -> ModelVersion | None:
    """The version in force; None when nothing was ever published."""
    last = await Publication.all().order_by("-id").first()
    return await ModelVersion.get_or_none(id=last.version_id) if last else None


async def once_published() -> list[ModelVersion]:
    """Every version that was ever in force and has its files, the one in force first, then those before it."""
    rows = await Publication.all().order_by("-id").values("version_id")
    numbers = dict.fromkeys(int(row["version_id"]) for row in rows)
    found = {one.id: one for one in await ModelVersion.filter(id__in=list(numbers)).exclude(state=DROPPED)}
    return [found[number] for number in numbers if number in found]


async def evaluation_of(version: int, against: int | None = None) -> Evaluation | None:
    """What was found out about a version last; with ``against``, last in comparison with that one."""
    rows = EvaluationRow.filter(version_id=version)
    rows = rows if against is None else rows.filter(against_id=against)
    found = await rows.order_by("-id").first()
    return Evaluation.model_validate(found.data) if found else None


async def summaries(numbers: list[int]) -> dict[int, dict[str, Any]]:
    """The few figures of each version that lists show, from its latest evaluation."""
    rows = EvaluationRow.filter(version_id__in=numbers).order_by("id").values("version_id", "summary")
    return {int(row["version_id"]): row["summary"] for row in await rows}


async def keep_evaluation(version: ModelVersion, evaluation: Evaluation) -> EvaluationRow:
    """Keep what was found out; a version that was only trained is then an evaluated one."""
    row = await EvaluationRow.create(
        version_id=version.id, against_id=evaluation.against, golden=evaluation.golden_digest, at=now(),
        summary=summary(evaluation), data=evaluation.model_dump(mode="json"),
    )
    await ModelVersion.filter(id=version.id, state="trained").update(state="evaluated")
    return row


async def add_to_evaluation(row: EvaluationRow, evaluation: Evaluation) -> None:
    """More was found out since it was kept."""
    kept = EvaluationRow.filter(id=row.id)
    await kept.update(summary=summary(evaluation), data=evaluation.model_dump(mode="json"))


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """The few figures that lists show."""
    return {
        "folds": _figures(evaluation.folds), "golden": _figures(evaluation.golden), "changed": evaluation.changed,
        "server": _figures(evaluation.server), "step": _step(evaluation.golden_before, evaluation.golden),
    }


def _step(before: Report | None, after: Report | None) -> float | None:
    """How much better the same golden sentences are answered than before; -1 to 1."""
    return round(after.accuracy - before.accuracy, 4) if before and after else None


def _figures(report: Report | None) -> dict[str, float] | None:
    if report is None:
        return None
    return {
        "accuracy": round(report.accuracy, 4), "accepted": round(report.accepted, 4),
        "error": round(report.error, 4), "sentences": report.sentences, "outside": report.outside,
    }
