"""Papers that stand for somebody's own confirmation: offered with every leg that says who they are, never demanded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms import paths
from forms.content.material_schema import Material, Way
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, all_of
from forms.merging.legs import RawLeg
from forms.merging.plan import Plan

BY_HAND = ("upload", "window")
"""Ways in which a paper can stand for a confirmation: a promise of the citizen's own cannot."""


def ways(material: Material) -> tuple[Way, ...]:
    """The ways of a paper that say something about somebody else."""
    return tuple(way for way in material.ways if way.way in BY_HAND)


def offer(plan: Plan, scene: Scene, leg: RawLeg) -> None:
    """Add to a leg the papers for those it names; one it demands anyway is demanded no longer: they may confirm."""
    for planned in plan.confirmations:
        wanted = planned.wanted
        if planned.paper is None:
            continue
        for index in scene.indexes(wanted.subject):
            path, bound = paths.write(wanted.subject, index, wanted.id_number), scene.at(wanted.subject, index)
            applies = all_of((plan.subject_when[wanted.subject](bound), planned.test(bound)))
            if path not in leg.needs or applies is FALSE or _own(scene, path):
                continue
            key = f"{planned.paper.code}:{paths.place(wanted.subject, index)}"
            leg.slots[key] = False
            leg.instead.add(key)
            leg.about[key] = (wanted.subject, index, planned.paper)


def ids(plan: Plan, scene: Scene) -> Iterator[Any]:
    """Whether each of those who may have a paper is the one who has signed in: the form hangs on it."""
    for planned in plan.confirmations:
        if planned.paper is not None:
            for index in scene.indexes(planned.wanted.subject):
                yield _own(scene, paths.write(planned.wanted.subject, index, planned.wanted.id_number))


def _own(scene: Scene, path: str) -> bool:
    """Whether the id number at a path is the login's own."""
    login, value = scene.draft.login, scene.draft.values.get(path)
    return login is not None and value is not None and value.value == login.id_number
