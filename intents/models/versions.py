"""Trained recognisers, their files, and which of them is in force."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model


class ModelVersion(Model):
    """One trained recogniser. Nothing but its state changes once it is there."""

    id = fields.IntField(primary_key=True)
    digest = fields.CharField(max_length=64, db_index=True)
    """Of sentences, engine and recipe together: the same digest is the same recogniser."""
    engine = fields.CharField(max_length=20)
    recipe = fields.CharField(max_length=64)
    examples = fields.CharField(max_length=64)
    """Digest of the file with the sentences."""
    file = fields.CharField(max_length=64)
    """Digest of the file with the model."""
    server_model = fields.CharField(max_length=200, default="")
    """Name of the model that the server beside us trained on the same sentences; known later than the rest."""
    sentences = fields.IntField()
    labels = fields.IntField(default=0)
    """How many of them operators labelled."""
    intents = fields.IntField()
    left_out = fields.IntField(default=0)
    """Sentences not trained on because they are golden."""
    parent_id = fields.IntField(null=True)
    """The version that was published then."""
    state = fields.CharField(max_length=10, default="trained", db_index=True)
    """``trained``, ``evaluated``, ``published``, ``retired``, or ``dropped`` when its files are gone."""
    by = fields.CharField(max_length=80)
    by_name = fields.CharField(max_length=60)
    at = fields.DatetimeField(db_index=True)
    seconds = fields.FloatField(default=0.0)
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "intents_model_version"


class ModelPart(Model):
    """A piece of a file that every process can fetch, named by the digest of the whole and packed with gzip."""

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64)
    number = fields.IntField()
    of = fields.IntField()
    data = fields.BinaryField()

    class Meta:
        table = "intents_model_part"
        unique_together = (("digest", "number"),)


class Publication(Model):
    """A version came into force. The last row says which one is."""

    id = fields.IntField(primary_key=True)
    version_id = fields.IntField()
    before_id = fields.IntField(null=True)
    """The version it took the place of."""
    kind = fields.CharField(max_length=10)
    """``publish`` or ``rollback``."""
    by = fields.CharField(max_length=80)
    by_name = fields.CharField(max_length=60)
    at = fields.DatetimeField()
    reason = fields.CharField(max_length=400, default="")
    overridden: Any = fields.JSONField(default=list)
    """Findings of the gate that were overridden."""

    class Meta:
        table = "intents_publication"
