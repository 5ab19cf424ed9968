"""Asking once more: a source that was down is asked again by itself, soon, later and much later; then no more.

What the citizen typed meanwhile stays. The recheck at submission asks in any case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from forms.draft import Draft, Fact

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 600))
"""How long a look-up rests after its first, second, third try. A fourth failure is the last."""


def due(draft: Draft, at: datetime) -> list[str]:
    """Codes of the look-ups whose source was down and has rested long enough."""
    return [code for code, fact in draft.facts.items() if fact.outcome == "source_down" and _rested(draft, fact, at)]


def counted(draft: Draft, fact: Fact) -> Mapping[str, int]:
    """The tries of a draft after this answer: one more where its source was down, none where it spoke."""
    tries = {code: count for code, count in draft.tries.items() if code != fact.lookup}
    if fact.outcome == "source_down":
        tries[fact.lookup] = draft.tries.get(fact.lookup, 0) + 1
    return tries


def news(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> tuple[str, ...]:
    """Codes of the look-ups that are new, or that answer now and did not before."""
    return tuple(
        code for code, fact in after.items()
        if code not in before or (before[code].outcome == "source_down" != fact.outcome)
    )


def _rested(draft: Draft, fact: Fact, at: datetime) -> bool:
    tries = draft.tries.get(fact.lookup, 1)
    return tries <= len(PAUSES) and at - fact.fetched_at >= PAUSES[tries - 1]
