"""What citizens asked for, masked before it is stored, and what operators say it meant."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON


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
    """When it was written into ``intents/utterances``."""

    class Meta:
        table = "intents_label"


class TrainingRun(Model):
    """Work on the bench: a training or an evaluation, from the wish to its end.

    The row is the truth: whoever works on it says so in ``seen_at``, and a row that nobody works on is given up.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    kind = fields.CharField(max_length=10)
    """``train`` or ``evaluate``."""
    state = fields.CharField(max_length=10, default="waiting", db_index=True)
    """``waiting``, ``running``, ``done``, ``failed`` or ``cancelled``."""
    stage = fields.CharField(max_length=12, default="waiting")
    """What is being done: a wording key under ``versions.stage``."""
    percent = fields.SmallIntField(default=0)
    version_id = fields.IntField(null=True)
    """The version that is evaluated, or that came of it."""
    against_id = fields.IntField(null=True)
    """The version it is compared with."""
    folds = fields.SmallIntField(default=0)
    note = fields.CharField(max_length=200, default="")
    by = fields.CharField(max_length=80)
    by_name = fields.CharField(max_length=60)
    asked_at = fields.DatetimeField(db_index=True)
    seen_at: Any = fields.DatetimeField(null=True)
    ended_at: Any = fields.DatetimeField(null=True)
    cancel = fields.BooleanField(default=False)
    """Somebody wants it to stop."""
    reason = fields.CharField(max_length=20, default="")
    """Why it ended without a result: a wording key under ``versions.reason``."""
    said = fields.CharField(max_length=300, default="")
    """The last words of the training process, for engineers."""

    class Meta:
        table = "intents_training_run"


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


class EvaluationRow(Model):
    """What was found out about a version: `intents.training.gate.Evaluation`. The latest counts."""

    id = fields.IntField(primary_key=True)
    version_id = fields.IntField(db_index=True)
    against_id = fields.IntField(null=True)
    golden = fields.CharField(max_length=64, default="")
    at = fields.DatetimeField()
    summary: Any = fields.JSONField(default=dict)
    """The few figures that lists show."""
    data = SealedJSON()

    class Meta:
        table = "intents_evaluation"


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
