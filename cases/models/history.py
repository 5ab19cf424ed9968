"""What happened to a case, and when its clocks stood still."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from cases.models.case import Case, Leg
from core.fields import SealedJSON, SealedText


class CaseEvent(Model):
    """One line of a case's timeline, those with ``tell`` are also told to the citizen."""

    id = fields.BigIntField(primary_key=True)
    case: fields.ForeignKeyRelation[Case] = fields.ForeignKeyField("cases.Case", related_name="events")
    case_id: UUID
    leg: fields.ForeignKeyNullableRelation[Leg] = fields.ForeignKeyField(
        "cases.Leg", related_name="events", null=True
    )
    leg_id: UUID | None
    at = fields.DatetimeField()
    actor = fields.CharField(max_length=80)
    what = fields.CharField(max_length=40, db_index=True)
    """Wording key ``case.event.<what>``."""
    params: Any = SealedJSON(null=True)
    from_state = fields.CharField(max_length=20, default="")
    to_state = fields.CharField(max_length=20, default="")
    public = fields.BooleanField(default=True)
    tell = fields.BooleanField(default=False)
    asked = fields.IntField(default=0)
    """How many times somebody was asked to tell the citizen."""
    next_ask_at = fields.DatetimeField(null=True, db_index=True)
    """Set until the citizen was told."""
    told_at = fields.DatetimeField(null=True)
    told_with = fields.BigIntField(null=True, db_index=True)
    """Id of the event that this one is told with; its own where it carries others, or nothing."""

    class Meta:
        table = "cases_event"


class Pause(Model):
    """A stretch in which a clock stands still: of one leg, or of the whole case."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.ForeignKeyRelation[Case] = fields.ForeignKeyField("cases.Case", related_name="pauses")
    case_id: UUID
    leg: fields.ForeignKeyNullableRelation[Leg] = fields.ForeignKeyField(
        "cases.Leg", related_name="pauses", null=True
    )
    leg_id: UUID | None
    reason = fields.CharField(max_length=20)
    """``correction`` or ``special`` (a procedure the law does not count)."""
    from_on = fields.DateField()
    until_on = fields.DateField(null=True)
    says: Any = SealedText(null=True)

    class Meta:
        table = "cases_pause"
