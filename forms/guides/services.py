"""What a guide says of the services: items, papers, limits, fees, visits, results."""

from __future__ import annotations

from typing import Literal

from forms.merging.merged import View


class GuideItem(View):
    """A service of one department."""

    code: str
    title: str
    department: str
    place: str
    """Which office of the department."""
    kind: str
    when: str
    """When it belongs to the bundle, in words; empty for always (and in a draft for decided)."""
    basis: tuple[str, ...]
    legal: int | None
    """Working days; None where no law sets a limit."""
    promised: int
    fee: str
    results: tuple[str, ...]
    after: tuple[str, ...]
    """Titles of the items whose results it waits for."""
    note: str
    caution: str
    """That its limit and papers are not confirmed for sure; empty when they are."""


class GuideWay(View):
    """One way to provide a material; the first that works is taken."""

    way: str
    says: str


class GuideMaterial(View):
    """One material about one subject, whoever of the departments asks for it."""

    code: str
    title: str
    of: str
    """Whose: the subject in words."""
    need: Literal["always", "when", "optional"]
    when: tuple[str, ...]
    asked_by: tuple[str, ...]
    """Titles of the items."""
    ways: tuple[GuideWay, ...]
    """All ways; in a draft where one is taken already, that one alone."""
    made_by: tuple[str, ...]
    """Titles of the items of this bundle that issue it, so that nobody need bring it."""
    format: str
    help: str
    basis: str
    where: str
    """Where it can be handed in at a window; empty where there is no such way."""


class GuideLimit(View):
    """Working days of the whole."""

    promised: int
    legal: int | None
    longest: int
    """Along the longest chain of items that can come together."""
    chain: tuple[str, ...]
    """Its items, the first one first."""


class GuideFee(View):
    """What some items cost."""

    fee: str
    items: tuple[str, ...]


class GuideVisit(View):
    """A visit that the law asks for."""

    item: str
    times: int
    reason: str
    where: str
    """Where to go."""


class GuideResult(View):
    """What one gets in the end."""

    title: str
    item: str
    electronic: bool
    """Whether it is kept as an electronic licence."""
