"""Which items apply, and what each of them needs for itself: one raw leg each, before anything is put together."""

from __future__ import annotations

from collections.abc import Iterator

from forms import paths
from forms.confirmation import standing_in
from forms.logic.conditions import Test
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE
from forms.merging.gathering import stronger
from forms.merging.legs import RawLeg
from forms.merging.plan import Plan
from forms.merging.planned import PlannedItem

Applying = list[tuple[PlannedItem, int | None, str]]


def applying(plan: Plan, scene: Scene) -> tuple[Applying, Applying]:
    """(item, index, leg code) of the legs that exist, and of those that are not decided yet."""
    active: Applying = []
    maybe: Applying = []
    taken: set[str] = set()
    for planned in plan.items:
        for index in scene.indexes(planned.each) if planned.each else (None,):
            result = planned.test(scene.at(planned.each, index))
            if result is FALSE:
                continue
            code = _code(planned.item.code, index, taken)
            (active if result is TRUE else maybe).append((planned, index, code))
            if result is TRUE:
                taken.add(code)
    return active, maybe


def _code(item: str, index: int | None, taken: set[str]) -> str:
    code, number = paths.place(item, index), 2
    while code in taken:  # one item bound twice, to different subjects, both at once
        code, number = paths.place(f"{item}_{number}", index), number + 1
    return code


def raw_leg(plan: Plan, planned: PlannedItem, index: int | None, code: str, scene: Scene) -> RawLeg:
    """What one item needs, demands, gives and waits for, with its roles bound to subjects."""
    scene = scene.at(planned.each, index)
    leg = RawLeg(code, planned, index)
    for need in planned.needs:
        for i, required in _about(plan, need.subject, scene, need.test, need.required):
            path = paths.write(need.subject, i, need.element.code)
            leg.needs[path] = stronger(leg.needs[path], required) if path in leg.needs else required
            leg.where[path] = (need.subject, i, need.element)
    for demand in planned.materials:
        for i, required in _about(plan, demand.subject, scene, demand.test, demand.required):
            key = f"{demand.material.code}:{paths.place(demand.subject, i)}"
            leg.slots[key] = stronger(leg.slots[key], required) if key in leg.slots else required
            leg.about[key] = (demand.subject, i, demand.material)
    standing_in.offer(plan, scene, leg)
    leg.result_paths = [
        (title, [paths.write(subject, i, element) for i in scene.indexes(subject)] if subject and element else [])
        for title, subject, element in planned.gives
    ]
    leg.waiting = [
        (title, [paths.write(subject, i, element) for i in scene.indexes(subject)] if subject and element else [])
        for title, subject, element in planned.waits
    ]
    return leg


def _about(
    plan: Plan, subject: str, scene: Scene, test: Test, required: bool
) -> Iterator[tuple[int | None, bool | None]]:
    """(index, required) for each of a subject that a need applies to; required is None while a condition is unknown."""
    when = plan.subject_when[subject]
    for index in scene.indexes(subject):
        bound = scene.at(subject, index)
        there, applies = when(bound), test(bound)
        if there is FALSE or applies is FALSE:
            continue
        yield index, required if there is TRUE and applies is TRUE else None
