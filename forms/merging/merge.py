"""Merging: the items that apply become one form in which each (subject, element) is asked once, and one leg each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from forms import paths
from forms.logic.scene import Scene
from forms.merging import legs as graph
from forms.merging.applying import applying, raw_leg
from forms.merging.gathering import fields_of, sections_of, slots_of
from forms.merging.legs import RawLeg
from forms.merging.merged import Field, Leg, MergedForm, Slot
from forms.merging.plan import Plan


@dataclass
class Merge:
    """A merged form with what the engine needs beside it."""

    form: MergedForm
    fields: dict[str, Field]
    slots: dict[str, Slot]
    possible: frozenset[str]
    """Paths that items which may still apply would need."""
    possible_slots: frozenset[str]
    active: frozenset[str]
    maybe: frozenset[str]
    given: frozenset[str] = frozenset()
    """Paths that arrive as results of legs."""

    @cached_property
    def asked(self) -> frozenset[str]:
        """Unindexed paths of the form, and of what it may still come to."""
        return frozenset(paths.unindexed(path) for path in (*self.fields, *self.possible))


def merge(plan: Plan, scene: Scene) -> Merge:
    """Compute the one form of a draft. Pure; the same scene gives the same form."""
    active, maybe = applying(plan, scene)
    legs = graph.connect([raw_leg(plan, planned, index, code, scene) for planned, index, code in active])
    fields, slots = fields_of(plan, legs), slots_of(plan, legs)
    open_legs = [raw_leg(plan, planned, index, code, scene) for planned, index, code in maybe]
    form = MergedForm.model_construct(
        code=plan.definition.code, title=plan.definition.title, version=plan.version, region=scene.draft.region,
        sections=tuple(sections_of(plan, scene, fields)), slots=tuple(slots.values()),
        legs=tuple(_leg(plan, leg) for leg in legs), undecided=tuple(dict.fromkeys(p.item.code for p, _, _ in maybe)),
    )
    ordered = {f.path: f for section in form.sections for f in section.fields}
    return Merge(
        form=form, fields=ordered, slots=slots,
        possible=frozenset(path for leg in open_legs for path in leg.needs),
        possible_slots=frozenset(key for leg in open_legs for key in leg.slots),
        active=frozenset(p.item.code for p, _, _ in active), maybe=frozenset(p.item.code for p, _, _ in maybe),
        given=frozenset(path for leg in legs for path in leg.from_results),
    )


def _leg(plan: Plan, leg: RawLeg) -> Leg:
    item = leg.planned.item
    gives = {
        title: given[0] if len(given) == 1 else paths.unindexed(given[0])
        for title, given in leg.result_paths if given
    }
    return Leg.model_construct(
        code=leg.code, item=item, index=leg.index, needs=tuple(leg.needs), from_results=dict(leg.from_results),
        materials=tuple(leg.slots), waits_for=tuple(sorted(leg.waits)), gives=gives, limit=item.limit,
        demanded=len(leg.about.keys() - leg.instead),
    )
