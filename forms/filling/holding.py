"""What the conditions of a one-thing come to in one scene: asked by several acts of every turn, found out once."""

from __future__ import annotations

from collections.abc import Mapping

from forms.logic.scene import Scene
from forms.logic.truth import FALSE, Truth
from forms.merging.plan import Plan


def lookups(plan: Plan, scene: Scene) -> Mapping[str, Truth]:
    """Look-up to whether it may be made."""
    return scene.once("lookups", lambda: {code: when(scene) for code, when in plan.lookup_when.items()})


def away(plan: Plan, scene: Scene) -> frozenset[str]:
    """Subjects that are not there."""
    return scene.once("away", lambda: frozenset(
        subject for subject, there in plan.subject_when.items() if there(scene) is FALSE
    ))
