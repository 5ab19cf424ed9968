"""What the files of materials may say: the papers that items demand, and the ways to provide each."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from forms.content.element_schema import Code, Shape


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
