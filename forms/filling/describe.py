"""Where a value came from, in words a citizen reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forms.draft import CitizenDid, Origin, Value
from forms.merging.plan import Plan
from forms.values import showing
from forms.wording import words


@dataclass(frozen=True)
class Described:
    """The provenance of one value: ``text`` in one line, ``fetched`` what the source said, in words."""

    path: str
    origin: Origin
    source: str
    """Title of the source, empty when it came from none."""
    at: datetime
    did: CitizenDid | None
    fetched: str
    text: str


def described(plan: Plan, path: str, value: Value, titles: Mapping[str, str]) -> Described:
    """Describe a value of a draft."""
    source = titles.get(value.source, value.source) if value.source else ""
    fetched = showing.masked(plan, path, value.fetched) if value.fetched is not None else ""
    at = value.fetched_at if value.origin == "source" and value.fetched_at else value.at
    text = words(f"from_{value.origin}", source=source, date=showing.moment(at))
    if value.did in ("corrected", "contested") and fetched:
        text = words(f"did_{value.did}", source=source, fetched=fetched)
    return Described(path, value.origin, source, at, value.did, fetched, text)
