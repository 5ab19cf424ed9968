"""What people are asked to do, and what they say of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from cases.models.case import Case, Leg
from core.fields import SealedJSON, SealedText


class Correction(Model):
    """The one notice of everything to correct, at most one is open for a case."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.ForeignKeyRelation[Case] = fields.ForeignKeyField("cases.Case", related_name="corrections")
    case_id: UUID
    open_for = fields.UUIDField(null=True, unique=True)
    """The case while it is open, then null: one open notice a case, kept by the database."""
    state = fields.CharField(max_length=12)
    """``open``, ``answered`` or ``cancelled``."""
    round = fields.IntField()
    entries: Any = SealedJSON()
    """`cases.corrections.notice.Entry` data."""
    allowed: Any = fields.JSONField(default=list)
    """What may be changed: paths, ``material:key``, ``situation:code``."""
    before: Any = SealedJSON()
    """The draft when the notice was opened."""
    changes: Any = SealedJSON(null=True)
    """What the citizen changed, once answered."""
    breaches = fields.IntField(default=0)
    opened_at = fields.DatetimeField()
    due_on = fields.DateField(null=True)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "cases_correction"


class Task(Model):
    """Something a person must do."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.ForeignKeyNullableRelation[Case] = fields.ForeignKeyField(
        "cases.Case", related_name="tasks", null=True
    )
    case_id: UUID | None
    leg: fields.ForeignKeyNullableRelation[Leg] = fields.ForeignKeyField(
        "cases.Leg", related_name="tasks", null=True
    )
    leg_id: UUID | None
    kind = fields.CharField(max_length=16, db_index=True)
    """``review``, ``delivery``, ``gate``, ``withdraw``, ``rate``, ``rectification``, ``changed``, ``contested``,
    ``deferred``, ``paper``, ``talk``, ``calendar`` or ``wechat``."""
    open_for = fields.CharField(max_length=80, null=True, unique=True)
    """``kind:what`` while open, then null: one open task for one thing."""
    state = fields.CharField(max_length=12, db_index=True)
    """``open``, ``claimed``, ``done`` or ``cancelled``."""
    department = fields.CharField(max_length=80, default="", db_index=True)
    region = fields.CharField(max_length=12, default="", db_index=True)
    assigned_to = fields.CharField(max_length=40, default="", db_index=True)
    reason = fields.CharField(max_length=60, default="")
    """A code: of an error, of a review rule, of the stars given; whose talk it is for ``talk``."""
    says: Any = SealedText(null=True)
    resolution = fields.CharField(max_length=20, default="")
    note: Any = SealedText(null=True)
    due_on = fields.DateField(null=True, db_index=True)
    waits_since = fields.DatetimeField(null=True)
    """Of an open ``talk``: since when words wait for an answer, null when the last word was a person's."""
    warned_at = fields.DatetimeField(null=True)
    """Of an open ``talk``: when the citizen was told that nobody has come yet."""
    created_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "cases_task"


class Rating(Model):
    """What the citizen thought of it, once a case."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.OneToOneRelation[Case] = fields.OneToOneField("cases.Case", related_name="rating")
    case_id: UUID
    stars = fields.IntField()
    tags: Any = fields.JSONField(default=list)
    words: Any = SealedText(null=True)
    at = fields.DatetimeField()

    class Meta:
        table = "cases_rating"
