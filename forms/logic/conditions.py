"""Compiling conditions to functions, once, so that asking them again and again is cheap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat
from operator import call
from typing import Any

from forms import paths
from forms.content.condition_schema import Condition
from forms.content.mentions import renamed, sentence
from forms.content.references import is_reference, resolve
from forms.logic.compare import among, compare
from forms.logic.scene import Reading, Scene
from forms.logic.truth import TRUE, UNANSWERED, Missing, Truth, all_of, any_of, negate

Test = Callable[[Scene], Truth]
Reader = Callable[[Scene], Reading]

ALWAYS: Test = lambda _scene: TRUE  # noqa: E731 - a constant that happens to be a function


def evaluate(condition: Condition | None, scene: Scene) -> bool | None:
    """True, False, or None when unknown. For one-off use; hot paths keep what `compiled` returns."""
    return compiled(condition)(scene).known


def compiled(condition: Condition | None, roles: Mapping[str, str] | None = None) -> Test:
    """A condition as a function. ``roles`` maps an item's role names to the subjects that play them."""
    roles = roles or {}
    if condition is None:
        return ALWAYS
    if condition.all is not None:
        tests = [compiled(part, roles) for part in condition.all]
        return lambda scene: all_of(map(call, tests, repeat(scene)))
    if condition.any is not None:
        tests = [compiled(part, roles) for part in condition.any]
        return lambda scene: any_of(map(call, tests, repeat(scene)))
    if condition.not_ is not None:
        inner = compiled(condition.not_, roles)
        return lambda scene: negate(inner(scene))
    return _leaf(condition, roles)


def both(first: Test, second: Test) -> Test:
    """And, skipping what is always true."""
    if first is ALWAYS:
        return second
    return first if second is ALWAYS else lambda scene: all_of(map(call, (first, second), repeat(scene)))


def _leaf(condition: Condition, roles: Mapping[str, str]) -> Test:
    word, name, comparison, right = sentence(condition)
    name = renamed(name, roles) if word in ("field", "age_of", "count_of") else name
    value = _right(right, roles)
    if word == "region":
        return _region(name if name == "case" else renamed(name, roles), comparison, value)
    if word == "material":
        return _material(name, comparison, value)
    subject, test = _subject(word, name), _test(comparison, _reader(word, name, comparison), value, right)
    if is_reference(right) and right.startswith("$fact."):
        test = _each_answer(right.removeprefix("$fact."), test)
    if word == "fact":
        return _each_answer(name, test)
    return _each(subject, test) if subject else test


def _test(comparison: str, read: Reader, value: Reader, right: Any) -> Test:
    """One comparison; words that stand in the condition itself are looked up, not compared one by one."""
    quick = among(comparison, right)
    if quick is None:
        return lambda scene: compare(comparison, read(scene), value(scene))

    def test(scene: Scene) -> Truth:
        left = read(scene)
        return quick(left) if type(left) in (str, list) else compare(comparison, left, value(scene))

    return test


def _subject(word: str, name: str) -> str | None:
    """The subject whose every one must satisfy a comparison, when the condition names no index."""
    if word == "age_of":
        place = paths.parse_place(name)
        return place[0] if place and place[1] is None else None
    path = paths.parse(name) if word == "field" else None
    return path.subject if path and path.index is None else None


def _each(subject: str, test: Test) -> Test:
    def every(scene: Scene) -> Truth:
        if not scene.repeats(subject) or subject in scene.index:
            return test(scene)
        return all_of(test(scene.at(subject, i)) for i in scene.indexes(subject))

    return every


def _each_answer(name: str, test: Test) -> Test:
    """What sources say of several holds when it holds of each, as with fields."""

    def every(scene: Scene) -> Truth:
        subject = scene.spread(name)
        if subject is None or subject in scene.index:
            return test(scene)
        return all_of(test(scene.at(subject, i)) for i in scene.indexes(subject))

    return every


def _right(right: Any, roles: Mapping[str, str]) -> Reader:
    if isinstance(right, list | tuple):
        parts = [_right(part, roles) for part in right]
        return lambda scene: [part(scene) for part in parts]
    if is_reference(right):
        reference = renamed(right[1:], roles)
        return lambda scene: resolve(scene, reference)
    return lambda _scene: right


def _reader(word: str, name: str, comparison: str) -> Reader:
    match word:
        case "situation":
            return lambda scene: scene.situation(name)
        case "fact":
            return lambda scene: scene.fact(name)
        case "parameter":
            return lambda scene: scene.parameters.get(name, Missing.ABSENT)
        case "login":
            return lambda scene: scene.login(name)
        case "count_of":
            return lambda scene: scene.count(name)
        case "age_of":
            return lambda scene: scene.age(_place(scene, name))
    return _field(name, comparison)


def _place(scene: Scene, name: str) -> str:
    place = paths.parse_place(name) or (name, None)
    index = place[1] if place[1] is not None else scene.index.get(place[0], 1) if scene.repeats(place[0]) else None
    return paths.place(place[0], index)


def _field(name: str, comparison: str) -> Reader:
    path = paths.parse(name)
    if path is None:
        return lambda _scene: Missing.ABSENT
    subject, index, element = path.subject, path.index, path.element
    if comparison == "exists":
        return lambda scene: scene.field_there(scene.path(subject, element, index))
    return lambda scene: scene.field(scene.path(subject, element, index))


def _region(name: str, comparison: str, value: Reader) -> Test:
    """Regions are compared by what they lie in: 330106 lies in 330100 and in 33."""

    def test(scene: Scene) -> Truth:
        own = scene.draft.region if name == "case" else resolve(scene, name)
        if isinstance(own, list):
            return all_of([_lies(code, comparison, value(scene)) for code in own])
        return _lies(own, comparison, value(scene))

    return test


def _lies(own: Reading, comparison: str, right: Reading) -> Truth:
    if isinstance(own, Missing) or comparison == "exists":
        return compare(comparison, own, right) if comparison == "exists" else UNANSWERED
    rights = right if isinstance(right, list | tuple) else [right]
    if any(isinstance(part, Missing) for part in rights):
        return UNANSWERED
    inside = any(str(own).startswith(_stem(str(part))) for part in rights)
    return Truth(int(inside != (comparison == "is_not")))


def _stem(code: str) -> str:
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def _material(name: str, comparison: str, value: Reader) -> Test:
    def test(scene: Scene) -> Truth:
        way, right = scene.material(name), value(scene)
        if right == "provided" and not isinstance(way, Missing):
            way = "provided" if way not in ("deferred", "window") else way
        return compare(comparison, way, right)

    return test
