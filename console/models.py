"""Who may use the console, and their sessions. Staff names are not citizens' data and stand in the clear."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model


class Account(Model):
    """A member of staff who may sign in."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    login = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=60)
    password_hash = fields.CharField(max_length=200)
    """Argon2id, with its parameters."""
    role = fields.CharField(max_length=12)
    """``reviewer``, ``supervisor``, ``operator`` or ``admin``."""
    department = fields.CharField(max_length=80, default="")
    """Empty for all of them."""
    region = fields.CharField(max_length=12, default="")
    """Six digits, those below it belong to it. Empty for all."""
    active = fields.BooleanField(default=True)
    must_change = fields.BooleanField(default=False)
    """The password was set by somebody else: the first thing to do is to choose one."""
    failed = fields.IntField(default=0)
    """Wrong passwords since the last right one."""
    locked_until: Any = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    signed_in_at: Any = fields.DatetimeField(null=True)

    class Meta:
        table = "console_account"


class StaffSession(Model):
    """Somebody signed in. Only a digest of the token is kept."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    token_hash = fields.CharField(max_length=64, unique=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("console.Account", related_name="sessions")
    account_id: UUID
    csrf = fields.CharField(max_length=64)
    """Every form of this session carries it."""
    opened_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "console_session"


class Proposal(Model):
    """A change of one content file that somebody wrote and somebody else may publish."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    file = fields.CharField(max_length=120, db_index=True)
    """As the check names it, ``forms/items/birth_certificate.yaml``."""
    text = fields.TextField()
    base = fields.CharField(max_length=64)
    """SHA-256 of the published text it was written from."""
    before: Any = fields.TextField(null=True)
    """Of a published one: the text it took the place of, so that what it changed can be read for good."""
    state = fields.CharField(max_length=12, default="open")
    """``open``, ``published`` or ``withdrawn``."""
    author_id = fields.CharField(max_length=40)
    author_name = fields.CharField(max_length=60)
    created_at = fields.DatetimeField()
    closed_at: Any = fields.DatetimeField(null=True)
    closed_by = fields.CharField(max_length=60, default="")

    class Meta:
        table = "console_proposal"
