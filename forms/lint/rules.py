"""One-things: derivations, wording of fields, and rules, and the names in them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from pydantic import ValidationError

from forms.content.condition_schema import COMPARISON_WORDS, SUBJECT_WORDS, Condition
from forms.content.schema import Definition, Derivation, Rule
from forms.lint import conditions
from forms.lint.registry import CONDITION, bad_arguments, checks, functions
from forms.lint.scope import Scope, bound_items, near, played
from forms.lint.tree import Place, Problem
from forms.paths import parse

WORDS = frozenset({"all", "any", "not", "in", "is", *SUBJECT_WORDS, *COMPARISON_WORDS})
"""What may stand in a condition; anything else in the place of a mistake is not in the file."""


def derivations(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
    """Mistakes in the derivations of a one-thing."""
    for number, derivation in enumerate(definition.derive):
        place = at.under("derive", number)
        yield from scope.bad_path(place.under("path"), derivation.path)
        if derivation.by not in functions():
            yield place.under("by").problem(f"there is no function `{derivation.by}` to derive with",
                                            near(derivation.by, functions()))
        yield from bad_arguments(derivation.by, functions().get(derivation.by), derivation.using, place.under("using"),
                                 all_given=False)
        yield from _references(scope, derivation.using, place.under("using"))
        yield from _one_of_many(scope, derivation, place.under("using"))


def _one_of_many(scope: Scope, derivation: Derivation, at: Place) -> Iterator[Problem]:
    """A reference to each of several, where the function takes one value and its target is not one of them."""
    function, target = functions().get(derivation.by), parse(derivation.path)
    taken = inspect.signature(function).parameters if function else {}
    for word, value in derivation.using.items():
        path = parse(value[1:]) if isinstance(value, str) and value.startswith("$") else None
        if path is None or path.index is not None or path.subject not in scope.repeated or word not in taken:
            continue
        wants = str(taken[word].annotation)
        if (target is None or target.subject != path.subject) and not wants.startswith(("list", "Any")):
            yield at.under(word).problem(
                f"`{value}` is one value for each {path.subject}, and `{derivation.by}` takes one",
                f"write `${path.subject}[1].{path.element}`")



def _references(scope: Scope, using: object, at: Place) -> Iterator[Problem]:
    if isinstance(using, dict):
        for key, value in using.items():
            yield from _references(scope, value, at.under(key))
    elif isinstance(using, list | tuple):
        for number, value in enumerate(using):
            yield from _references(scope, value, at.under(number))
    elif isinstance(using, str) and using.startswith("$"):
        yield from conditions.reference(scope, using, at)


def fields(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
    """Mistakes in the wording of fields, and fields nobody asks for."""
    bound_here = bound_items(scope.tree, definition)
    needed = {played(bound, need.element) for _, bound, item in bound_here for need in item.thing.needs}
    for number, note in enumerate(definition.fields):
        place, element = at.under("fields", number), scope.element(note.path)
        yield from scope.bad_path(place.under("path"), note.path)
        if element is not None and note.path not in needed:
            yield place.problem(f"no item here needs `{note.path}`, so nobody is ever asked for it",
                                "remove it, or add it to the `needs` of the item that wants it")
        for value in note.options if element is not None else ():
            yield from scope.bad_option(place.under("options"), value, scope.options(element) if element else None,
                                        f"`{note.path}`")


def rules(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
    """Mistakes in the review rules of a one-thing."""
    for number, rule in enumerate(definition.rules):
        yield from _rule(scope, rule, at.under("rules", number))


def _rule(scope: Scope, rule: Rule, at: Place) -> Iterator[Problem]:
    if rule.check not in checks():
        yield at.under("check").problem(f"there is no check `{rule.check}`", near(rule.check, checks()))
    yield from bad_arguments(rule.check, checks().get(rule.check), rule.using, at.under("using"), all_given=True)
    if rule.check == CONDITION and not isinstance(rule.using.get("holds"), dict):
        yield at.under("using").problem(f"the rule `{rule.code}` does not say what must hold",
                                        "write `using: {holds: <a condition>}`")
    yield from _no_condition(rule, at.under("using"))
    bound = {item.item for item in scope.definition.items} if scope.definition else set()
    if rule.level == "gate" and rule.gates not in bound:
        yield at.problem(f"the rule `{rule.code}` holds back `{rule.gates}`, which is no item here",
                         near(rule.gates or "", bound))
    yield from _about(scope, rule.about, at.under("about"))
    yield from _references(scope, rule.using, at.under("using"))
    for word in ("path", "of"):
        value = rule.using.get(word)
        for path in value if isinstance(value, list) else [value]:
            if isinstance(path, str) and "." in path and not path.startswith("$"):
                yield from scope.bad_path(at.under("using", word), path)


def _no_condition(rule: Rule, at: Place) -> Iterator[Problem]:
    """What is wrong with a ``holds`` that is not read as a condition, and would be passed over."""
    written = rule.using.get("holds")
    if rule.check != CONDITION or not isinstance(written, dict):
        return
    try:
        Condition.model_validate(written)
    except ValidationError as mistake:
        first = mistake.errors()[0]
        keys = [key for key in first["loc"] if isinstance(key, int) or key in WORDS]
        says = first["msg"].removeprefix("Value error, ")
        yield at.under("holds", *keys).problem(f"the rule `{rule.code}` cannot be read: {says}",
                                               "write one subject word and one comparison, such as "
                                               "`{field: me.age, at_least: 18}`; `in` takes a list or `$parameter.x`")


def _about(scope: Scope, about: str, at: Place) -> Iterator[Problem]:
    word, _, name = about.partition(":")
    if word == "material" and name:
        yield from conditions.check_material(scope, name, at)
    elif word == "situation" and name:
        if name not in scope.situations:
            yield at.problem(f"there is no situation `{name}`", near(name, scope.situations))
    else:
        yield from scope.bad_path(at, about)
