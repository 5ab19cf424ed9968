"""Values as words: labels instead of codes, dates as they are said, with or without what must not be seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.clock import in_china
from core.masking import mask_value
from core.regions import region_name
from forms import paths
from forms.content.element_schema import Element, Option
from forms.merging.plan import Plan
from forms.values.amounts import tidy
from forms.wording import words

_ALWAYS_MASKED = frozenset({"id_number", "phone", "bank_account"})


def day(value: str) -> str:
    """``2026-03-05`` -> 2026年3月5日."""
    return words("date", year=int(value[:4]), month=int(value[5:7]), day=int(value[8:10]))


def moment(at: datetime) -> str:
    """The day of a moment, in China."""
    return day(in_china(at).date().isoformat())


def in_words(element: Element, options: tuple[Option, ...], value: Any) -> str:
    """A canonical value as words."""
    if value is None:
        return ""
    if isinstance(value, list):
        return words("join").join(in_words(element, options, part) for part in value)
    match element.type:
        case "date":
            return day(value)
        case "month":
            return words("month", year=int(value[:4]), month=int(value[5:7]))
        case "datetime":
            return words("time", day=day(value), clock=value[11:16]) if len(value) > len("2026-03-05") else day(value)
        case "number" | "money":
            number = str(tidy(value)) if isinstance(value, int | float) else str(value)
            return words("unit_value", value=number, unit=element.unit or ("元" if element.type == "money" else ""))
        case "bool":
            return words("yes" if value == "yes" else "no")
    label = next((option.label for option in options if option.value == value), None)
    if label is None and element.type == "region":
        label = region_name(str(value))
    return label if label is not None else str(value)


def of_path(plan: Plan, path: str, value: Any) -> str:
    """The value of a path as words."""
    element = plan.element(path)
    if element is None:
        return "" if value is None else str(value)
    return in_words(element, plan.options.get(paths.unindexed(path), ()), value)


def masked(plan: Plan, path: str, value: Any) -> str:
    """The same with names, numbers, addresses and accounts hidden where the element is personal."""
    element, text = plan.element(path), of_path(plan, path, value)
    if element is None or (element.type not in _ALWAYS_MASKED and element.sensitivity == "public"):
        return text
    return mask_value(element.type, text)


def title(plan: Plan, about: str) -> str:
    """What a path, ``material:key`` or ``situation:code`` is called."""
    if about.startswith("situation:"):
        code = about.removeprefix("situation:")
        return next((s.question for s in plan.definition.situations if s.code == code), code)
    if about.startswith("material:"):
        code = about.removeprefix("material:").partition(":")[0]
        return next((m.material.title for i in plan.items for m in i.materials if m.material.code == code), code)
    element, note, path = plan.element(about), plan.notes.get(paths.unindexed(about)), paths.parse(about)
    if element is None or path is None:
        return about
    subject = plan.definition.subjects[path.subject].title
    name = (note and note.title) or element.title
    return f"{words('nth', title=subject, n=path.index) if path.index is not None else subject} · {name}"
