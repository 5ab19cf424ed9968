"""What staff see of a case, as plain data: masked, and codes for wording."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.corrections.notice import CorrectionChange, Entry
from cases.following.views import CaseView, ConfirmationView, LegView, Moment, View


class CorrectionRound(View):
    """A past or present notice, for staff: what was asked, what changed, what came too late."""

    round: int
    state: str
    opened_at: datetime
    answered_at: datetime | None
    entries: tuple[Entry, ...]
    changes: tuple[CorrectionChange, ...]
    breaches: int


class FieldView(View):
    """One field as staff see it: masked, with where it came from."""

    path: str
    title: str
    shown: str
    described: str
    origin: str
    did: str
    changed: bool


class SlotView(View):
    """One material as staff see it."""

    key: str
    title: str
    way: str
    reference: str
    files: tuple[str, ...]
    """Upload ids, to be fetched through an audited door."""


class DepartmentView(View):
    """One leg with the part of the form its department gets."""

    leg: LegView
    fields: tuple[FieldView, ...]
    materials: tuple[SlotView, ...]


class StaffView(View):
    """A case for those who decide on it."""

    case: CaseView
    applicant: str
    """Masked name."""
    assigned_to: str
    checks: int
    departments: tuple[DepartmentView, ...]
    findings: tuple[dict[str, Any], ...]
    """Finding data; ``says`` that begin with ``case.finding.`` are wording keys."""
    corrections: tuple[CorrectionRound, ...]
    timeline: tuple[Moment, ...]
    """With what citizens do not see."""
    facts: tuple[dict[str, str], ...]
    """Sources asked: lookup, source, outcome, when, query id."""
    confirmations: tuple[ConfirmationView, ...]
    """Of those whom this person's part of the form names."""
    tasks: tuple[dict[str, Any], ...]
