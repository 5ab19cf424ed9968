"""A case and its legs."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON, SealedText


class Case(Model):
    """One submitted application (办件): several departments' legs under one number."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    number = fields.CharField(max_length=32, unique=True)
    draft_id = fields.UUIDField(unique=True)
    """One case a draft: this is what makes submitting twice harmless."""
    citizen_id = fields.CharField(max_length=40, db_index=True)
    one_thing = fields.CharField(max_length=64, db_index=True)
    title = fields.CharField(max_length=120)
    version = fields.CharField(max_length=80)
    region = fields.CharField(max_length=12, db_index=True)
    state = fields.CharField(max_length=20, db_index=True)
    outcome = fields.CharField(max_length=10, default="")
    """Of a completed case: ``full``, ``partial`` or ``none``."""
    revision = fields.IntField(default=0)
    """Counted up first in every transaction on the case: the lock that puts its changes in a row."""
    data_version = fields.IntField(default=1)
    snapshot = SealedJSON()
    """The `forms.draft.Draft` in force, as it was signed or last corrected."""
    signed_name = SealedText()
    findings: Any = SealedJSON(null=True)
    """Pre-review findings for the reviewer, as `forms.merging.merged.Finding` data."""
    numbers: Any = fields.JSONField(default=dict)
    """The promise in numbers, as `forms.merging.merged.Numbers` data."""
    reason: Any = SealedText(null=True)
    """Why it was rejected or withdrawn, in words for the citizen."""
    remedy: Any = SealedText(null=True)
    assigned_to = fields.CharField(max_length=40, default="", db_index=True)
    checks = fields.IntField(default=0)
    """Number of findings a person must look at."""
    promised_days = fields.IntField(default=0)
    submitted_at = fields.DatetimeField()
    due_on = fields.DateField(null=True, db_index=True)
    ended_at = fields.DatetimeField(null=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "cases_case"


class Leg(Model):
    """One department's part of a case (分件)."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.ForeignKeyRelation[Case] = fields.ForeignKeyField("cases.Case", related_name="legs")
    case_id: UUID
    number = fields.CharField(max_length=40, unique=True)
    code = fields.CharField(max_length=80)
    """As in the merged form: the item's code, or ``item[2]``."""
    item = fields.CharField(max_length=64)
    title = fields.CharField(max_length=120)
    department = fields.CharField(max_length=80, db_index=True)
    region = fields.CharField(max_length=12, db_index=True)
    position = fields.IntField()
    state = fields.CharField(max_length=20, db_index=True)
    phase = fields.CharField(max_length=20, default="")
    """Where the department is: ``received``, ``reviewing``, ``suspended``, ``granted`` ..."""
    hold = fields.CharField(max_length=64, default="")
    """Code of the review rule that holds this leg only, empty when none does."""
    plan: Any = fields.JSONField()
    """`cases.legs.plan.Plan` data: needs, labels, materials, what it waits for and gives. Names, never values."""
    data_version = fields.IntField(default=1)
    platform_number = fields.CharField(max_length=80, default="")
    promised_days = fields.IntField(default=0)
    clock_started_on = fields.DateField(null=True)
    """The day it was accepted, counting begins with the next working day."""
    due_on = fields.DateField(null=True, db_index=True)
    results: Any = SealedJSON(null=True)
    says: Any = SealedText(null=True)
    """The last words of the department, or why it cannot go on."""
    last_seq = fields.IntField(default=0)
    """The last event of the platform that was applied."""
    next_pull_at = fields.DatetimeField(null=True, db_index=True)
    """When to ask the platform if it stays silent."""
    ended_at = fields.DatetimeField(null=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "cases_leg"
