"""Merging: the items that apply become one form in which each (subject, element) is asked once, and one leg each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms import paths
from forms.confirmation import standing_in
from forms.content.item_schema import Element, Material
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE
from forms.merging import legs as graph
from forms.merging.legs import RawLeg
from forms.merging.merged import Field, Leg, MergedForm, Section, Slot
from forms.merging.plan import Plan, PlannedItem
from forms.wording import words


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


@dataclass
class _Asked:
    """One field or slot being gathered."""

    subject: str
    index: int | None
    required: bool | None
    by: list[str] = field(default_factory=list)


def merge(plan: Plan, scene: Scene) -> Merge:
    """Compute the one form of a draft. Pure; the same scene gives the same form."""
    active, maybe = _applying(plan, scene)
    legs = graph.connect([_raw(plan, planned, index, code, scene) for planned, index, code in active])
    fields, slots = _fields(plan, legs), _slots(plan, legs)
    open_legs = [_raw(plan, planned, index, code, scene) for planned, index, code in maybe]
    form = MergedForm.model_construct(
        code=plan.definition.code, title=plan.definition.title, version=plan.version, region=scene.draft.region,
        sections=tuple(_sections(plan, scene, fields)), slots=tuple(slots.values()),
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


Applying = list[tuple[PlannedItem, int | None, str]]


def _applying(plan: Plan, scene: Scene) -> tuple[Applying, Applying]:
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


def _raw(plan: Plan, planned: PlannedItem, index: int | None, code: str, scene: Scene) -> RawLeg:
    scene = scene.at(planned.each, index)
    leg = RawLeg(code, planned, index)
    for need in planned.needs:
        for i, required in _about(plan, need.subject, scene, need.test, need.required):
            path = paths.write(need.subject, i, need.element.code)
            leg.needs[path] = _stronger(leg.needs[path], required) if path in leg.needs else required
            leg.where[path] = (need.subject, i, need.element)
    for demand in planned.materials:
        for i, required in _about(plan, demand.subject, scene, demand.test, demand.required):
            key = f"{demand.material.code}:{paths.place(demand.subject, i)}"
            leg.slots[key] = _stronger(leg.slots[key], required) if key in leg.slots else required
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
    plan: Plan, subject: str, scene: Scene, test: graph.Test, required: bool
) -> Iterator[tuple[int | None, bool | None]]:
    """(index, required) for each of a subject that a need applies to; required is None while a condition is unknown."""
    when = plan.subject_when[subject]
    for index in scene.indexes(subject):
        bound = scene.at(subject, index)
        there, applies = when(bound), test(bound)
        if there is FALSE or applies is FALSE:
            continue
        yield index, required if there is TRUE and applies is TRUE else None


def _stronger(first: bool | None, second: bool | None) -> bool | None:
    if first is True or second is True:
        return True
    return None if first is None or second is None else False


def _fields(plan: Plan, legs: list[RawLeg]) -> dict[str, Field]:
    asked: dict[str, tuple[_Asked, Element]] = {}
    for leg in legs:
        for path, required in leg.needs.items():
            subject, index, element = leg.where[path]
            if path not in asked:
                asked[path] = _Asked(subject, index, required), element
            gathered = asked[path][0]
            gathered.required = _stronger(gathered.required, required)
            gathered.by.append(leg.planned.item.code)
    return {path: _field(plan, path, gathered, element) for path, (gathered, element) in asked.items()}


def _field(plan: Plan, path: str, asked: _Asked, element: Element) -> Field:
    """A field of the form. Fields are made once for each way they are asked, and shared by all drafts."""
    key = path, asked.required, tuple(asked.by)
    if key not in plan.made:
        plan.made[key] = _make(plan, path, asked, element)
    return plan.made[key]


def _make(plan: Plan, path: str, asked: _Asked, element: Element) -> Field:
    bare = f"{asked.subject}.{element.code}"
    note = plan.notes.get(bare)
    title = (note and note.title) or element.title
    subject = subject_title(plan, asked.subject, asked.index)
    ask = (note and note.ask) or words("ask_field", subject=plan.definition.subjects[asked.subject].title, title=title)
    return Field.model_construct(
        path=path, subject=asked.subject, index=asked.index, element=element, title=title,
        ask=ask if not asked.index or asked.index == 1 else words("ask_again", subject=subject, ask=ask),
        help=(note and note.help) or element.help, why=(note and note.why) or element.why,
        options=plan.options.get(bare, ()),
        required=False if note and note.optional and asked.required else asked.required,
        edit=element.edit, asked_by=tuple(dict.fromkeys(asked.by)), unknown=(note and note.unknown) or element.unknown,
    )


def subject_title(plan: Plan, subject: str, index: int | None, count: int = 2) -> str:
    """``宝宝``, or with a number when there are several."""
    title = plan.definition.subjects[subject].title
    return words("nth", title=title, n=index) if index is not None and count > 1 else title


def _sections(plan: Plan, scene: Scene, fields: dict[str, Field]) -> Iterator[Section]:
    grouped: dict[tuple[str, int | None], list[Field]] = {}
    for one in fields.values():
        grouped.setdefault((one.subject, one.index), []).append(one)
    for subject in plan.definition.subjects:
        for index in scene.indexes(subject):
            found = grouped.get((subject, index))
            if found:
                found.sort(key=lambda f: plan.order.get(f"{f.subject}.{f.element.code}", 9999))
                title = subject_title(plan, subject, index, scene.count(subject))
                yield Section.model_construct(subject=subject, index=index, title=title, fields=tuple(found))


def _slots(plan: Plan, legs: list[RawLeg]) -> dict[str, Slot]:
    asked: dict[str, tuple[_Asked, Material]] = {}
    for leg in legs:
        for key, required in leg.slots.items():
            subject, index, material = leg.about[key]
            if key not in asked:
                asked[key] = _Asked(subject, index, required), material
            gathered = asked[key][0]
            gathered.required = _stronger(gathered.required, required)
            gathered.by.append(leg.planned.item.code)
    instead = {key for leg in legs for key in leg.instead}
    return {
        key: Slot.model_construct(
            key=key, material=material, subject=one.subject, index=one.index, title=material.title,
            required=one.required, asked_by=tuple(dict.fromkeys(one.by)),
            ways=standing_in.ways(material) if key in instead else material.ways, instead=key in instead,
        )
        for key, (one, material) in asked.items()
    }


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
