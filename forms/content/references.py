"""References: strings that start with ``$`` stand for something known at the time of asking.

``$mother.name`` a field · ``$parameter.max_days`` · ``$fact.marriage.status`` · ``$situation.follow`` ·
``$login.name`` · ``$today`` · ``$region``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from forms import paths
from forms.logic.scene import Reading, Scene
from forms.logic.truth import Missing


def is_reference(value: Any) -> bool:
    """Whether ``value`` is written as a reference."""
    return isinstance(value, str) and len(value) > 1 and value[0] == "$"


def resolve(scene: Scene, reference: str) -> Reading:
    """What a reference (without its ``$``) stands for. A repeated subject that is not bound gives a list of all."""
    head, _, rest = reference.partition(".")
    match head:
        case "today":
            return scene.today.isoformat()
        case "region":
            return scene.draft.region
        case "parameter":
            return scene.parameters.get(rest, Missing.ABSENT)
        case "fact":
            return resolve_fact(scene, rest)
        case "situation":
            return scene.situation(rest)
        case "login":
            return scene.login(rest)
    return resolve_path(scene, reference)


def resolve_fact(scene: Scene, name: str) -> Reading:
    """What a source says: of the subject at hand, or of each of a repeated one that is not bound, as a list; missing
    while it is missing of one."""
    subject = scene.spread(name)
    if subject is None or subject in scene.index:
        return scene.fact(name)
    return _together(scene.at(subject, index).fact(name) for index in scene.indexes(subject))


def resolve_path(scene: Scene, text: str) -> Reading:
    """The value of a path; of an unbound repeated subject a list of all, or missing while one is missing."""
    path = paths.parse(text)
    if path is None:
        return Missing.ABSENT
    if path.index is not None or not scene.repeats(path.subject) or path.subject in scene.index:
        return scene.field(scene.path(path.subject, path.element, path.index))
    return _together(scene.field(paths.write(path.subject, i, path.element)) for i in scene.indexes(path.subject))


def _together(parts: Iterable[Reading]) -> Reading:
    found = list(parts)
    gaps = [value for value in found if isinstance(value, Missing)]
    return gaps[0] if gaps else found
