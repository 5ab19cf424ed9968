"""What is not even asked: look-ups without purpose or consent, of unknown sources, or with keys that are no keys."""

from __future__ import annotations

import re
from typing import Literal

from integrations.sources.base import Query
from integrations.sources.catalogue import Catalogue

LONGEST_KEY = 200

_PERSONAL = re.compile(r"\d{15}|\d{17}[0-9Xx]|1[3-9]\d{9}")

Unfit = Literal["AUTH_SCOPE", "BAD_REQUEST"]


def unfit(query: Query, sources: Catalogue) -> Unfit | None:
    """Why ``query`` must not be sent, or None when it may.

    ``AUTH_SCOPE``: no purpose or no consent, an operator or reference that is personal data, a source or attribute
    the catalogue does not know. ``BAD_REQUEST``: a key the source does not take or that cannot be one.
    """
    purpose, entry = query.purpose, sources.get(query.source)
    if not (purpose.consent and purpose.one_thing and purpose.title and purpose.items and purpose.operator):
        return "AUTH_SCOPE"
    if _PERSONAL.fullmatch(purpose.operator) or _PERSONAL.fullmatch(purpose.reference):
        return "AUTH_SCOPE"
    if entry is None or not query.attributes or not set(query.attributes) <= set(entry.attributes):
        return "AUTH_SCOPE"
    if entry.takes(query.key) is None or not all(_is_key(value) for value in query.key.values()):
        return "BAD_REQUEST"
    return None


def _is_key(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_KEY and value.isprintable()
