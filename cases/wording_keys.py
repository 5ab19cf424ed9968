"""The wording keys cases speak in. Each is a sentence or a word in ``bot/wording``; a test checks that it exists.

Params of every event: ``number``, ``title`` (the one-thing); of ``leg_...`` also ``item`` and ``department``.
"""

from __future__ import annotations

from typing import get_args

from cases.lifecycle import CASE_MOVES, LEG_MOVES
from integrations.platforms.base import EventKind

_LEG_EVENTS = {
    "leg_sent": ("receipt",), "leg_held": ("says",), "leg_released": (), "leg_person": (), "leg_retried": (),
    "leg_paper_sent": (), "leg_dropped": ("because",), "leg_given_up": ("says",), "leg_completed": ("results", "says"),
    **{f"leg_{kind}": ("says", "by", "document") for kind in get_args(EventKind)},
}
_MORE = {"leg_accepted": ("due",), "leg_correction_asked": ("count",)}

EVENTS: dict[str, tuple[str, ...]] = {
    "submitted": ("items", "departments"), "review_opened": ("by",), "approved": ("items", "departments"),
    "returned": ("count",), "resubmitted": ("count",), "corrected": ("count",), "rejected": ("reason", "remedy"),
    "withdrawn": (),
    "paper_brought": ("paper",), "paper_due": ("paper", "department", "month", "day", "where"),
    "paper_overdue": ("paper", "department", "month", "day", "where"),
    "completed_full": ("done", "of"), "completed_partial": ("done", "of", "not_done"),
    "completed_none": ("not_done",), "rated": ("stars",),
    **{what: (*params, *_MORE.get(what, ())) for what, params in _LEG_EVENTS.items()},
}
"""What citizens read, under ``case.event.``, with the params beside the common ones."""

STAFF_EVENTS = (
    "noted", "assigned", "dispatched", "task_done", "correction_breach", "leg_ready", "leg_sending", "leg_changed",
    "leg_late", "leg_cancelled",
)
"""What only staff read, under ``case.event.``."""

CASE_STATES = (
    *(state for state in CASE_MOVES if state not in ("draft", "completed")), "needs_you", "partly_issued",
    "completed_full", "completed_partial", "completed_none",
)
"""Under ``case.state.``."""

LEG_STATES = (*LEG_MOVES, "held")
"""Under ``leg.``; ``held`` is a waiting leg behind a gate."""

TASK_KINDS = (
    "review", "delivery", "gate", "withdraw", "rate", "rectification", "changed", "contested", "deferred", "paper",
    "calendar", "talk", "wechat",
)
"""Under ``case.task.``."""

FINDINGS = ("recheck_differs", "recheck_down")
"""Under ``case.finding.``."""

NOT_SUBMITTED = (
    "findings", "missing", "offline", "old_version", "region_closed", "stale", "closed", "no_notice", "not_reopened",
    "unanswered",
)
"""``reason`` in the details of `core.errors.NotNow` from submitting and answering, under ``not_submitted.``."""

NOT_NOW = (
    "not_ended", "rated", "no_demands", "reason_and_remedy", "claimed", "done", "no_such_way", "note_needed",
    "number_needed", "other_departments", "not_owed", "paper_late", "too_many_files",
)
"""The other reasons, under ``case.not_now.``."""

KEYS = (
    *(f"case.event.{what}" for what in (*EVENTS, *STAFF_EVENTS)), *(f"case.state.{state}" for state in CASE_STATES),
    *(f"leg.{state}" for state in LEG_STATES), *(f"case.task.{kind}" for kind in TASK_KINDS),
    *(f"case.finding.{rule}" for rule in FINDINGS), *(f"not_submitted.{reason}" for reason in NOT_SUBMITTED),
    *(f"case.not_now.{reason}" for reason in NOT_NOW),
)
