"""Applying derivations and defaults to a draft: what can be computed is not asked."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from core.errors import InvalidAnswer
from forms import paths
from forms.content.references import is_reference, resolve, resolve_path
from forms.draft import Draft, Value
from forms.filling import derive, holding
from forms.logic.conditions import Test
from forms.logic.scene import Scene
from forms.logic.truth import TRUE, Missing
from forms.merging.merged import Field
from forms.merging.plan import Plan
from forms.paths import Path
from forms.values import canonical

SOFT = ("derived", "default")
"""Origins that give way to anything better."""
Reader = Callable[[Scene], Any]
"""Reads an argument from a scene."""


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


@dataclass(frozen=True, slots=True)
class _Made:
    """A derivation with all made ready that does not change with the draft."""

    path: Path
    text: str
    when: Test
    function: str
    using: tuple[tuple[str, Reader], ...]
    dated: bool
    """Whether it takes the day of asking."""

    def targets(self, scene: Scene) -> Iterator[tuple[str, Scene]]:
        """(concrete path, scene bound to it) of every one it fills."""
        subject, index = self.path.subject, self.path.index
        if index is not None:
            if index <= scene.count(subject):
                yield self.text, scene.at(subject, index)
            return
        for index in scene.indexes(subject):
            yield paths.write(subject, index, self.path.element), scene.at(subject, index)

    def value(self, scene: Scene) -> Any:
        """What it comes to; None when it cannot tell."""
        given = {name: found for name, read in self.using if not isinstance(found := read(scene), Missing)}
        if self.dated:
            given.setdefault("today", scene.today.isoformat())
        return derive.call(self.function, given)


@lru_cache(maxsize=256)
def _made(plan: Plan) -> tuple[_Made, ...]:
    """The derivations of a one-thing that can be applied at all."""
    subjects, found = frozenset(plan.definition.subjects), []
    for one, when in plan.derivations:
        path = paths.parse(one.path)
        if path is not None and path.subject in plan.subject_when and one.by in derive.FUNCTIONS:
            using = tuple((name, reader(written, subjects)) for name, written in one.using.items())
            found.append(_Made(path, one.path, when, one.by, using, "today" in derive.PARAMETERS[one.by]))
    return tuple(found)


def _all(plan: Plan, scene: Scene, fields: Mapping[str, Field]) -> dict[str, tuple[Any, str]]:
    found: dict[str, tuple[Any, str]] = {}
    away = holding.away(plan, scene)
    for one in _made(plan):
        if one.path.subject in away:
            continue
        for path, bound in one.targets(scene):
            if path not in found and one.when(bound) is TRUE:
                value = one.value(bound)
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


def argument(scene: Scene, written: Any) -> Any:
    """What an argument in ``using`` stands for: a ``$`` reference, a path, a list of these, or itself."""
    return reader(written, scene.subjects)(scene)


def reader(written: Any, subjects: Container[str]) -> Reader:
    """The same for any scene with these subjects, for arguments that are asked for again and again."""
    if is_reference(written):
        return lambda scene: resolve(scene, written[1:])
    if isinstance(written, str):
        path = paths.parse(written)
        return (lambda scene: resolve_path(scene, written)) if path and path.subject in subjects else lambda _: written
    if isinstance(written, list | tuple):
        parts = [reader(part, subjects) for part in written]
        return lambda scene: _together([read(scene) for read in parts])
    return lambda _: written


def _together(parts: list[Any]) -> Any:
    return next((part for part in parts if isinstance(part, Missing)), parts)


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
