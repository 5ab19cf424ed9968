"""What the files of regions may say: parameters, and where a bundle differs from the general one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from forms.content.element_schema import Code, Shape
from forms.content.item_schema import Limit
from forms.content.schema import BoundItem


class Line(Shape):
    """A number to call about a department, or about anything."""

    title: str
    phone: str
    department: str = ""
    """Whose matters it is for; for every matter when empty."""


class Window(Shape):
    """A place to go to. Without ``address`` it only tells what the place is called and how to find out which one it is.

    One with an address stands for the region of its file alone, unless it serves those ``below`` too.
    """

    title: str
    offices: tuple[str, ...] = ()
    """What content calls the offices in it, such as 派出所; the hall when these and ``departments`` are left out."""
    departments: tuple[str, ...] = ()
    """Departments that receive people there."""
    address: str = ""
    hours: str = ""
    phone: str = ""
    find: str = ""
    """How somebody finds out which one is theirs, where there are many: 户口本首页盖章的派出所."""
    below: bool = False
    source: str = ""
    """Where the address is from; nothing is published as an address without."""
    confidence: Literal["high", "medium", "low"] | None = None


class Parameters(Shape):
    """``forms/parameters/<region>.yaml``: what differs by province and region."""

    region: str
    title: str
    extends: str | None = None
    values: dict[Code, Any] = Field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    lines: tuple[Line, ...] = ()
    """Numbers for questions and complaints, shown in guides."""
    limits: dict[Code, Limit] = Field(default_factory=dict)
    """Item to the limit it has here."""
    promises: dict[Code, Limit] = Field(default_factory=dict)
    """One-thing to what the bundle as a whole promises here."""
    more: dict[Code, tuple[BoundItem, ...]] = Field(default_factory=dict)
    """One-thing to the items that it bundles here besides."""
    without: dict[Code, tuple[Code, ...]] = Field(default_factory=dict)
    """One-thing to the items that it does not bundle here."""
    notes: dict[Code, str] = Field(default_factory=dict)
    confidence: dict[Code, Literal["high", "medium", "low"]] = Field(default_factory=dict)
    """How sure somebody is of a value. What is low is said to be unconfirmed in guides and in the report."""


def layers(regions: Mapping[str, Parameters], region: str) -> list[Parameters]:
    """The files that hold in a region, the most general first: its own or the nearest above, and what they extend."""
    code, found = region, regions.get(region)
    while found is None and len(code) == 6 and not code.endswith("0000"):
        code = code[:4] + "00" if not code.endswith("00") else code[:2] + "0000"
        found = regions.get(code)
    chain: list[Parameters] = []
    while found is not None and found not in chain:
        chain.insert(0, found)
        above = found.extends
        found = regions.get("" if above == "default" else above) if above is not None else None
    base = regions.get("")
    return chain if base is None or base in chain else [base, *chain]
