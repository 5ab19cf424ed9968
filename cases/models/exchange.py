"""What goes to the platform, and what comes from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from cases.models.case import Case, Leg
from core.fields import SealedJSON


class Outbox(Model):
    """Something to hand to the platform. This row is the truth, a job is only a nudge."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.ForeignKeyRelation[Case] = fields.ForeignKeyField("cases.Case", related_name="outbox")
    case_id: UUID
    leg: fields.ForeignKeyNullableRelation[Leg] = fields.ForeignKeyField(
        "cases.Leg", related_name="outbox", null=True
    )
    leg_id: UUID | None
    kind = fields.CharField(max_length=12)
    """``submit``, ``supplement``, ``paper`` (one that came later), ``withdraw`` or ``rate``."""
    key = fields.CharField(max_length=80, unique=True)
    """The idempotency key, which never changes."""
    data_version = fields.IntField(default=1)
    department = fields.CharField(max_length=80, db_index=True)
    state = fields.CharField(max_length=12, db_index=True)
    """``held`` (not yet), ``due``, ``claimed``, ``delivered``, ``person`` or ``cancelled``."""
    attempts = fields.IntField(default=0)
    next_at = fields.DatetimeField(null=True, db_index=True)
    since = fields.DatetimeField(null=True)
    """When trying began."""
    claimed_until = fields.DatetimeField(null=True)
    package: Any = SealedJSON(null=True)
    """What is sent, frozen at the first attempt: one key never carries two contents. Emptied once delivered."""
    problem = fields.CharField(max_length=40, default="")
    """Code of the last failure."""
    delivered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "cases_outbox"


class SeenEvent(Model):
    """An event of the platform, kept when it arrives and applied in order."""

    id = fields.BigIntField(primary_key=True)
    leg: fields.ForeignKeyRelation[Leg] = fields.ForeignKeyField("cases.Leg", related_name="seen")
    leg_id: UUID
    seq = fields.IntField()
    kind = fields.CharField(max_length=20)
    digest = fields.CharField(max_length=64)
    """Keyed fingerprint of the event, to notice two different ones under one number."""
    event: Any = SealedJSON()
    arrived_at = fields.DatetimeField()
    applied_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "cases_seen_event"
        unique_together = (("leg", "seq"),)
