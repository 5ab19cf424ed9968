"""Functions that compute values from other values. Content names them in derivations and in elements.

Each takes canonical values by name and returns a canonical value, or None when it cannot tell. Names that are not
given in ``using`` are read from the same subject; ``today`` is the day of asking.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from forms.values import identity, names, retiring
from forms.values.dates import shift_months

Function = Callable[..., Any]
FUNCTIONS: dict[str, Function] = {}
PARAMETERS: dict[str, tuple[str, ...]] = {}
OPTIONAL: dict[str, frozenset[str]] = {}


def derivation(function: Function) -> Function:
    """Register a function under its own name."""
    signature = inspect.signature(function).parameters
    FUNCTIONS[function.__name__] = function
    PARAMETERS[function.__name__] = tuple(signature)
    OPTIONAL[function.__name__] = frozenset(n for n, p in signature.items() if p.default is not inspect.Parameter.empty)
    return function


def call(name: str, given: Mapping[str, Any]) -> Any:
    """Apply a function to what is given; None when something it needs is missing."""
    wanted = PARAMETERS[name]
    if any(part not in given and part not in OPTIONAL[name] for part in wanted):
        return None
    return FUNCTIONS[name](**{part: given[part] for part in wanted if part in given})


@derivation
def copy(value: Any) -> Any:
    """The value itself."""
    return value


@derivation
def sex_of_id(id_number: str) -> str | None:
    """``1`` or ``2`` by the 17th digit."""
    return identity.sex_of_id(id_number)


@derivation
def birth_date_of_id(id_number: str) -> str | None:
    """The date of birth in an id number."""
    born = identity.birth_of_id(id_number) if len(id_number) == 18 else None
    return born.isoformat() if born else None


@derivation
def surname_origin(name: str, mother: str, father: str | None = None) -> str | None:
    """``father``, ``mother`` or ``other``: whose surname a child's name begins with; the father's when both do."""
    if father and name.startswith(names.surname(father)):
        return "father"
    return "mother" if name.startswith(names.surname(mother)) else "other"


@derivation
def same_of(values: list[Any]) -> Any:
    """The value that all share, or nothing when they differ."""
    return values[0] if values and all(value == values[0] for value in values) else None


@derivation
def first_of(values: list[Any]) -> Any:
    """The first of several values."""
    return values[0] if values else None


@derivation
def join(values: list[Any], between: str = "") -> str:
    """Texts one after another."""
    return between.join(str(value) for value in values)


@derivation
def lookup(value: str, among: Mapping[str, Any], otherwise: Any = None) -> Any:
    """What stands for ``value`` in a table."""
    return among.get(str(value), otherwise)


@derivation
def add(values: list[float]) -> float:
    """The sum of numbers."""
    return sum(values)


_OWN, _OF_SON, _OF_DAUGHTER = ("20", "30"), ("41", "42"), ("43", "44")
_CHILD_OF: dict[str, tuple[str, str]] = {
    # How the followed parent stands to the head of the household, to how a son and a daughter of that parent do.
    **dict.fromkeys(("01", "02", "10", "11", "12", "户主", "本人", "配偶", "夫", "妻"), _OWN),
    **dict.fromkeys(("20", "21", "22", "23", "24", "25", "26", "27", "29", "38"), _OF_SON),
    **dict.fromkeys(("子", "儿子", "儿媳", "独生子", "长子", "次子"), _OF_SON),
    **dict.fromkeys(("30", "31", "32", "33", "34", "35", "36", "37", "39", "28"), _OF_DAUGHTER),
    **dict.fromkeys(("女", "女儿", "女婿", "独生女", "长女", "次女"), _OF_DAUGHTER),
}


@derivation
def relation_to_head(sex: str, relation: str) -> str | None:
    """How a new-born stands to the head of the household, by how the followed parent does (codes of GB/T 4761)."""
    pair = _CHILD_OF.get(str(relation))
    return None if pair is None else pair[0] if sex == "1" else pair[1]


@derivation
def year_choice(date: str, from_month: int, before: str, after: str) -> str:
    """``before`` for days of a year ahead of ``from_month``, ``after`` for later ones."""
    return after if int(date[5:7]) >= int(from_month) else before


@derivation
def retirement_month(birth_date: str, original_age: int, delayed: str | bool = "yes") -> str:
    """The month of retirement (``2026-05``) by birth and the age before 2025: 60, 55 or 50."""
    return retiring.month(birth_date, int(original_age), delayed in ("yes", True, "true"))


@derivation
def delay_months(birth_date: str, original_age: int) -> int:
    """By how many months retirement was put off."""
    return retiring.delay(birth_date, int(original_age))


@derivation
def min_pension_months(month: str) -> int:
    """Months of contributions that retiring in ``month`` takes."""
    return retiring.least_months(month)


@derivation
def add_months(date: str, months: int) -> str:
    """The month so many months after a date or month."""
    year, month = shift_months(int(date[:4]), int(date[5:7]), int(months))
    return f"{year:04d}-{month:02d}"


@derivation
def today(today: str) -> str:
    """The day of asking."""
    return today


@derivation
def day_of(date: str) -> str:
    """The day of a time."""
    return date[:10]


@derivation
def month_of(date: str) -> str:
    """The month of a day or time."""
    return date[:7]
