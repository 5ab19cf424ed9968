"""The parts of a plan: each with its names looked up and its condition compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.content.element_schema import Element
from forms.content.item_schema import Item
from forms.content.material_schema import Material
from forms.content.schema import BoundItem, Confirmation, Situation
from forms.logic.conditions import Test


@dataclass(frozen=True)
class PlannedNeed:
    """One need of an item, with the role replaced by the subject that plays it."""

    subject: str
    element: Element
    test: Test
    required: bool


@dataclass(frozen=True)
class PlannedMaterial:
    """One material an item demands about a subject."""

    subject: str
    material: Material
    test: Test
    required: bool


@dataclass(frozen=True)
class PlannedItem:
    """An item bound to subjects. ``waits`` and ``gives`` hold (result title, subject, element)."""

    item: Item
    bound: BoundItem
    test: Test
    each: str | None
    needs: tuple[PlannedNeed, ...]
    materials: tuple[PlannedMaterial, ...]
    waits: tuple[tuple[str, str | None, str | None], ...]
    gives: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True)
class PlannedSituation:
    """A situation with its conditions compiled."""

    situation: Situation
    ask_when: Test
    decisions: tuple[tuple[Test, str | tuple[str, ...]], ...]
    option_tests: Mapping[str, Test] = field(default_factory=dict)
    """Option value to its compiled condition, for options that have one."""


@dataclass(frozen=True)
class PlannedConfirmation:
    """Somebody who must confirm, and the paper that may stand for it."""

    wanted: Confirmation
    test: Test
    paper: Material | None
