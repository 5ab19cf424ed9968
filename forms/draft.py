"""A draft: everything known of one application so far, as plain data.

Pure: no database, no network. ``forms/drafts.py`` stores it; chat, form page and mini-program edit the same one.

A *path* names a field: ``mother.name``, or ``baby[2].name`` for the second of a repeated subject.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Outcome = Literal["got", "nothing_found", "not_allowed", "source_down"]
Origin = Literal["citizen", "login", "source", "derived", "default", "result"]
CitizenDid = Literal["kept", "corrected", "contested"]


class Data(BaseModel):
    """Plain data that travels as JSON."""

    model_config = ConfigDict(extra="forbid")


class Value(Data):
    """One answer with its provenance."""

    value: Any
    """JSON in canonical form: dates as ``2026-03-05``, months as ``2026-03``, numbers as numbers, lists for choices."""
    origin: Origin
    at: datetime
    source: str | None = None
    """Code of the source, when it came from one."""
    lookup: str | None = None
    query_id: str | None = None
    fetched_at: datetime | None = None
    valid_until: datetime | None = None
    did: CitizenDid | None = None
    fetched: Any = None
    """What the source said, kept when the citizen corrected or contested it."""
    reason: str = ""
    """Why the citizen contests it."""


class SituationAnswer(Data):
    """The answer to a situation: an option's value, or several."""

    value: str | list[str]
    origin: Literal["citizen", "decided", "default"]
    at: datetime


class Fact(Data):
    """What a lookup brought: its outcome and, when got, its records."""

    lookup: str
    source: str
    outcome: Outcome
    attributes: list[str] = []
    """What was asked for; asking again for more brings all of it."""
    records: list[dict[str, Any]] = []
    query_id: str | None = None
    fetched_at: datetime
    valid_until: datetime | None = None
    key: str = ""
    """Blind fingerprint of the key it was asked with, so that a changed key asks again."""


class MaterialAnswer(Data):
    """How a material slot is filled."""

    way: Literal["licence", "generated", "verified", "pledge", "deferred", "upload", "window"]
    at: datetime
    files: list[str] = []
    """Upload ids."""
    reference: str = ""
    """Licence number or query id."""


class Consent(Data):
    """The citizen's consent to look-ups: purpose, sources, items, and the text they saw."""

    id: str
    given: bool
    purpose: str
    sources: list[str]
    items: list[str]
    text: str
    at: datetime


class Confirmed(Data):
    """What somebody else decided about a text and the values they were shown."""

    id: str
    """Of the stored confirmation."""
    decision: Literal["confirmed", "declined"]
    at: datetime
    level: int
    """Assurance level of their login, 1 to 4."""
    version: str
    """Of the text."""
    who: str
    """Blind fingerprint of their id number."""
    seen: dict[str, str]
    """Path to a blind fingerprint of the value they were shown."""
    reason: str = ""
    """Why they declined."""


class Login(Data):
    """Who is signed in. ``level`` is the identity assurance level, 1 to 4."""

    name: str
    id_number: str
    phone: str = ""
    level: int = 2


class Draft(Data):
    """One application being filled in."""

    one_thing: str
    version: str
    region: str
    login: Login | None = None
    situations: dict[str, SituationAnswer] = {}
    counts: dict[str, int] = {}
    values: dict[str, Value] = {}
    materials: dict[str, MaterialAnswer] = {}
    """By slot key, ``code`` or ``code:subject`` or ``code:subject[2]``."""
    confirmations: dict[str, Confirmed] = {}
    """By key, ``code:subject`` or ``code:subject[2]``: what others decided; only `forms.confirmation` writes here."""
    facts: dict[str, Fact] = {}
    tries: dict[str, int] = {}
    """By look-up: how often it was asked and its source was down."""
    consent: Consent | None = None
    skipped: list[str] = []
    """Paths of optional fields the citizen passed over."""
    pledged: bool = False
