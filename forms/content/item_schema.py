"""What the bank's files may say: the shapes of elements, materials and items.

Every class is one kind of YAML mapping. Unknown keys are refused, so that a slip of the pen is found by
``yijianshi check`` and not by a citizen.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from forms.content.condition_schema import Condition

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
FullCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=129)]


class Shape(BaseModel):
    """A mapping in a content file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Option(Shape):
    """One choice of an element or a situation."""

    value: str
    label: str
    help: str = ""
    offline: str = ""
    """Choosing this ends the online way: why, and where to go instead."""
    office: str = ""
    """With ``offline``: the office that it sends people to, as the windows of a region call it."""
    effect: str = ""
    """What choosing this changes, in plain words: 「因为您卖散装食品，所以加一项许可」."""
    aliases: tuple[str, ...] = ()
    """Other words people use for it in chat."""
    when: Condition | None = None
    """An option of a situation is offered unless this is false."""


class ElementSource(Shape):
    """Where an element's value may be fetched: ask ``source`` with this subject's ``by``, read ``attribute``."""

    source: Code
    by: Code = "id_number"
    attribute: Code


ElementType = Literal[
    "text", "long_text", "name", "id_number", "phone", "date", "datetime", "month", "number", "money", "choice",
    "choices", "bool", "address", "region", "uscc", "certificate_number", "bank_account",
]
Edit = Literal["locked", "correctable", "free"]


class Element(Shape):
    """A datum defined once. Its full code is ``kind.code``, such as ``person.name``."""

    code: Code
    title: str
    type: ElementType
    options: tuple[Option, ...] = ()
    code_set: str = ""
    """Name of a list in ``forms/code_sets/``; an alternative to ``options``."""
    pattern: str = ""
    pattern_says: str = ""
    """What to type when the pattern does not match."""
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    example: str = ""
    help: str = ""
    why: str = ""
    """Why it is needed, read out when a citizen asks."""
    unknown: str = ""
    """What happens when the citizen does not know it now, in plain words; with it they may go on without."""
    edit: Edit = "free"
    """A fetched value may not be changed, may be contested, or may be changed freely."""
    sensitivity: Literal["public", "personal", "sensitive"] = "public"
    sources: tuple[ElementSource, ...] = ()
    default: str | None = None
    derive: str = ""
    """Name of a function in ``forms/filling/derive.py`` that computes it from the same subject's other elements."""
    apart_from: tuple[FullCode, ...] = Field((), exclude=True)
    """Elements of other kinds that have the same title and are something else all the same. A word to the check: it
    changes nothing for citizens, and so no version."""


class Way(Shape):
    """One way to provide a material; the first one that works is taken."""

    way: Literal["licence", "generated", "verified", "pledge", "deferred", "upload", "window"]
    licence: Code | None = None
    """For ``licence``: the type asked for at the e-licence library."""
    source: Code | None = None
    """For ``verified``: the source whose answer stands for the paper."""
    attribute: Code = "found"
    in_: tuple[str, ...] = Field((), alias="in")
    """For ``verified``: what the attribute must be; anything but a no when nothing is written."""
    within_days: int | None = None
    """For ``deferred``: working days to bring it later."""
    text: str = ""
    """For ``pledge``: what the citizen promises. For ``window``: where and what to bring."""
    office: str = ""
    """For ``window``: the office, as the windows of a region call it."""
    handed_by: str = ""
    """For ``window``: who brings it by law or practice when it is not the citizen, who then need not come for it."""


class Material(Shape):
    """A material slot, defined once in ``forms/materials/*.yaml``."""

    code: Code
    title: str
    basis: str = ""
    format: str = ""
    help: str = ""
    kind: Code = "person"
    """Kind of the subject it is about."""
    ways: tuple[Way, ...]
    accept: tuple[str, ...] = ("image/jpeg", "image/png", "application/pdf")
    max_mb: int = 10


class Need(Shape):
    """An item needs ``role.element``, perhaps only under a condition on its roles."""

    element: str
    when: Condition | None = None
    required: bool = True


def _need(value: Any) -> Any:
    return {"element": value} if isinstance(value, str) else value


class MaterialNeed(Shape):
    """An item demands a material about one of its roles, perhaps only under a condition."""

    material: Code
    of: Code
    when: Condition | None = None
    required: bool = True


class Limit(Shape):
    """Working days. 0 means while you wait; ``legal`` is absent where no law sets one."""

    legal: int | None = None
    promised: int = 0


class WaitsFor(Shape):
    """A result another item issues; ``gives`` is the need that it fills when it comes from within the case."""

    result: str
    gives: str | None = None


class Result(Shape):
    """What an item issues. ``element`` (role.element) names the datum it carries into later legs."""

    title: str
    element: str | None = None
    licence: Code | None = None


def _result(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


ItemKind = Literal["行政许可", "行政确认", "行政给付", "行政备案", "公共服务", "其他行政权力"]


class Item(Shape):
    """A service of one department, defined once and reused by every one-thing that bundles it."""

    code: Code
    title: str
    department: str
    department_note: str = ""
    kind: ItemKind
    mode: Literal["apply", "automatic", "precheck"] = "apply"
    basis: tuple[str, ...] = ()
    limit: Limit
    fee: str = "不收费"
    visits: int = 0
    visit_reason: str = ""
    """Why a visit is needed by law; required when ``visits`` is above 0."""
    office: str = ""
    """Where the visit goes, as the windows of a region call it."""
    roles: dict[Code, Code]
    """Role name to kind of subject."""
    optional_roles: tuple[Code, ...] = ()
    """Roles that a one-thing may leave unplayed: their needs and materials are then not part of the item there."""
    needs: tuple[Annotated[Need, BeforeValidator(_need, json_schema_input_type=str | Need)], ...]
    materials: tuple[MaterialNeed, ...] = ()
    waits_for: tuple[WaitsFor, ...] = ()
    results: tuple[Annotated[Result, BeforeValidator(_result, json_schema_input_type=str | Result)], ...]
    note: str = ""
    confidence: Literal["high", "medium", "low"] = "medium"
    source: str = ""
