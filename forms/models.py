"""The tables of drafts and of the files uploaded to them."""

from __future__ import annotations

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
