"""What merging yields: one form, its slots, its legs, and what the engine asks and finds in it. Plain data."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from forms.content.element_schema import Edit, Element, Option
from forms.content.item_schema import Item, Limit
from forms.content.material_schema import Material, Way
from forms.content.schema import Level


class View(BaseModel):
    """A computed, read-only answer of the engine."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(View):
    """One (subject, element) of the merged form, asked once for all the items that need it."""

    path: str
    subject: str
    index: int | None
    """1, 2 ... for a repeated subject."""
    element: Element
    title: str
    ask: str
    help: str
    why: str
    options: tuple[Option, ...]
    required: bool | None
    """None while a condition it hangs on is unknown."""
    edit: Edit
    asked_by: tuple[str, ...]
    """Item codes."""
    unknown: str = ""
    """What happens when a required one is not known; empty where it must be."""


class Slot(View):
    """One material of the merged form. ``key`` is ``code:subject`` or ``code:subject[2]``."""

    key: str
    material: Material
    subject: str
    index: int | None
    title: str
    required: bool | None
    ways: tuple[Way, ...]
    asked_by: tuple[str, ...]
    instead: bool = False
    """It stands for somebody's own confirmation: offered, never demanded."""


class Section(View):
    """The fields of one subject (one of several, when it repeats)."""

    subject: str
    index: int | None
    title: str
    fields: tuple[Field, ...]


class Leg(View):
    """One department's part. ``code`` is the item's, or ``item[2]`` for the second of a repeated subject."""

    code: str
    item: Item
    index: int | None
    needs: tuple[str, ...]
    """Paths: only these reach the department."""
    from_results: dict[str, str]
    """Path to leg code, for needs that an earlier leg's result fills."""
    materials: tuple[str, ...]
    waits_for: tuple[str, ...]
    """Leg codes that must have completed first."""
    gives: dict[str, str]
    """Result title to path."""
    limit: Limit
    demanded: int = 0
    """Papers this department asks for when it is gone to alone, also those that another leg's result spares."""


class MergedForm(View):
    """The one form computed from the items that apply."""

    code: str
    title: str
    version: str
    region: str
    sections: tuple[Section, ...]
    slots: tuple[Slot, ...]
    legs: tuple[Leg, ...]
    undecided: tuple[str, ...]
    """Items whose condition is still unknown."""

    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the form."""
        return tuple(field for section in self.sections for field in section.fields)


class Question(View):
    """The next thing to ask: a situation, a field or a material slot."""

    kind: Literal["situation", "field", "material"]
    key: str
    """Situation code, path, or slot key."""
    title: str
    ask: str
    help: str = ""
    why: str = ""
    type: str
    """``single`` or ``multi`` for situations, the element type for fields, ``material`` for slots."""
    options: tuple[Option, ...] = ()
    ways: tuple[Way, ...] = ()
    optional: bool = False
    asked_by: tuple[str, ...] = ()
    example: str = ""
    unknown: str = ""
    """Of a needed field: what happens when the citizen goes on without knowing it; empty where they may not."""


class Finding(View):
    """What pre-review found, anchored to a field path, ``material:key`` or ``situation:code``."""

    rule: str
    level: Level
    about: str
    says: str
    gates: str | None = None
    basis: str = ""


class Numbers(View):
    """The promise, in numbers a citizen sees; computed for every case."""

    items: int
    departments: int
    forms_before: int
    forms_after: int
    fields_before: int
    fields_after: int
    prefilled: int
    asked: int
    materials_before: int
    materials_after: int
    without_upload: int
    visits: int
    promised_days: int
    """Working days along the longest chain of legs."""
