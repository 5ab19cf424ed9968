"""Conditions: whether every name and option value in them exists, with the line of the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.content.condition_schema import COMPARISON_WORDS, SUBJECT_WORDS, Condition
from forms.lint.scope import Scope, bound_items, near
from forms.lint.tree import Place, Problem

LOGIN_WORDS = ("name", "id_number", "phone", "level", "sex", "age", "birth_date")
ALWAYS_FACTS = ("found", "outcome", "count")
"""What may be said of every lookup, whatever it brings."""

Found = tuple[Condition, Place]


def leaves(condition: Condition, at: Place) -> Iterator[Found]:
    """The comparisons in a condition."""
    for word, name in (("all", "all"), ("any", "any")):
        for number, part in enumerate(getattr(condition, name) or ()):
            yield from leaves(part, at.under(word, number))
    if condition.not_ is not None:
        yield from leaves(condition.not_, at.under("not"))
    if condition.all is None and condition.any is None and condition.not_ is None:
        yield condition, at


def compared(leaf: Condition) -> tuple[str, str, str, Any]:
    """(subject word, name, comparison word, value) of one comparison."""
    subject = next(word for word in SUBJECT_WORDS if getattr(leaf, word) is not None)
    comparison = next(word for word in COMPARISON_WORDS if getattr(leaf, word) is not None)
    return subject, getattr(leaf, subject), comparison, getattr(leaf, comparison)


def check(scope: Scope, condition: Condition, at: Place) -> Iterator[Problem]:
    """Every mistake in one condition."""
    for leaf, place in leaves(condition, at):
        subject, name, comparison, value = compared(leaf)
        yield from _SUBJECTS[subject](scope, name, comparison, value, place)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str) and part.startswith("$"):
                yield from reference(scope, part, place)
        if comparison == "in_" and isinstance(value, str):
            yield from _no_list(scope, value, place)


def _no_list(scope: Scope, text: str, at: Place) -> Iterator[Problem]:
    """Regions where the parameter that `in` looks into is not a list."""
    name = text.removeprefix("$parameter.")
    for code, held in scope.tree.parameters.items():
        value = held.thing.values.get(name) if name != text else None
        if value is not None and not isinstance(value, list | tuple):
            yield at.problem(f"`in` looks into `{text}`, which is no list in {code or 'the default'}",
                             f"write a list in {held.at.source.shown}, or `is: {text}` here")


def reference(scope: Scope, text: str, at: Place) -> Iterator[Problem]:
    """The mistake in a ``$`` reference: a path, ``$parameter.name``, ``$today`` ..."""
    word = text[1:]
    if word in ("today", "region"):
        return
    if word.startswith("parameter."):
        yield from _parameter(scope, word.removeprefix("parameter."), "", None, at)
    elif word.startswith("login."):
        yield from _login(scope, word.removeprefix("login."), "", None, at)
    elif word.startswith("fact."):
        yield from _fact(scope, word.removeprefix("fact."), "", None, at)
    elif word.startswith("situation."):
        yield from _situation(scope, word.removeprefix("situation."), "exists", None, at)
    else:
        yield from scope.bad_path(at, word, "the reference ")


def _values(comparison: str, value: Any) -> tuple[Any, ...]:
    if comparison == "exists":
        return ()
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _situation(scope: Scope, name: str, comparison: str, value: Any, at: Place) -> Iterator[Problem]:
    if scope.definition is None:
        yield at.problem(f"an item cannot know the situation `{name}`, it is used by many one-things",
                         "put this condition into the one-thing, under `needs_when` or `materials_when`")
        return
    if name not in scope.situations:
        yield at.problem(f"there is no situation `{name}`", near(name, scope.situations))
        return
    for part in _values(comparison, value):
        yield from scope.bad_option(at, part, scope.situations[name].options, f"the situation `{name}`")


def _field(scope: Scope, name: str, comparison: str, value: Any, at: Place) -> Iterator[Problem]:
    yield from scope.bad_path(at, name)
    element = scope.element(name)
    if element is not None and comparison in ("is_", "is_not", "in_", "has") and scope.options(element):
        for part in _values(comparison, value):
            yield from scope.bad_option(at, part, scope.options(element), f"`{name}`")


def _age_of(scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    subject = name.partition(".")[0].partition("[")[0]
    if subject not in scope.kinds:
        yield at.problem(f"the age of `{name}` is asked, who is nobody here", near(name, scope.kinds))
        return
    tells = (f"{subject}.{code}" for code in ("birth_date", "birth_time", "id_number"))
    if not any(scope.element(path) for path in tells):
        yield at.problem(f"`{name}` has no age", "give its kind a `birth_date` or compare something else")


def _fact(scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    code, _, attribute = name.partition(".")
    lookups = {lookup.code: lookup for lookup in scope.definition.lookups} if scope.definition else {}
    if scope.definition is None:
        yield at.problem(f"an item cannot know the fact `{name}`, look-ups belong to a one-thing",
                         "put this condition into the one-thing, under `needs_when` or `materials_when`")
    elif code.partition("[")[0] not in lookups:
        yield at.problem(f"there is no look-up `{code}`", near(code, lookups))
    else:
        lookup = lookups[code.partition("[")[0]]
        brings = (*lookup.facts, *lookup.gives.values(), *ALWAYS_FACTS)
        if attribute not in brings:
            yield at.problem(f"the look-up `{code}` does not keep `{attribute}`", f"add `{attribute}` to its `facts`")


def _region(scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    if name != "case":
        yield from scope.bad_path(at, name)


def _parameter(scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    known = {key for held in scope.tree.parameters.values() for key in held.thing.values}
    if name not in known:
        yield at.problem(f"there is no parameter `{name}`", near(name, known, "set it in parameters/default.yaml"))


def _material(scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    yield from check_material(scope, name, at)


def check_material(scope: Scope, name: str, at: Place) -> Iterator[Problem]:
    """The mistake in naming a material, by code or slot key."""
    code = name.partition(":")[0]
    demanded = set(scope.tree.materials)
    if scope.definition is not None:
        items = bound_items(scope.tree, scope.definition)
        demanded = {demand.material for _, _, item in items for demand in item.thing.materials}
    if code not in demanded:
        yield at.problem(f"no item here demands the material `{code}`", near(code, demanded))


def _login(_scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    if name not in LOGIN_WORDS:
        yield at.problem(f"a login does not tell `{name}`", near(name, LOGIN_WORDS))


def _count_of(scope: Scope, name: str, _comparison: str, _value: Any, at: Place) -> Iterator[Problem]:
    if name not in scope.kinds:
        yield at.problem(f"`{name}` is counted, which is nobody here", near(name, scope.kinds))
    elif name not in scope.repeated:
        yield at.problem(f"`{name}` is counted, but there is only ever one", "give the subject `repeat`")


_SUBJECTS = {
    "situation": _situation, "field": _field, "age_of": _age_of, "fact": _fact, "region": _region,
    "parameter": _parameter, "material": _material, "login": _login, "count_of": _count_of,
}

