"""One-things: what a definition names must exist."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from forms.lint import conditions
from forms.lint.paper import Sources
from forms.lint.registry import CONDITION, bad_arguments, checks, functions
from forms.lint.scope import Scope, bound_items, near
from forms.lint.tree import Place, Problem, Tree
from forms.paths import parse
from forms.schema import BoundItem, Definition, Derivation, Item, Lookup, Rule, Situation


def definitions(tree: Tree, sources: Sources) -> Iterator[Problem]:
    """Mistakes in the names of every one-thing."""
    for held in tree.definitions.values():
        scope, definition, at = Scope.of_definition(tree, held.thing), held.thing, held.at
        yield from _subjects(tree, definition, at)
        for number, situation in enumerate(definition.situations):
            yield from _situation(scope, situation, at.under("situations", number))
        for number, bound in enumerate(definition.items):
            yield from _bound(scope, bound, at.under("items", number))
        for number, lookup in enumerate(definition.lookups):
            yield from _lookup(scope, lookup, sources, at.under("lookups", number))
        yield from _derivations(scope, definition, at)
        yield from _fields(scope, definition, at)
        for number, rule in enumerate(definition.rules):
            yield from _rule(scope, rule, at.under("rules", number))
        for condition, place in conditions.of_definition(definition, at):
            yield from conditions.check(scope, condition, place)


def _subjects(tree: Tree, definition: Definition, at: Place) -> Iterator[Problem]:
    lookups = [lookup.code for lookup in definition.lookups]
    for code, subject in definition.subjects.items():
        place = at.under("subjects", code)
        if subject.kind not in tree.kinds:
            yield place.problem(f"there is no kind `{subject.kind}`", near(subject.kind, tree.kinds))
        if subject.repeat and subject.repeat.count_from and subject.repeat.count_from not in lookups:
            yield place.problem(f"there is no look-up `{subject.repeat.count_from}` to count from",
                                near(subject.repeat.count_from, lookups))
    for number, rule in enumerate(definition.applicant):
        if rule.subject not in definition.subjects:
            yield at.under("applicant", number).problem(f"the applicant is `{rule.subject}`, which is nobody here",
                                                        near(rule.subject, definition.subjects))


def _situation(scope: Scope, situation: Situation, at: Place) -> Iterator[Problem]:
    values = [option.value for option in situation.options]
    for number, value in enumerate(values):
        if value in values[:number]:
            yield at.under("options", number).problem(f"the option `{value}` stands twice", "remove one of them")
    given = [(at.under("decided_by", n), decision.answer) for n, decision in enumerate(situation.decided_by)]
    given += [(at.under("default"), situation.default)] if situation.default is not None else []
    for place, answer in given:
        for part in answer if isinstance(answer, tuple) else (answer,):
            yield from scope.bad_option(place, part, situation.options, f"the situation `{situation.code}`")


def _bound(scope: Scope, bound: BoundItem, at: Place) -> Iterator[Problem]:
    held = scope.tree.items.get(bound.item)
    if held is None:
        yield at.problem(f"there is no item `{bound.item}`", near(bound.item, scope.tree.items))
        return
    item = held.thing
    for role in item.roles.keys() - bound.roles.keys():
        yield at.problem(f"nobody plays the role `{role}` of `{item.code}`", f"add `{role}: <subject>` to `roles`")
    for role, subject in bound.roles.items():
        if role not in item.roles:
            yield at.under("roles", role).problem(f"`{item.code}` has no role `{role}`", near(role, item.roles))
        elif subject not in scope.kinds:
            yield at.under("roles", role).problem(f"there is no subject `{subject}`", near(subject, scope.kinds))
    if bound.each is not None and bound.each not in scope.repeated:
        yield at.under("each").problem(f"`{bound.each}` is not a repeated subject", near(bound.each, scope.repeated))
    yield from _narrowed(bound, item, at)


def _narrowed(bound: BoundItem, item: Item, at: Place) -> Iterator[Problem]:
    needed = {_played(bound, need.element) for need in item.needs} | {need.element for need in item.needs}
    for path in bound.needs_when:
        if path not in needed:
            yield at.under("needs_when", path).problem(f"`{item.code}` does not need `{path}`", near(path, needed))
    demanded = [demand.material for demand in item.materials]
    for code in bound.materials_when:
        if code not in demanded:
            yield at.under("materials_when", code).problem(f"`{item.code}` does not demand `{code}`",
                                                           near(code, demanded))


def _played(bound: BoundItem, need: str) -> str:
    role, _, element = need.partition(".")
    return f"{bound.roles.get(role, role)}.{element}"


def _lookup(scope: Scope, lookup: Lookup, sources: Sources, at: Place) -> Iterator[Problem]:
    if lookup.source not in sources:
        yield at.under("source").problem(f"there is no source `{lookup.source}` in the catalogue",
                                         near(lookup.source, sources))
    else:
        tells = sources[lookup.source]
        for path, attribute in lookup.gives.items():
            if attribute not in tells:
                yield at.under("gives", path).problem(f"the source `{lookup.source}` does not tell `{attribute}`",
                                                      near(attribute, tells))
        for number, attribute in enumerate(lookup.facts):
            if attribute not in tells:
                yield at.under("facts", number).problem(f"the source `{lookup.source}` does not tell `{attribute}`",
                                                        near(attribute, tells))
    for key, path in lookup.by.items():
        if not path.startswith("$"):
            yield from scope.bad_path(at.under("by", key), path)
    for path in lookup.gives:
        yield from scope.bad_path(at.under("gives", path), path)
    if lookup.each is not None and lookup.each not in scope.repeated:
        yield at.under("each").problem(f"`{lookup.each}` is not a repeated subject", near(lookup.each, scope.repeated))


def _derivations(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
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


def _fields(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
    bound_here = bound_items(scope.tree, definition)
    needed = {_played(bound, need.element) for _, bound, item in bound_here for need in item.thing.needs}
    for number, note in enumerate(definition.fields):
        place, element = at.under("fields", number), scope.element(note.path)
        yield from scope.bad_path(place.under("path"), note.path)
        if element is not None and note.path not in needed:
            yield place.problem(f"no item here needs `{note.path}`, so nobody is ever asked for it",
                                "remove it, or add it to the `needs` of the item that wants it")
        for value in note.options if element is not None else ():
            yield from scope.bad_option(place.under("options"), value, scope.options(element) if element else None,
                                        f"`{note.path}`")


def _rule(scope: Scope, rule: Rule, at: Place) -> Iterator[Problem]:
    if rule.check not in checks():
        yield at.under("check").problem(f"there is no check `{rule.check}`", near(rule.check, checks()))
    yield from bad_arguments(rule.check, checks().get(rule.check), rule.using, at.under("using"), all_given=True)
    if rule.check == CONDITION and not isinstance(rule.using.get("holds"), dict):
        yield at.under("using").problem(f"the rule `{rule.code}` does not say what must hold",
                                        "write `using: {holds: <a condition>}`")
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


def _about(scope: Scope, about: str, at: Place) -> Iterator[Problem]:
    word, _, name = about.partition(":")
    if word == "material" and name:
        yield from conditions.check_material(scope, name, at)
    elif word == "situation" and name:
        if name not in scope.situations:
            yield at.problem(f"there is no situation `{name}`", near(name, scope.situations))
    else:
        yield from scope.bad_path(at, about)
