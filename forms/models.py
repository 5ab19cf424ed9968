"""The tables of drafts and of the files uploaded to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON, SealedText


class DraftRow(Model):
    """A stored draft. ``revision`` counts its saves, so that two tabs cannot overwrite one another unseen."""

    id = fields.UUIDField(primary_key=True)
    citizen_id = fields.CharField(max_length=36)
    one_thing = fields.CharField(max_length=64)
    version = fields.CharField(max_length=64)
    region = fields.CharField(max_length=6)
    state = fields.CharField(max_length=12, default="open")
    """``open``, ``submitted``, ``correcting``, ``withdrawn``, ``expired``; see `forms.service.State`."""
    data = SealedJSON(null=True)
    """A `forms.draft.Draft` as JSON; emptied when the draft expires."""
    revision = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "forms_draft"
        indexes = (("citizen_id", "state"), ("state", "updated_at"))


class Upload(Model):
    """A file given for a material slot. Its bytes lie encrypted under ``data_dir/uploads``."""

    id = fields.UUIDField(primary_key=True)
    draft: fields.ForeignKeyRelation[DraftRow] = fields.ForeignKeyField(
        "forms.DraftRow", related_name="uploads", on_delete=fields.CASCADE
    )
    slot = fields.CharField(max_length=160)
    """Key of the material slot, such as ``photo:baby[1]``."""
    name = SealedText()
    """The sanitised file name; people put their own names in it."""
    mime = fields.CharField(max_length=80)
    size = fields.IntField()
    """Bytes, before encryption."""
    sha256 = fields.CharField(max_length=64)
    path = fields.CharField(max_length=120)
    """Relative to the folder of uploads."""
    scan = fields.CharField(max_length=40)
    """What the scanner said: ``clean``, or ``not_scanned`` where none is set up."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "forms_upload"
        unique_together = (("draft", "slot", "sha256"),)


class ConfirmationRow(Model):
    """Somebody asked to confirm for themselves: the link that was given out, and what they decided."""

    id = fields.UUIDField(primary_key=True)
    draft: fields.ForeignKeyRelation[DraftRow] = fields.ForeignKeyField(
        "forms.DraftRow", related_name="confirmations", on_delete=fields.CASCADE
    )
    draft_id: UUID
    key = fields.CharField(max_length=160)
    """``code:subject`` or ``code:subject[2]``, see `forms.merging.merged.Confirmer`."""
    state = fields.CharField(max_length=12)
    """``open``, ``confirmed``, ``declined``, ``withdrawn`` (taken back, or another link given) or ``expired``."""
    open_for = fields.CharField(max_length=200, null=True, unique=True)
    """``draft:key`` while open, then null: one link at a time, kept by the database."""
    token_hash = fields.CharField(max_length=64, unique=True)
    who = fields.CharField(max_length=64)
    """Keyed fingerprint of the id number of the only person who may use the link."""
    name = SealedText()
    title = fields.CharField(max_length=80)
    """Who they are in this matter, as it was called."""
    one_thing = fields.CharField(max_length=64)
    text = fields.TextField()
    """What they put their name to, as it was worded."""
    version = fields.CharField(max_length=16)
    """Of the text."""
    wrong = fields.IntField(default=0)
    """How many times somebody else signed in on this link."""
    level = fields.IntField(null=True)
    """Assurance level of their login when they decided."""
    decided_by = fields.CharField(max_length=36, default="", db_index=True)
    decided_at = fields.DatetimeField(null=True)
    reason: Any = SealedText(null=True)
    tell_at = fields.DatetimeField(null=True, db_index=True)
    """Set until whoever asked was told of the decision."""
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "forms_confirmation"
        indexes = (("state", "expires_at"),)
