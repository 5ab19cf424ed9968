"""Training and evaluating: what was asked of the bench, and what was found."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON


class TrainingRun(Model):
    """Work on the bench: a training or an evaluation, from the wish to its end.

    The row is the truth: whoever works on it says so in ``seen_at``, and a row that nobody works on is given up.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    kind = fields.CharField(max_length=10)
    """``train`` or ``evaluate``."""
    state = fields.CharField(max_length=10, default="waiting", db_index=True)
    """``waiting``, ``running``, ``done``, ``failed`` or ``cancelled``."""
    stage = fields.CharField(max_length=12, default="waiting")
    """What is being done: a wording key under ``versions.stage``."""
    percent = fields.SmallIntField(default=0)
    version_id = fields.IntField(null=True)
    """The version that is evaluated, or that came of it."""
    against_id = fields.IntField(null=True)
    """The version it is compared with."""
    folds = fields.SmallIntField(default=0)
    note = fields.CharField(max_length=200, default="")
    by = fields.CharField(max_length=80)
    by_name = fields.CharField(max_length=60)
    asked_at = fields.DatetimeField(db_index=True)
    seen_at: Any = fields.DatetimeField(null=True)
    ended_at: Any = fields.DatetimeField(null=True)
    cancel = fields.BooleanField(default=False)
    """Somebody wants it to stop."""
    reason = fields.CharField(max_length=20, default="")
    """Why it ended without a result: a wording key under ``versions.reason``."""
    said = fields.CharField(max_length=300, default="")
    """The last words of the training process, for engineers."""

    class Meta:
        table = "intents_training_run"


class EvaluationRow(Model):
    """What was found out about a version: `intents.training.gate.Evaluation`. The latest counts."""

    id = fields.IntField(primary_key=True)
    version_id = fields.IntField(db_index=True)
    against_id = fields.IntField(null=True)
    golden = fields.CharField(max_length=64, default="")
    at = fields.DatetimeField()
    summary: Any = fields.JSONField(default=dict)
    """The few figures that lists show."""
    data = SealedJSON()

    class Meta:
        table = "intents_evaluation"
