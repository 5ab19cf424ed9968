"""Putting together what legs ask for: each field and each paper once, with everybody who asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from forms.confirmation import standing_in
from forms.content.element_schema import Element
from forms.content.material_schema import Material
from forms.logic.scene import Scene
from forms.merging.legs import RawLeg
from forms.merging.merged import Field, Section, Slot
from forms.merging.plan import Plan
from forms.wording import words

Thing = TypeVar("Thing", Element, Material)


@dataclass
class _Asked(Generic[Thing]):
    """One field or paper being gathered."""

    thing: Thing
    subject: str
    index: int | None
    required: bool | None
    by: list[str] = field(default_factory=list)


def stronger(first: bool | None, second: bool | None) -> bool | None:
    """Required, perhaps, or not: what holds when two ask for the same."""
    if first is True or second is True:
        return True
    return None if first is None or second is None else False


def _gathered(
    wanted: Iterable[tuple[str, str, bool | None, tuple[str, int | None, Thing]]]
) -> dict[str, _Asked[Thing]]:
    """By key, out of (item that asks, key, whether it requires it, (subject, index, what it is))."""
    asked: dict[str, _Asked[Thing]] = {}
    for item, key, required, (subject, index, thing) in wanted:
        if key not in asked:
            asked[key] = _Asked(thing, subject, index, required)
        one = asked[key]
        one.required = stronger(one.required, required)
        one.by.append(item)
    return asked


def fields_of(plan: Plan, legs: list[RawLeg]) -> dict[str, Field]:
    """The fields of the form, by path."""
    asked = _gathered(
        (leg.planned.item.code, path, required, leg.where[path])
        for leg in legs for path, required in leg.needs.items()
    )
    return {path: _field(plan, path, one) for path, one in asked.items()}


def _field(plan: Plan, path: str, asked: _Asked[Element]) -> Field:
    """A field of the form. Fields are made once for each way they are asked, and shared by all drafts."""
    key = path, asked.required, tuple(asked.by)
    if key not in plan.made:
        plan.made[key] = _make(plan, path, asked)
    return plan.made[key]


def _make(plan: Plan, path: str, asked: _Asked[Element]) -> Field:
    element, bare = asked.thing, f"{asked.subject}.{asked.thing.code}"
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
    asked = _gathered(
        (leg.planned.item.code, key, required, leg.about[key])
        for leg in legs for key, required in leg.slots.items()
    )
    instead = {key for leg in legs for key in leg.instead}
    return {
        key: Slot.model_construct(
            key=key, material=one.thing, subject=one.subject, index=one.index, title=one.thing.title,
            required=one.required, asked_by=tuple(dict.fromkeys(one.by)),
            ways=standing_in.ways(one.thing) if key in instead else one.thing.ways, instead=key in instead,
        )
        for key, one in asked.items()
    }
