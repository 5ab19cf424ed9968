"""Everything still to ask, in order: situations, how many there are, missing fields, papers that must be brought."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import InvalidAnswer
from forms import paths
from forms.confirmation.confirming import title as confirmed_by
from forms.content.schema import Subject
from forms.draft import Draft
from forms.logic.answers import asked
from forms.logic.offering import offered
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE
from forms.merging.gathering import subject_title
from forms.merging.merge import Merge
from forms.merging.merged import Field, Question, Slot
from forms.merging.plan import Plan
from forms.merging.planned import PlannedSituation
from forms.values import showing
from forms.wording import words

COUNT = "count"
"""``baby.count`` is the path under which the number of a repeated subject is asked for and put."""


def all_open(plan: Plan, scene: Scene, merge: Merge, optional: bool = False) -> tuple[Question, ...]:
    """What is still to ask; with ``optional`` also what may be passed over, at the end."""
    first = (*open_situations(plan, scene), *_counts(plan, scene))
    found = [*first, *_fields(plan, scene, merge), *_slots(plan, scene, merge)]
    return tuple([*found, *_optional(plan, scene, merge)] if optional else found)


def open_situations(plan: Plan, scene: Scene) -> Iterator[Question]:
    """Situations that apply, that data did not decide, and that nobody answered."""
    for planned in plan.situations:
        situation = planned.situation
        known = situation.code in scene.draft.situations or situation.default is not None
        if not known and asked(planned, scene) is TRUE:
            yield of_situation(plan, planned, scene)


def of_situation(plan: Plan, planned: PlannedSituation, scene: Scene) -> Question:
    """The question for one situation, with the items it selects."""
    situation = planned.situation
    return Question.model_construct(
        kind="situation", key=situation.code, title=situation.question, ask=situation.question, help=situation.help,
        why=situation.why, type=situation.type, options=offered(planned, scene), ways=(), optional=False, example="",
        asked_by=plan.selects.get(situation.code, ()),
    )


def _counts(plan: Plan, scene: Scene) -> Iterator[Question]:
    for name, subject in plan.definition.subjects.items():
        if subject.repeat is None or subject.repeat.at_most <= 1 or plan.subject_when[name](scene) is not TRUE:
            continue
        if _count_open(plan, scene, name, subject):
            title = words("count_title", title=subject.title)
            yield Question.model_construct(
                kind="field", key=f"{name}.{COUNT}", title=title, ask=words("ask_count", title=subject.title), help="",
                why=words("count_why"), type="number", options=(), ways=(), optional=False, asked_by=(),
                example=str(subject.repeat.at_least + 1),
            )


def _count_open(plan: Plan, scene: Scene, name: str, subject: Subject) -> bool:
    """A number is asked for when the citizen said more than data knows, or when the source that knows cannot say."""
    for planned, number in plan.counted.get(name, ()):
        given = scene.draft.situations.get(planned.situation.code)
        test, answer = planned.decisions[number]
        if given and given.origin == "citizen" and given.value == answer and test(scene) is FALSE:
            return True
    if name in plan.counted or name in scene.draft.counts or subject.repeat is None:
        return False
    fact = scene.draft.facts.get(subject.repeat.count_from)
    return fact is not None and fact.outcome in ("source_down", "not_allowed")


def _fields(plan: Plan, scene: Scene, merge: Merge) -> Iterator[Question]:
    """Missing fields in the order of the definition's notes, which is the order people think in; then the rest."""
    order = {path: place for place, path in enumerate(plan.notes)}
    missed = [
        field for path, field in merge.fields.items()
        if field.required and missing(scene.draft, path) and not (field.unknown and path in scene.draft.skipped)
    ]
    for field in sorted(missed, key=lambda field: order.get(f"{field.subject}.{field.element.code}", len(order))):
        yield of_field(plan, scene, field)


def missing(draft: Draft, path: str) -> bool:
    """Whether a field has no value yet."""
    value = draft.values.get(path)
    return value is None or value.value is None


def of_field(plan: Plan, scene: Scene, field: Field) -> Question:
    """The question for one field."""
    several = scene.count(field.subject) > 1
    subject = subject_title(plan, field.subject, field.index, scene.count(field.subject))
    note = plan.notes.get(f"{field.subject}.{field.element.code}")
    plain = (note and note.ask) or words("ask_field", subject=subject, title=field.title)
    repeated = several and field.index is not None and note is not None and note.ask
    return Question.model_construct(
        kind="field", key=field.path, title=f"{subject} · {field.title}",
        ask=words("ask_again", subject=subject, ask=plain) if repeated else plain, help=field.help, why=field.why,
        type=field.element.type, options=field.options, ways=(), optional=not field.required,
        asked_by=field.asked_by, example=field.element.example, unknown=field.unknown if field.required else "",
    )


def _slots(plan: Plan, scene: Scene, merge: Merge) -> Iterator[Question]:
    for key, slot in merge.slots.items():
        if slot.required and key not in scene.draft.materials:
            yield of_slot(plan, scene, slot)


def of_slot(plan: Plan, scene: Scene, slot: Slot) -> Question:
    """The question for one material: the ways that are left to the citizen."""
    several = scene.count(slot.subject)
    somebody = several > 1 or plan.element(f"{slot.subject}.id_number") is not None
    ask = "ask_material" if somebody else "ask_material_only"
    subject, material = subject_title(plan, slot.subject, slot.index, several), slot.material
    return Question.model_construct(
        kind="material", key=slot.key, title=slot.title, ask=words(ask, subject=subject, title=slot.title),
        help=material.help, why=material.basis, type="material", options=(),
        ways=tuple(way for way in slot.ways if way.way in ("upload", "window", "pledge", "deferred")),
        optional=not slot.required, asked_by=slot.asked_by, example=material.format,
    )


def one(plan: Plan, scene: Scene, merge: Merge, key: str) -> Question | None:
    """The question for one situation, path or slot of this form, open or not."""
    if key in merge.fields:
        return of_field(plan, scene, merge.fields[key])
    if key in merge.slots:
        return of_slot(plan, scene, merge.slots[key])
    for planned in plan.situations:
        if planned.situation.code == key and asked(planned, scene) is TRUE:
            return of_situation(plan, planned, scene)
    return next((question for question in _counts(plan, scene) if question.key == key), None)


def _optional(plan: Plan, scene: Scene, merge: Merge) -> Iterator[Question]:
    for path, field in merge.fields.items():
        if not field.required and missing(scene.draft, path) and path not in scene.draft.skipped:
            yield of_field(plan, scene, field)
    for key, slot in merge.slots.items():
        if not slot.required and key not in scene.draft.materials and f"material:{key}" not in scene.draft.skipped:
            yield of_slot(plan, scene, slot)


def passed_over(draft: Draft, merge: Merge, path: str) -> Iterator[str]:
    """What is left out with a field (or ``material:key``): itself, and of what is not known now, the gaps of the same
    subject of which the same is said. Raises `InvalidAnswer`: not_in_form, not_optional."""
    slot = path.startswith("material:")
    asked = merge.slots.get(path.removeprefix("material:")) if slot else merge.fields.get(path)
    unknown = asked.unknown if isinstance(asked, Field) and asked.required else ""
    if asked is None or (asked.required is True and not unknown):
        raise InvalidAnswer(path, "not_in_form" if asked is None else "not_optional")
    yield path
    for other, field in merge.fields.items() if unknown else ():
        same = (field.subject, field.index, field.unknown) == (asked.subject, asked.index, unknown)
        if other != path and same and field.required and missing(draft, other):
            yield other


def about_title(plan: Plan, scene: Scene, path: str) -> str:
    """``宝宝 · 姓名``, numbered only where there are several; a title that names its subject stands alone."""
    parsed = paths.parse(path)
    if path.startswith("confirmation:"):
        return confirmed_by(plan, scene, path)
    if path.startswith("material:"):
        return _paper_of(plan, scene, path)
    if parsed is None or plan.element(path) is None:
        return showing.title(plan, path)
    note, element = plan.notes.get(paths.unindexed(path)), plan.element(path)
    name = (note and note.title) or (element.title if element else path)
    whose = subject_title(plan, parsed.subject, parsed.index, scene.count(parsed.subject))
    return name if name.startswith(whose) else f"{whose} · {name}"


def _paper_of(plan: Plan, scene: Scene, path: str) -> str:
    """``妈妈 · 居民身份证``: two people may have to show the same paper."""
    parsed, title = paths.parse(f"{path.rpartition(':')[2]}.paper"), showing.title(plan, path)
    if parsed is None or parsed.subject not in plan.definition.subjects:
        return title
    whose = subject_title(plan, parsed.subject, parsed.index, scene.count(parsed.subject))
    return title if title.startswith(whose) else f"{whose} · {title}"
