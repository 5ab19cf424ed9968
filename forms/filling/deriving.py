"""Applying derivations and defaults to a draft: what can be computed is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from core.errors import InvalidAnswer
from forms import paths
from forms.content.references import is_reference, resolve, resolve_path
from forms.content.schema import Derivation
from forms.draft import Draft, Value
from forms.filling import derive
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE, Missing
from forms.merging.merged import Field
from forms.merging.plan import Plan
from forms.values import canonical

SOFT = ("derived", "default")
"""Origins that give way to anything better."""


def apply(plan: Plan, draft: Draft, scene: Scene, fields: Mapping[str, Field], now: datetime) -> Draft:
    """Computed values and defaults for what nobody has said; computed ones that no longer hold go."""
    computed = _all(plan, scene, fields)
    held = dict(draft.values)
    for path, value in draft.values.items():
        if value.origin in SOFT and path not in computed:
            del held[path]
    for path, (found, origin) in computed.items():
        old = held.get(path)
        if old is None or (old.origin in SOFT and (old.value != found or old.origin != origin)):
            held[path] = Value(value=found, origin=origin, at=now)
    return draft if held == draft.values else draft.model_copy(update={"values": held})


def _all(plan: Plan, scene: Scene, fields: Mapping[str, Field]) -> dict[str, tuple[Any, str]]:
    found: dict[str, tuple[Any, str]] = {}
    there: dict[str, bool] = {}
    for derivation, when in plan.derivations:
        for path, bound in _targets(derivation, scene):
            subject = path.partition(".")[0].partition("[")[0]
            if subject not in there:
                there[subject] = _there(plan, subject, scene)
            if path not in found and there[subject] and when(bound) is TRUE:
                value = _derived(derivation, bound)
                if value is not None and _fits(plan, path, value):
                    found[path] = _canonical(plan, path, value, scene.today), "derived"
    for path, field in fields.items():
        if path in found:
            continue
        value = _sibling(field, scene) if field.element.derive else None
        if value is not None and _fits(plan, path, value):
            found[path] = _canonical(plan, path, value, scene.today), "derived"
        elif field.element.default is not None:
            found[path] = _canonical(plan, path, field.element.default, scene.today), "default"
    return found


def _canonical(plan: Plan, path: str, value: Any, today: date) -> Any:
    """Numbers that content writes as text, as numbers; all else is canonical where it comes from."""
    element = plan.element(path)
    if element is None or element.type not in ("number", "money") or not isinstance(value, str):
        return value
    try:
        return canonical.read(element, value, path=path, today=today)
    except InvalidAnswer:  # the review will say so
        return value


def _fits(plan: Plan, path: str, value: Any) -> bool:
    """A computed choice is one of the options that make sense here."""
    known = plan.choices.get(paths.unindexed(path))
    return known is None or known.issuperset(value if isinstance(value, list) else [value])


def _there(plan: Plan, subject: str, scene: Scene) -> bool:
    when = plan.subject_when.get(subject)
    return when is not None and when(scene) is not FALSE


def _targets(derivation: Derivation, scene: Scene) -> Iterable[tuple[str, Scene]]:
    path = paths.parse(derivation.path)
    if path is None:
        return
    if path.index is not None:
        if path.index <= scene.count(path.subject):
            yield derivation.path, scene.at(path.subject, path.index)
        return
    for index in scene.indexes(path.subject):
        yield paths.write(path.subject, index, path.element), scene.at(path.subject, index)


def _derived(derivation: Derivation, scene: Scene) -> Any:
    given: dict[str, Any] = {}
    for name, written in derivation.using.items():
        value = argument(scene, written)
        if not isinstance(value, Missing):
            given[name] = value
    if "today" in derive.PARAMETERS.get(derivation.by, ()):
        given.setdefault("today", scene.today.isoformat())
    return derive.call(derivation.by, given) if derivation.by in derive.FUNCTIONS else None


def argument(scene: Scene, written: Any) -> Any:
    """What an argument in ``using`` stands for: a ``$`` reference, a path, a list of these, or itself."""
    if is_reference(written):
        return resolve(scene, written[1:])
    if isinstance(written, str):
        path = paths.parse(written)
        return resolve_path(scene, written) if path is not None and path.subject in scene.subjects else written
    if isinstance(written, list | tuple):
        parts = [argument(scene, part) for part in written]
        gaps = [part for part in parts if isinstance(part, Missing)]
        return gaps[0] if gaps else parts
    return written


def _sibling(field: Field, scene: Scene) -> Any:
    """An element computed from the same subject's other elements."""
    name = field.element.derive
    place = paths.place(field.subject, field.index)
    given: dict[str, Any] = {}
    for part in derive.PARAMETERS.get(name, ()):
        value = scene.field(f"{place}.{part}")
        if not isinstance(value, Missing):
            given[part] = value
    if "today" in derive.PARAMETERS.get(name, ()):
        given["today"] = scene.today.isoformat()
    return derive.call(name, given) if name in derive.FUNCTIONS else None
