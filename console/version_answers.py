"""What pages about versions share: where they stand, why something was refused, and who sees which sentences."""

from __future__ import annotations

from typing import Any

from console.asking import Asking
from console.roles import may
from console.versions import said
from console.wording import words
from core.errors import CitizenError
from intents.models import TrainingRun
from intents.training.measures import Evaluation
from intents.training.publishing import PublishRefused

HERE = "/understanding/versions"
MOST = 50
"""Versions of a list; who wants an older one knows its number."""


def run_data(run: TrainingRun | None) -> dict[str, Any] | None:
    """Work on the bench as data; None when there was never any."""
    if run is None:
        return None
    return {"id": str(run.id), "kind": run.kind, "state": run.state, "stage": run.stage, "percent": run.percent,
            "version": run.version_id, "against": run.against_id, "reason": run.reason, "said": run.said}


def why(refused: CitizenError) -> str:
    """Why it cannot be done now, in words."""
    reason = str(refused.details.get("reason", refused.code))
    return words()(f"versions.refused.{reason}", version=refused.details.get("version", ""))


def refused_by_gate(ask: Asking, refused: PublishRefused) -> str:
    """Why it is not published, and everything that the gate found, in words."""
    found: Any = refused.details["findings"]
    return " ".join([words()(f"versions.refused.{refused.details['reason']}"), *(said(ask.desk, one) for one in found)])


def visible(ask: Asking, found: Evaluation | None) -> Evaluation | None:
    """What citizens said is for those who label it; everybody else sees the golden sentences among the changes."""
    if found is None or may(ask.member.account.role, "train"):
        return found
    return found.model_copy(update={"changes": tuple(one for one in found.changes if one.source == "golden")})
