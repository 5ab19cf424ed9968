"""What the files of items may say: the services of departments, what they need, and what they issue."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from forms.content.condition_schema import Condition
from forms.content.element_schema import Code, Shape


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
