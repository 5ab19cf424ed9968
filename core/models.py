"""The audit log's table."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON


class AuditEvent(Model):
    """One line of the append-only audit log.

    A line is written in the transaction of the change it tells of and sealed soon after: ``position`` is its place
    in the chain, ``chain`` the digest over it and the line before. Sealing apart keeps writers from queueing.
    """

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    actor = fields.CharField(max_length=80)
    """``citizen:<id>``, ``staff:<id>``, ``system``, ``platform``."""
    action = fields.CharField(max_length=60, db_index=True)
    subject = fields.CharField(max_length=80, db_index=True)
    """``case:<id>``, ``draft:<id>``, ``citizen:<id>`` ..."""
    outcome = fields.CharField(max_length=30, default="done")
    details = SealedJSON(null=True)
    position = fields.BigIntField(null=True, unique=True)
    chain = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "core_audit_event"
