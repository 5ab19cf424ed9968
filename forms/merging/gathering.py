"""Putting together what legs ask for: each field and each paper once, with everybody who asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.confirmation import standing_in
from forms.content.item_schema import Element, Material
from forms.logic.scene import Scene
from forms.merging.legs import RawLeg
from forms.merging.merged import Field, Section, Slot
from forms.merging.plan import Plan
from forms.wording import words


@dataclass
class _Asked:
    """One field or slot being gathered."""

    subject: str
    index: int | None
    required: bool | None
    by: list[str] = field(default_factory=list)


def stronger(first: bool | None, second: bool | None) -> bool | None:
    """Required, perhaps, or not: what holds when two ask for the same."""
    if first is True or second is True:
        return True
    return None if first is None or second is None else False


def fields_of(plan: Plan, legs: list[RawLeg]) -> dict[str, Field]:
    """The fields of the form, by path."""
    asked: dict[str, tuple[_Asked, Element]] = {}
    for leg in legs:
        for path, required in leg.needs.items():
            subject, index, element = leg.where[path]
            if path not in asked:
                asked[path] = _Asked(subject, index, required), element
            gathered = asked[path][0]
            gathered.required = stronger(gathered.required, required)
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


def sections_of(plan: Plan, scene: Scene, fields: dict[str, Field]) -> Iterator[Section]:
    """The fields by subject, in the order of the definition."""
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


def slots_of(plan: Plan, legs: list[RawLeg]) -> dict[str, Slot]:
    """The papers of the form, by key."""
    asked: dict[str, tuple[_Asked, Material]] = {}
    for leg in legs:
        for key, required in leg.slots.items():
            subject, index, material = leg.about[key]
            if key not in asked:
                asked[key] = _Asked(subject, index, required), material
            gathered = asked[key][0]
            gathered.required = stronger(gathered.required, required)
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
