"""The tables of cases. What could name a person is sealed, what is searched is not personal and stands in the clear.

Comments of columns go into the migrations, which cut SQL at semicolons: there is none in them.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON, SealedText


class Case(Model):
    """One submitted application (办件): several departments' legs under one number."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    number = fields.CharField(max_length=32, unique=True)
    draft_id = fields.UUIDField(unique=True)
    """One case a draft: this is what makes submitting twice harmless."""
    citizen_id = fields.CharField(max_length=40, db_index=True)
    one_thing = fields.CharField(max_length=64, db_index=True)
    title = fields.CharField(max_length=120)
    version = fields.CharField(max_length=80)
    region = fields.CharField(max_length=12, db_index=True)
    state = fields.CharField(max_length=20, db_index=True)
    outcome = fields.CharField(max_length=10, default="")
    """Of a completed case: ``full``, ``partial`` or ``none``."""
    revision = fields.IntField(default=0)
    """Counted up first in every transaction on the case: the lock that puts its changes in a row."""
    data_version = fields.IntField(default=1)
    snapshot = SealedJSON()
    """The `forms.draft.Draft` in force, as it was signed or last corrected."""
    signed_name = SealedText()
    findings: Any = SealedJSON(null=True)
    """Pre-review findings for the reviewer, as `forms.merging.merged.Finding` data."""
    numbers: Any = fields.JSONField(default=dict)
    """The promise in numbers, as `forms.merging.merged.Numbers` data."""
    reason: Any = SealedText(null=True)
    """Why it was rejected or withdrawn, in words for the citizen."""
    remedy: Any = SealedText(null=True)
    assigned_to = fields.CharField(max_length=40, default="", db_index=True)
    checks = fields.IntField(default=0)
    """Number of findings a person must look at."""
    promised_days = fields.IntField(default=0)
    submitted_at = fields.DatetimeField()
    due_on = fields.DateField(null=True, db_index=True)
    ended_at = fields.DatetimeField(null=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "cases_case"


class Leg(Model):
    """One department's part of a case (分件)."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    case: fields.ForeignKeyRelation[Case] = fields.ForeignKeyField("cases.Case", related_name="legs")
    case_id: UUID
    number = fields.CharField(max_length=40, unique=True)
    code = fields.CharField(max_length=80)
    """As in the merged form: the item's code, or ``item[2]``."""
    item = fields.CharField(max_length=64)
    title = fields.CharField(max_length=120)
    department = fields.CharField(max_length=80, db_index=True)
    region = fields.CharField(max_length=12, db_index=True)
    position = fields.IntField()
    state = fields.CharField(max_length=20, db_index=True)
    phase = fields.CharField(max_length=20, default="")
    """Where the department is: ``received``, ``reviewing``, ``suspended``, ``granted`` ..."""
    hold = fields.CharField(max_length=64, default="")
    """Code of the review rule that holds this leg only, empty when none does."""
    plan: Any = fields.JSONField()
    """`cases.legs.plan.Plan` data: needs, labels, materials, what it waits for and gives. Names, never values."""
    data_version = fields.IntField(default=1)
    platform_number = fields.CharField(max_length=80, default="")
    promised_days = fields.IntField(default=0)
    clock_started_on = fields.DateField(null=True)
    """The day it was accepted, counting begins with the next working day."""
    due_on = fields.DateField(null=True, db_index=True)
    results: Any = SealedJSON(null=True)
    says: Any = SealedText(null=True)
    """The last words of the department, or why it cannot go on."""
    last_seq = fields.IntField(default=0)
    """The last event of the platform that was applied."""
    next_pull_at = fields.DatetimeField(null=True, db_index=True)
    """When to ask the platform if it stays silent."""
    ended_at = fields.DatetimeField(null=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "cases_leg"


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
    ``deferred``, ``paper``, ``talk`` or ``calendar``."""
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
