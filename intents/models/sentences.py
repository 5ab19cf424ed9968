"""What citizens asked for, masked before it is stored, and what operators say it meant."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tortoise import fields
from tortoise.models import Model


class Heard(Model):
    """One utterance of a citizen, masked, with what was understood and what came of it.

    Nothing here leads back to a person or a talk: no owner, no conversation, and the day instead of the moment.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    day = fields.DateField(db_index=True)
    """The day in China."""
    channel = fields.CharField(max_length=20)
    """``web``, ``terminal`` ..."""
    text = fields.TextField()
    """The words with personal data replaced, see `intents.masking`."""
    key = fields.CharField(max_length=64, db_index=True)
    """The same for all words that read the same to an engine."""
    band = fields.CharField(max_length=14)
    out_kind = fields.CharField(max_length=20, default="")
    top: Any = fields.JSONField(default=list)
    """The three best, ``[[code, score], ...]``; empty when nothing was ranked."""
    best = fields.CharField(max_length=60, default="", db_index=True)
    """Code of the first of them."""
    score = fields.FloatField(default=0.0)
    margin = fields.FloatField(default=0.0)
    """Lead of the first over the second."""
    near = fields.FloatField(default=0.0)
    one_thing = fields.CharField(max_length=60, default="")
    """The one-thing in hand when it was said."""
    asked = fields.CharField(max_length=20, default="anything")
    """What was being asked then: `intents.understanding.Expecting`."""
    engine = fields.CharField(max_length=80, default="")
    """Version of the engine that read it."""
    outcome = fields.CharField(max_length=20, default="open")
    """`intents.outcomes.Outcome`: ``open`` until it is known."""
    chosen = fields.CharField(max_length=60, default="")
    """The one-thing the citizen took in the end."""
    value = fields.SmallIntField(default=0)
    """0 to 100: how much a label of it would teach."""
    state = fields.CharField(max_length=10, default="new")
    """``new``, ``labelled`` or ``skipped``."""

    class Meta:
        table = "intents_heard"
        indexes = (("state", "value"),)


class Label(Model):
    """What a member of staff says a sentence means. It carries no personal data, and the export checks it again."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    text = fields.TextField()
    key = fields.CharField(max_length=64, db_index=True)
    """As in `Heard`."""
    intent = fields.CharField(max_length=60, db_index=True)
    """Code of a one-thing, or ``out_of_scope.`` and a kind, as in ``intents/utterances``."""
    wish = fields.CharField(max_length=40, default="")
    """Out of scope: what they wanted that we lack, in a few words."""
    by = fields.CharField(max_length=80)
    """The actor of the audit log."""
    by_name = fields.CharField(max_length=60)
    at = fields.DatetimeField(db_index=True)
    batch = fields.UUIDField(db_index=True)
    """Labels given in one act, which are undone in one."""
    heard: Any = fields.JSONField(default=list)
    """Ids of the utterances it was said of, as text; empty when the sentence was written by hand."""
    state = fields.CharField(max_length=10, default="accepted", db_index=True)
    """``accepted`` or ``undone``."""
    undone_at: Any = fields.DatetimeField(null=True)
    undone_by = fields.CharField(max_length=80, default="")
    exported_at: Any = fields.DatetimeField(null=True)
    """When it was written into the files in force, or found there."""

    class Meta:
        table = "intents_label"


class GoldenSentence(Model):
    """A sentence whose meaning operators vouch for: it measures recognisers and never trains one."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    key = fields.CharField(max_length=64, unique=True)
    """The same for all words that read the same to an engine."""
    text = fields.TextField()
    intent = fields.CharField(max_length=60, db_index=True)
    """Code of a one-thing, or ``out_of_scope``, with or without a kind."""
    note = fields.CharField(max_length=200, default="")
    by = fields.CharField(max_length=80)
    by_name = fields.CharField(max_length=60)
    at = fields.DatetimeField()

    class Meta:
        table = "intents_golden"
