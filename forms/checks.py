"""Checks that pre-review rules name. Each gets canonical values by name and says whether all is well.

``path`` in a rule's ``using`` arrives as ``value``. A check is asked only when everything it needs is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from forms.logic.compare import compare, same
from forms.logic.truth import TRUE
from forms.values import identity, names, retiring

Check = Callable[..., bool]
CHECKS: dict[str, Check] = {}
COLLECTIVE = frozenset({"all_different", "all_same", "sum_is"})
"""Checks that look at all of a repeated subject at once."""


def check(function: Check) -> Check:
    """Register a check under its own name."""
    CHECKS[function.__name__] = function
    return function


@check
def han_name(value: str) -> bool:
    """Only Chinese characters, perhaps with ``·``."""
    return names.is_han_name(value)


@check
def name_length(value: str, at_least: int = 2, at_most: int = 6) -> bool:
    """So many characters, not counting ``·``; any length for a name with one."""
    return "·" in value or at_least <= len(value) <= at_most


@check
def not_after_today(value: str, today: date) -> bool:
    """A day, month or time that is not in the future (to its own precision)."""
    return value[:10] <= today.isoformat()[: len(value[:10])]


@check
def not_after_now(value: str, now: datetime) -> bool:
    """A time that has come; a day or month is compared to its own precision."""
    return value <= now.strftime("%Y-%m-%dT%H:%M")[: len(value)]


@check
def not_before_today(value: str, today: date) -> bool:
    """A day or month that is not in the past."""
    return value[:10] >= today.isoformat()[: len(value[:10])]


@check
def within_days(value: str, days: float, today: date) -> bool:
    """No longer ago than so many days."""
    return date.fromisoformat(value[:10]) + timedelta(days=int(days)) >= today


@check
def at_least_days_ahead(value: str, days: float, today: date) -> bool:
    """At least so many days from today."""
    return date.fromisoformat(value[:10]) >= today + timedelta(days=int(days))


@check
def at_least_days_ago(value: str, days: float, today: date) -> bool:
    """At least so many days before today: a notice that ran its time."""
    return date.fromisoformat(value[:10]) <= today - timedelta(days=int(days))


@check
def months_between(start: str, end: str, at_least: float | None = None, at_most: float | None = None) -> bool:
    """Calendar months from ``start`` to ``end`` within limits."""
    months = retiring.months_between(start, end)
    return (at_least is None or months >= float(at_least)) and (at_most is None or months <= float(at_most))


@check
def pension_months_enough(months: list[float], month: str, base: float = 180, step_from: float = 2030) -> bool:
    """Contributions add up to what retiring in ``month`` takes: ``base`` months, more from ``step_from`` on."""
    total = sum(months) if isinstance(months, list) else months
    return total >= retiring.least_months(month, int(base), int(step_from))


@check
def sex_of_id(value: str, sex: str) -> bool:
    """The id number is of this sex; other papers say nothing."""
    found = identity.sex_of_id(value)
    return found is None or found == str(sex)


@check
def birth_of_id(value: str, birth_date: str) -> bool:
    """The id number and the date of birth agree."""
    found = identity.birth_of_id(value) if len(value) == 18 else None
    return found is None or found.isoformat() == birth_date[:10]


@check
def one_of_surnames(value: str, of: list[str]) -> bool:
    """The surname is that of one of these names."""
    return any(value.startswith(names.surname(name)) for name in of)


@check
def one_of(value: Any, of: list[Any]) -> bool:
    """The value is one of these."""
    return any(same(value, other) for other in of)


@check
def all_different(value: list[Any]) -> bool:
    """No two are the same."""
    return len({str(part) for part in value}) == len(value)


@check
def all_same(value: list[Any]) -> bool:
    """All are the same."""
    return len({str(part) for part in value}) <= 1


@check
def sum_is(value: list[float], total: float) -> bool:
    """Numbers add up to a total, to two decimals."""
    return abs(sum(value) - float(total)) < 0.005


@check
def between(value: float, at_least: float | None = None, at_most: float | None = None) -> bool:
    """A number within limits."""
    return (at_least is None or value >= float(at_least)) and (at_most is None or value <= float(at_most))


@check
def last_at_most(value: str, at_most: float) -> bool:
    """The last number in a text, such as the third of 「4×0.8×0.3」, is no larger."""
    numbers = re.findall(r"\d+(?:\.\d+)?", str(value))
    return bool(numbers) and float(numbers[-1]) <= float(at_most)


@check
def ratio_at_least(part: float, whole: float, at_least: float) -> bool:
    """``part`` is at least this share of ``whole``."""
    return whole <= 0 or part / whole >= float(at_least)


@check
def pattern(value: str, pattern: str) -> bool:
    """The whole text fits a regular expression."""
    return re.fullmatch(pattern, str(value)) is not None


@check
def luhn(value: str) -> bool:
    """A card number whose check digit fits."""
    return identity.luhn_ok(value)


@check
def not_before(value: str, other: str) -> bool:
    """A day that is not before another."""
    return compare("before", value, other) is not TRUE


@check
def equal(value: Any, other: Any) -> bool:
    """The same as another value."""
    return same(value, other)
