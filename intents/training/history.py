"""What stands in the record of publications: what was known of a version when it came into force."""

from __future__ import annotations

from intents.models import EvaluationRow, ModelVersion, Publication
from intents.training.lead import Step, lead_over
from intents.training.measures import AUTOMATIC, Evaluation, InForce
from intents.training.versions import evaluation_of

LAST = 10
"""Publications that a version is compared with."""


async def base_to_beat(present: ModelVersion | None) -> InForce:
    """What a version would take the place of, as the gate wants to know it."""
    if present is None:
        return InForce()
    return InForce(present.id, await _when_published(present), lead_over(present.id, await _steps()))


async def _when_published(version: ModelVersion) -> Evaluation | None:
    """The last evaluation before it was published. A measure that was missing then is taken from the latest one: it
    can only make the gate stricter."""
    came = await Publication.filter(version_id=version.id, kind="publish").order_by("-id").first()
    rows = EvaluationRow.filter(version_id=version.id)
    row = await rows.filter(at__lte=came.at).order_by("-id").first() if came is not None else None
    latest = await evaluation_of(version.id)
    if row is None or latest is None:
        return latest
    then = Evaluation.model_validate(row.data)
    return then.model_copy(update={"folds": then.folds or latest.folds, "golden": then.golden or latest.golden})


async def _steps() -> list[Step]:
    """The last publications, oldest first. What was not measured is no step up or down."""
    came = await Publication.filter(kind="publish").order_by("-id").limit(LAST)
    rows = EvaluationRow.filter(version_id__in=[one.version_id for one in came]).order_by("id")
    found = []
    kept = await rows.values("version_id", "against_id", "at", "summary")
    for one in reversed(came):
        before = one.before_id or AUTOMATIC
        risen = [row["summary"].get("step") for row in kept if row["at"] <= one.at
                 and (row["version_id"], row["against_id"]) == (one.version_id, before)]
        found.append(Step(one.version_id, before, (risen[-1] if risen else None) or 0.0))
    return found
