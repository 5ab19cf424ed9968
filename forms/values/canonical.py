"""Reading what was typed, said or fetched into the one canonical form of an element, or saying what is wrong with it.

Canonical forms: ``2026-03-05`` · ``2026-03-05T15:30`` · ``2026-03`` · numbers · ``yes``/``no`` · an option's value ·
a list of option values · text. `core.errors.InvalidAnswer` carries a reason, a wording key under ``invalid.``; the
reasons are:

required, not_text, too_long (limit), name, id_number, id_length, id_region, id_date, id_check (length), phone, date,
date_lunar, date_age, date_part, datetime, datetime_night, time_missing (date), month, number (unit),
number_rough (unit), at_least, at_most (limit, unit), choice (options), bool, address, region, uscc, uscc_check,
certificate_number, bank_account (length), pattern (says).

From the engine: locked (contest), not_in_form, not_optional, not_contestable, count (at_least, at_most, unit),
situation, way (ways).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from core.errors import InvalidAnswer
from forms.content.element_schema import Element, Option
from forms.values import amounts
from forms.values.readers import READERS, half_width
from forms.values.wrong import Wrong

LIMITS = {"text": 200, "long_text": 2000, "name": 60, "address": 200}


def read(element: Element, raw: object, *, path: str, today: date, options: Sequence[Option] = ()) -> Any:
    """The canonical value of ``raw``. Raises `InvalidAnswer` about ``path``."""
    try:
        value = READERS[element.type](_given(element, raw), element, today, options)
        _limits(element, value)
    except Wrong as problem:
        raise InvalidAnswer(path, problem.reason, **problem.details) from None
    return value


def coarse(element: Element, value: object) -> Element:
    """How a computed value is to be read: where only the day of a time can be computed, the day is enough."""
    only_day = element.type == "datetime" and isinstance(value, str) and len(value) == len("2026-03-05")
    return element.model_copy(update={"type": "date"}) if only_day else element


def _given(element: Element, raw: object) -> Any:
    """Text without control characters and full-width forms; lists and numbers as they are."""
    if raw is None or raw == "" or (isinstance(raw, str) and not raw.strip()):
        raise Wrong("required")
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, list | tuple):
        if element.type != "choices" or not all(isinstance(part, str | int) for part in raw) or len(raw) > 100:
            raise Wrong("not_text")
        return [str(part) for part in raw]
    if not isinstance(raw, str | int | float):
        raise Wrong("not_text")
    text = str(raw)
    limit = LIMITS.get(element.type, 200)
    if len(text) > 10 * limit:
        raise Wrong("too_long", limit=limit)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") or c == "\n").strip()
    if not text:
        raise Wrong("required")
    return text if element.type == "name" else half_width(text)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _limits(element: Element, value: Any) -> None:
    if isinstance(value, str):
        limit = LIMITS.get(element.type, 200)
        if len(value) > limit:
            raise Wrong("too_long", limit=limit)
        if element.pattern and not _pattern(element.pattern).fullmatch(value):
            raise Wrong("pattern", says=element.pattern_says or element.example or element.title)
    if isinstance(value, int | float):
        if element.at_least is not None and value < element.at_least:
            raise Wrong("at_least", limit=amounts.tidy(element.at_least), unit=element.unit)
        if element.at_most is not None and value > element.at_most:
            raise Wrong("at_most", limit=amounts.tidy(element.at_most), unit=element.unit)
